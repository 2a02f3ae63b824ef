from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.fakes.chain import BROKEN, DAMAGED, FIGURE, RECALL, UNKNOWN, FakeChain
from web.about import About
from web.conversation import TROUBLE
from web.rest import routes

CHAIN = FakeChain(0)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(CHAIN, lambda: About(42, 31)))) as client:
        yield client


def test_an_answer_follows_the_contract(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": FIGURE})
    assert reply.status_code == 200
    answer = reply.json()
    assert answer["answer"] == "到2023年底，甲市已建成产业学院12家。【1】【2】"
    assert answer["refused"] is False and answer["reason"] is None
    first = answer["citations"][0]
    assert first["quote"][: len("到2023年底")] == "到2023年底"
    assert first["marks"] == [[100, 100 + len("到2023年底，全市已建成产业学院12家")]]
    assert answer["citations"][1]["published"] is None


def test_a_refusal_is_an_answer(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": UNKNOWN})
    assert reply.status_code == 200
    assert (reply.json()["refused"], reply.json()["reason"], reply.json()["citations"]) == (True, "unknown_place", [])


def test_history_and_place_reach_the_chain(client: TestClient) -> None:
    history = [{"role": "user", "content": f"问{number}"} for number in range(20)]
    history += [{"role": "assistant", "content": [{"type": "text", "text": "答"}, "案"]}]
    reply = client.post("/api/ask", json={"question": f" {RECALL} ", "history": history, "place": "常州"})
    assert reply.json()["answer"].startswith("共12条：user=问9；")
    assert reply.json()["answer"].endswith("assistant=答案")
    assert CHAIN.inputs[-1]["place"] == "常州"
    assert CHAIN.inputs[-1]["question"] == RECALL


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "不是 JSON"),
        (b"{", "不是 JSON"),
        (b"\xff\xfe", "不是 JSON"),
        (b"[" * 100_000, "不是 JSON"),
        (b"[]", "JSON 对象"),
        (b"{}", "缺少 question"),
        ('{"question": ""}', "缺少 question"),
        ('{"question": "  "}', "缺少 question"),
        ('{"question": 1}', "缺少 question"),
        ('{"question": "' + "长" * 2001 + '"}', "有 2001 字"),
        ('{"question": "问", "history": {}}', "history 应是列表"),
        ('{"question": "问", "history": ["问"]}', "第 1 项"),
        (
            '{"question": "问", "history": [{"role": "user", "content": "问"}, {"role": "system", "content": "问"}]}',
            "第 2 项",
        ),
        ('{"question": "问", "history": [{"role": "user", "content": [1]}]}', "第 1 项"),
        ('{"question": "问", "history": [{"role": "user"}]}', "第 1 项"),
        ('{"question": "问", "place": 3}', "place"),
        ('{"question": "问", "top": 3}', "不认识的字段 top"),
        (b'{"question": "' + b"a" * 1_000_001 + b'"}', "超过 1 MB"),
    ],
)
def test_bad_input_gets_one_clear_chinese_line(client: TestClient, body: str | bytes, told: str) -> None:
    asked = len(CHAIN.inputs)
    reply = client.post("/api/ask", content=body.encode() if isinstance(body, str) else body)
    assert reply.status_code == 422
    assert set(reply.json()) == {"error"}
    assert told in reply.json()["error"] and "\n" not in reply.json()["error"]
    assert len(CHAIN.inputs) == asked


@pytest.mark.parametrize(("question", "told"), [(BROKEN, TROUBLE), (DAMAGED, "索引已损坏，请用 changai build 重建。")])
def test_a_failure_inside_is_one_chinese_line(client: TestClient, question: str, told: str) -> None:
    reply = client.post("/api/ask", json={"question": question})
    assert reply.status_code == 500
    assert reply.json() == {"error": told}


def test_health(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"status": "ok", "documents": 42, "places": 31}
