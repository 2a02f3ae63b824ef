"""What only a process of its own can show: a cold start, locales, pipes, signals, and the served page."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.told import CHANGAI, ROOT, SAMPLE, Command, clean_environment, generation

QUESTION = "白银市有多少个院士专家工作站？"
# What only building, serving or measuring needs, or a model that is not the shipped one.
HEAVY = (
    *("torch", "transformers", "sentence_transformers", "datasets", "gradio", "fastapi", "uvicorn", "pandas"),
    *("langchain_openai", "openai", "ir_measures", "trafilatura", "docx", "pypdfium2", "lxml"),
)
# What answering needs, but importing does not.
AT_FIRST_USE = ("faiss", "tantivy", "opencc", "rjieba", "tokenizers", "tiktoken", "safetensors")
PAGER = "import sys; from cli import main; code = main({words!r}); print(*sys.modules, file=sys.stderr); sys.exit(code)"


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, encoding="utf-8", env=clean_environment(), check=False, timeout=60
    )


def test_a_cold_question_loads_neither_torch_nor_gradio(sample_index: Path) -> None:
    words = ["ask", "--json", QUESTION, "--index", str(sample_index)]
    done = subprocess.run(
        [sys.executable, "-c", PAGER.format(words=words)], capture_output=True, encoding="utf-8", check=True, cwd=ROOT
    )
    assert "24" in json.loads(done.stdout)["answer"]
    loaded = set(done.stderr.split())
    assert "rag.asking" in loaded
    # LangChain is for those who join the chain to others.
    assert loaded.isdisjoint({*HEAVY, "langchain_core", "langsmith"})


WATCHED_IMPORT = """
import os, pkgutil, sys
from importlib import import_module
root, before, touched, on = sys.argv[1], dict(os.environ), [], [True]
def watch(event, arguments):
    if not on[0]:
        return
    if event == "open":
        path, mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        ours = str(path).startswith(root) and "/.venv/" not in str(path)
        if writes or ours and not str(path).endswith((".py", ".pyc")):
            touched.append(f"open {path}")
    elif event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.", "os.mkdir", "sqlite3.")):
        touched.append(f"{event} {arguments}")
sys.addaudithook(watch)
for room in ("prompts", "index", "rag", "eval", "web"):
    package = import_module(room)
    for module in pkgutil.walk_packages(package.__path__, room + "."):
        # Training is a tool for whoever makes the model anew; it runs on the library that this program does without, and so
        # does the module that is imported by that library alone.
        if not module.name.startswith(("index.training", "rag.training.span", "index.two_bags_module")):
            import_module(module.name)
for hall in ("ui", "commands", "cli"):
    import_module(hall)
