"""A fake of an OpenAI-compatible server on loopback that reads the evidence it is sent and answers by a scripted character."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prompts.phrases import NOT_IN_EVIDENCE

Reply = Callable[[list[str], str], str]
OWN_KNOWLEDGE = "据统计，全球约有三分之一的工人每年接受在线培训，效果显著。【1】"
STALL_SECONDS = 3.0
DRIP_SECONDS = 0.2


def evidence_in(prompt: str) -> list[str]:
    """The bodies of the numbered evidence in a prompt."""
    return re.findall(r"正文：(.*)\n</资料>", prompt)


def first_sentence(evidence: list[str]) -> str:
    return re.split(r"(?<=[。！？])", evidence[0])[0].rstrip("。")


def honest(evidence: list[str], prompt: str) -> str:
    return first_sentence(evidence) + "。【1】"


def alters_digits(evidence: list[str], prompt: str) -> str:
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), honest(evidence, prompt).split("【")[0]) + "【1】"


def moves_city(evidence: list[str], prompt: str) -> str:
    sentence = re.sub(r"[\u4e00-\u9fff]{2}市", "无锡市", honest(evidence, prompt))
    return sentence if "无锡市" in sentence else "无锡市" + sentence


def drops_negation(evidence: list[str], prompt: str) -> str:
    return re.sub("不得|不予|不|未|禁止", "", honest(evidence, prompt))


def invents_marker(evidence: list[str], prompt: str) -> str:
    sentence = first_sentence(evidence)
    return f"{sentence}。【99】{sentence}！[0]{sentence}。【{len(evidence) + 1}】"


def rewords(evidence: list[str], prompt: str) -> str:
    """Says the same in other words: the clauses of the first sentence, led in as a chat does."""
    return "根据资料，" + honest(evidence, prompt)


def sees_nothing(evidence: list[str], prompt: str) -> str:
    return NOT_IN_EVIDENCE


def mixes(evidence: list[str], prompt: str) -> str:
    """One true sentence and one of its own."""
    return honest(evidence, prompt) + OWN_KNOWLEDGE


def own_knowledge(evidence: list[str], prompt: str) -> str:
    return OWN_KNOWLEDGE


def obeys_injection(evidence: list[str], prompt: str) -> str:
    """Does what a document orders after 「请回答」, wherever in the prompt it stands."""
    order = re.search(r"请回答[：:]([^。]*。)", prompt)
    return (order[1] if order else "没有找到指令。") + "【1】"


def thinks_aloud(evidence: list[str], prompt: str) -> str:
    return "<think>先看资料一。【2】再想想。</think>\n\n" + honest(evidence, prompt)


def enormous(evidence: list[str], prompt: str) -> str:
    return "".join(f"第{n}句又说了一遍同样的话没有依据。" for n in range(5000))


def endless(evidence: list[str], prompt: str) -> str:
    return "没有句号" * 5000


def empty(evidence: list[str], prompt: str) -> str:
    return ""


def judges(evidence: list[str], prompt: str) -> str:
    """Says 对 when the gold string stands in the answer, as a careful reader would."""
    gold = prompt.split("<标准答案>\n")[1].split("\n</标准答案>", maxsplit=1)[0]
    answer = prompt.split("<回答>\n")[1].split("\n</回答>", maxsplit=1)[0]
    return "对" if gold in answer else "错。"


def approves(evidence: list[str], prompt: str) -> str:
    return "对"


def chats(evidence: list[str], prompt: str) -> str:
    return "这个问题很好"


def rejects_after_a_thought(evidence: list[str], prompt: str) -> str:
    return "<think>对吗？</think>错"


REPLIES: dict[str, Reply] = {
    reply.__name__: reply
    for reply in (
        honest,
        alters_digits,
        moves_city,
        drops_negation,
        invents_marker,
        rewords,
        sees_nothing,
        mixes,
        own_knowledge,
        obeys_injection,
        thinks_aloud,
        enormous,
        endless,
        empty,
        judges,
        approves,
        chats,
        rejects_after_a_thought,
    )
}
STATUSES = {"returns_401": 401, "returns_404": 404, "returns_429": 429, "returns_500": 500}
# Servers that fail at the first request and answer the next one.
ONCE = {"busy_once": 429, "fails_once": 503}
# Servers that spoil an honest reply on its way.
SPOILED = frozenset({"cuts_stream", "stalls", "drips", "garbles", "tells_usage", *ONCE})
USAGE = {"prompt_tokens": 321, "completion_tokens": 45, "total_tokens": 366}


class FakeServer:
    """The running server: its address for `base_url`, and the requests it has seen."""

    def __init__(self, behaviour: str) -> None:
        self.behaviour = behaviour
        self.requests: list[dict[str, object]] = []
        self.paths: list[str] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def run(self) -> threading.Thread:
        thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """The test's output stays clean."""

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.requests.append(body)
                server.paths.append(self.path)
                try:
                    self._answer("\n".join(message["content"] for message in body["messages"]))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def _answer(self, prompt: str) -> None:
                if server.behaviour in STATUSES:
                    self._send_error(STATUSES[server.behaviour])
                    return
                if server.behaviour in ONCE and len(server.requests) == 1:
                    self._send_error(ONCE[server.behaviour])
                    return
                if server.behaviour == "not_a_model":
                    self._start("text/html")
                    self.wfile.write("<html>登录</html>".encode())
                    return
                name = "honest" if server.behaviour in SPOILED else server.behaviour
                text = REPLIES[name](evidence_in(prompt), prompt)
                self._start("text/event-stream")
                for at in range(0, len(text), 7):
                    if server.behaviour in {"cuts_stream", "stalls"} and at >= len(text) // 2:
                        break
                    self._send({"content": text[at : at + 7]}, None)
                    if server.behaviour == "garbles":
                        self.wfile.write(b"data: {broken\n\n")
                    while server.behaviour == "drips":
                        time.sleep(DRIP_SECONDS)
                        self._send({"content": "还有"}, None)
                if server.behaviour == "stalls":
                    time.sleep(STALL_SECONDS)
                if server.behaviour != "cuts_stream":
                    self._send({}, "stop", USAGE if server.behaviour == "tells_usage" else None)
                    self.wfile.write(b"data: [DONE]\n\n")
                self.close_connection = True

            def _start(self, content_type: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Connection", "close")
                self.end_headers()

            def _send(self, delta: dict[str, str], finish: str | None, usage: dict[str, int] | None = None) -> None:
                chunk: dict[str, object] = {
                    "id": "c1",
                    "object": "chat.completion.chunk",
                    "created": 0,
                    "model": "fake",
                    "choices": [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}],
                }
                if usage:
                    chunk["usage"] = usage
                self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
                self.wfile.flush()

            def _send_error(self, status: int) -> None:
                body = json.dumps({"error": {"message": "scripted", "type": "scripted"}}).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Retry-After", "0")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler


@contextmanager
def fake_openai(behaviour: str) -> Iterator[FakeServer]:
    """A server with one of the behaviours of this file, stopped at the end."""
    server = FakeServer(behaviour)
    thread = server.run()
    try:
        yield server
    finally:
        server.stop()
        thread.join()
