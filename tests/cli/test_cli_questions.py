"""Bad questions, histories, batches and usage: one clear Chinese line, or an answer, and nothing lost."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.told import QUESTION, SAMPLE, Command, assert_one_clear_line

HISTORIES = {
    "no json": b"{oops",
    "object": b'{"a": 1}',
    "no content": b'[{"role": "user"}]',
    "number": b'[{"role": "user", "content": 5}]',
    "role": b'[{"role": "system", "content": "x"}]',
    "strings": b'["x"]',
    "not utf-8": '["白银"]'.encode("gbk"),
    "deep": b"[" * 100_000,
    "empty": b"",
}


@pytest.mark.parametrize("name", HISTORIES)
def test_a_bad_history(changai: Command, sample_index: Path, name: str) -> None:
    Path("h.json").write_bytes(HISTORIES[name])
    assert_one_clear_line(changai("ask", QUESTION, "--history", "h.json", "--index", sample_index), "h.json")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_bad_batch(changai: Command, sample_index: Path, command: str) -> None:
    Path("gbk.jsonl").write_bytes('{"id": 1, "question": "白银"}'.encode("gbk"))
    Path("empty.jsonl").write_bytes(b"\n\n")
    Path("folder.jsonl").mkdir()
    for name, told in (("gbk", "UTF-8"), ("empty", "没有问题"), ("folder", "读不出来"), ("missing", "不存在")):
        batch = changai(command, "--json", "--batch", f"{name}.jsonl", "--index", sample_index)
        assert_one_clear_line(batch, f"{name}.jsonl", told)


def test_a_missing_history(changai: Command, sample_index: Path) -> None:
    assert_one_clear_line(changai("ask", QUESTION, "--history", "nowhere", "--index", sample_index), "nowhere")


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize("words", [[], [""], [" \u3000\n"], [QUESTION, "--batch", "b.jsonl"]])
def test_no_question_or_two(changai: Command, sample_index: Path, command: str, words: list[str]) -> None:
    assert_one_clear_line(changai(command, *words, "--index", sample_index))


ODD_QUESTIONS = {
    "punctuation": "？！……",
    "emoji": "😀👷‍♀️",
    "signs": "()[]{}*+?\\^$|\"'`%&<script>",
    "controls": "\x01\x02\x7f",
    "NUL": "白银\x00市",
    "quotes and newlines": "白银市\"有多少个\n院士'专家工作站？",
    "half surrogates": "白银市\udcff\udc80有多少个院士专家工作站？",
    "long": QUESTION * 6_700,
    "long and empty of sense": "有多少" * 33_400,
    "long number": "1" * 100_000,
}


@pytest.mark.parametrize("name", ODD_QUESTIONS)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_any_text_is_a_question(changai: Command, sample_index: Path, command: str, name: str) -> None:
    told = changai(command, "--json", ODD_QUESTIONS[name], "--index", sample_index)
    assert (told.code, told.err) == (0, "")
    assert len(told.objects) == 1
    told.out.encode("utf-8")


def test_odd_names_are_no_trouble(changai: Command, sample_index: Path) -> None:
    for words in (
        ["build", "x\udcff"],
        ["list", "--index", "x\udcff"],
        ["remove", "x\udcff", "--index", str(sample_index)],
    ):
        assert_one_clear_line(changai(*words), "x\\udcff")
    assert changai("ask", QUESTION, "--place", "x\udcff", "--index", sample_index).code == 0
    assert changai("matrix", "--place", "x\udcff", "--index", sample_index).code == 0
    assert_one_clear_line(changai("matrix", "--measure", "\udcff", "--index", sample_index), "举措")
    assert_one_clear_line(changai("build", "two\nlines"), "two lines")


def test_a_file_whose_name_is_no_unicode_is_read_and_removed(changai: Command) -> None:
    folder = Path("archive")
    folder.mkdir()
    name = "产改".encode("gbk").decode("utf-8", "surrogateescape") + ".txt"
    (folder / name).write_bytes((SAMPLE / "baiyin.md").read_bytes())
    assert changai("build", folder).code == 0
    [[document]] = changai("list", "--json").objects
    assert document["file"] == "\\xb2\\xfa\\xb8\\xc4.txt"
    [answer] = changai("ask", "--json", QUESTION).objects
    assert answer["citations"][0]["file"] == document["file"]
    assert changai("add", SAMPLE / "wuhu.md").code == 0
    assert changai("remove", folder / name).code == 0
    assert len(changai("list", "--json").objects[0]) == 1


WRONG: dict[str, tuple[list[str], str]] = {
    "no command": ([], "缺少命令"),
    "unknown command": (["nosuch"], "nosuch"),
    "option before the command": (["--index", "i", "list"], "命令"),
    "nothing to build": (["build"], "缺少路径"),
    "top 0": (["search", "词", "--top", "0"], "应为正整数，得到 0"),
    "top below 0": (["search", "词", "--top", "-1"], "应为正整数，得到 -1"),
    "top no number": (["search", "词", "--top", "十"], "应为整数，得到 十"),
    "port no number": (["serve", "--port", "x"], "应为整数，得到 x"),
    "unknown option": (["list", "--nosuch"], "不认识 --nosuch"),
    "option without value": (["ask", "问题", "--index"], "--index 后面缺少内容"),
    "value for a switch": (["list", "--json=1"], "--json 不带内容"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage_exits_2_in_chinese(changai: Command, name: str) -> None:
    words, what = WRONG[name]
    told = changai(*words)
    assert (told.code, told.out) == (2, "")
    assert told.last.startswith("错误：") and what in told.last and "--help" in told.last
    assert not re.search("usage|invalid|required|argument|expected", told.err)


def test_help_is_chinese(changai: Command) -> None:
    for words in (["--help"], ["ask", "--help"], ["build", "--help"]):
        told = changai(*words)
        assert told.code == 0
        assert not re.search("usage|options|positional|show this", told.out)


def test_a_fault_of_the_program_costs_one_line_only(
    changai: Command, sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The embedding model breaks at one question, as no test of the model foresaw; the others are answered."""
    from index.library import Library

    sound: Callable[..., object] = Library.vector_hits

    def broken(self: Library, query: str, k: int) -> object:
        if "破" in query:
            raise ZeroDivisionError(query)
        return sound(self, query, k)

    monkeypatch.setattr(Library, "vector_hits", broken)
    rows = [{"id": name, "question": f"白银市{name}"} for name in ("好", "破", "美")]
    Path("b.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    told = changai("search", "--json", "--batch", "b.jsonl", "--index", sample_index)
    assert told.code == 1
    assert [set(row) for row in told.objects] == [{"id", "hits"}, {"id", "error"}, {"id", "hits"}]
    assert "ZeroDivisionError" in told.objects[1]["error"]