on[0] = False
assert dict(os.environ) == before
print(*touched, sep="\\n")
print(*sys.modules, file=sys.stderr)
"""


def test_nothing_happens_at_import() -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED_IMPORT, str(ROOT)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
    loaded = set(done.stderr.split())
    assert {"rag.chain", "web.server", "eval.runner", "index.sources.pdf"} <= loaded
    assert loaded.isdisjoint({*HEAVY, *AT_FIRST_USE})


@pytest.mark.parametrize(
    "settings",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "ASCII alone", "ascii streams"],
)
def test_results_are_utf_8_whatever_the_locale(process: Command, sample_index: Path, settings: dict[str, str]) -> None:
    told = process("ask", "--json", QUESTION, "--index", sample_index, **settings)
    [answer] = told.objects
    assert (told.code, told.err, answer["question"]) == (0, "", QUESTION)
    assert "院士" in told.out and "24" in answer["answer"]
    assert process("ask", QUESTION, "--index", "none", **settings).last.startswith("错误：没有找到索引 none")


def test_a_batch_gives_each_line_as_it_is_ready(sample_index: Path) -> None:
    rows = [json.dumps({"id": number, "question": QUESTION}, ensure_ascii=False) for number in range(400)]
    Path("b.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = [CHANGAI, "ask", "--json", "--batch", "b.jsonl", "--index", sample_index]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["id"] == 0
        # Four hundred answers take seconds, and not one of the other lines has been asked for.
        assert running.poll() is None
        running.kill()


def test_a_reader_that_goes_away_is_no_trouble(sample_index: Path) -> None:
    rows = "\n".join(json.dumps({"id": number, "question": QUESTION}) for number in range(30))
    Path("b.jsonl").write_text(rows, encoding="utf-8")
    for line in (
        f"{CHANGAI} list --json --index {sample_index} | head -c 10",
        f"{CHANGAI} search --json --batch b.jsonl --top 30 --index {sample_index} | head -1",
        f"{CHANGAI} list --index {sample_index} | true",
    ):
        told = shell(line)
        assert "Traceback" not in told.stderr and "Broken" not in told.stderr and "ignored" not in told.stderr


def test_output_that_cannot_be_written_is_one_line(sample_index: Path) -> None:
    for words in ("list", f"ask --json {QUESTION}"):
        told = shell(f"{CHANGAI} {words} --index {sample_index} > /dev/full")
        assert told.returncode == 1
        errors = [line for line in told.stderr.splitlines() if not line.startswith("共 ")]
        assert len(errors) == 1 and errors[0].startswith("错误：输出") and "请" in errors[0]
    assert shell(f"{CHANGAI} ask {QUESTION} --index {sample_index} >&-").returncode == 0


def wait_for_work(running: subprocess.Popen[bytes]) -> None:
    assert running.stderr is not None
    assert "读取资料" in running.stderr.readline().decode("utf-8")
    running.stderr.readline()


def many_documents() -> Path:
    """A corpus that takes seconds to build, in places named as made up."""
    text = "甲市的产业工人队伍建设改革试点企业有{0}家，开展技能竞赛{0}场。" * 20
    rows = [json.dumps({"id": str(n), "title": f"第{n}份", "text": text.format(n)}) for n in range(3000)]
    path = Path("many.jsonl")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_ctrl_c_during_a_build_leaves_the_index(process: Command, own_index: Path) -> None:
    before = process("list", "--json", "--index", own_index).out
    command = [CHANGAI, "build", many_documents(), "--index", own_index]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        wait_for_work(running)
        busy = process("remove", "baiyin.md", "--index", own_index)
        assert busy.code == 1 and str(running.pid) in busy.last and "请" in busy.last
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (1, b"")
    assert err.decode("utf-8").splitlines()[-1].startswith("错误：已按 Ctrl-C 停止") and b"Traceback" not in err
    assert process("list", "--json", "--index", own_index).out == before
    assert [path.name for path in (own_index / "generations").iterdir()] == [generation(own_index).name]


def test_a_killed_build_leaves_the_index(process: Command, own_index: Path) -> None:
    before = process("list", "--json", "--index", own_index).out
    command = [CHANGAI, "build", many_documents(), "--index", own_index]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        wait_for_work(running)
        running.kill()
    assert process("list", "--json", "--index", own_index).out == before
    assert process("add", SAMPLE / "wuhu.md", "--index", own_index).code == 0
    assert "旧" not in process("doctor", "--index", own_index).out


def test_serve_says_where_answers_and_stops_at_ctrl_c(sample_index: Path) -> None:
    command = [CHANGAI, "serve", "--port", "0", "--index", sample_index]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        ready = running.stderr.readline().decode("utf-8")
        address = ready.split("：", 1)[1].split("（")[0]
        body = json.dumps({"question": QUESTION}).encode()
        for _ in range(50):
            try:
                with urllib.request.urlopen(f"{address}/api/ask", body, timeout=20) as reply:
                    assert "24" in json.loads(reply.read())["answer"]
                break
            except ConnectionError:
                time.sleep(0.1)
        else:
            pytest.fail(f"nobody answers at {address}")
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (0, b"")
    assert b"Traceback" not in err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can step down to a stranger who may not write the folder")
def test_an_index_that_may_only_be_read(own_index: Path) -> None:
    """A stranger asks over an index that somebody else built: it answers, and what writes says so in one line."""
    stranger = ["setpriv", "--reuid", "65534", "--clear-groups"]
    for folder in (own_index, *own_index.parents):
        if folder.owner() == "root" and folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o055)

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [*stranger, str(CHANGAI), *map(str, words), "--index", str(own_index)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=clean_environment())

    asked = run("ask", "--json", QUESTION)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "24" in json.loads(asked.stdout)["answer"]
    for words in (["add", SAMPLE / "wuhu.md"], ["build", SAMPLE], ["remove", "baiyin.md"]):
        told = run(*words)
        last = told.stderr.splitlines()[-1]
        assert told.returncode == 1 and last.startswith("错误：索引") and "写不进去" in last and "请" in last
