"""Answers files: round trips, those of other systems, and faults told by line and field."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.complete import complete
from eval.reply import Found, Reply, read_replies, reply_line
from index.errors import DatasetError
from tests.fakes.bench import PAGES, QUESTIONS, SHELF, Knowing, said

QUOTE = "建成产业学院12家"


def file(folder: Path, *rows: dict[str, Any] | str) -> Path:
    path = folder / "answers.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    given = [Knowing().reply(question) for question in QUESTIONS]
    given.append(Reply("e", None, "坏了", 3.0, peak_mb=1.0))
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(map(reply_line, given)), encoding="utf-8")
    assert list(read_replies(path)) == given


def test_an_answer_of_another_system_may_be_no_more_than_its_text_and_quotes(tmp_path: Path) -> None:
    row = {"id": 7, "answer": "12家", "citations": [{"file": "甲市.txt", "quote": QUOTE}], "hits": ["甲市.txt"]}
    (found,) = read_replies(file(tmp_path, row))
    reply = complete(found, SHELF)
    assert reply.id == "7" and reply.answer is not None
    start = PAGES["甲市"].index(QUOTE)
    (cited,) = reply.answer["citations"]
    assert (cited["document_id"], cited["number"]) == ("甲市", 1)
    assert (cited["start"], cited["end"], cited["marks"]) == (start, start + 9, [[start, start + 9]])
    assert (reply.answer["refused"], reply.answer["confidence"], reply.answer["raw_text"]) == (False, None, "12家")
    assert reply.hits == (Found("甲市", 0, 0),)


def test_a_quote_that_stands_nowhere_gets_no_place() -> None:
    answer = said("12家", "甲市", QUOTE, quote="建成产业学院21家", start=None, end=None)
    (cited,) = (complete(Reply("q", answer), SHELF).answer or {})["citations"]
    assert (cited["start"], cited["end"]) == (0, 0)


def test_the_batch_of_the_command_line_is_read_with_its_own_time(tmp_path: Path) -> None:
    (found,) = read_replies(file(tmp_path, {"id": "a", **said("12家", "甲市", QUOTE), "timings_ms": {"total": 12.5}}))
    assert found.elapsed_ms == 12.5
    (failed,) = read_replies(file(tmp_path, {"id": "a", "error": "读不出来"}))
    assert (failed.answer, failed.error) == (None, "读不出来")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"answer": "12家"}, "字段 id "),
        ({"id": "a"}, "字段 answer "),
        ({"id": "a", "answer": 12}, "字段 answer "),
        ({"id": "a", "answer": "x", "refused": "no"}, "字段 refused "),
        ({"id": "a", "answer": "x", "citations": {}}, "字段 citations "),
        ({"id": "a", "answer": "x", "citations": ["x"]}, r"字段 citations\[0\] "),
        ({"id": "a", "answer": "x", "citations": [{"file": "f"}]}, r"字段 citations\[0\].quote "),
        ({"id": "a", "answer": "x", "citations": [{"quote": "f"}]}, r"字段 citations\[0\].document_id "),
        (
            {"id": "a", "answer": "x", "citations": [{"quote": "f", "file": "f", "start": "1"}]},
            r"citations\[0\].start ",
        ),
        ({"id": "a", "answer": "x", "hits": [{"title": "t"}]}, r"字段 hits\[0\] "),
        ({"id": "a", "answer": "x", "elapsed_ms": "fast"}, "字段 elapsed_ms "),
        (
            {"id": "a", "answer": "x", "citations": [{"quote": "f", "file": "f", "marks": [[1]]}]},
            r"citations\[0\].marks ",
        ),
        ({"id": True, "answer": "x"}, "字段 id "),
        ({"id": "ok", "answer": "x"}, "字段 id 的值「ok」"),
        ({"id": "a", "answer": "x", "confidence": float("nan")}, "字段 confidence "),
        ({"id": "a", "answer": "x", "confidence": True}, "字段 confidence "),
        ({"id": "a", "answer": "x", "confidence": 10**400}, "字段 confidence "),
        ({"id": "a", "answer": "x", "confidence": 7}, "字段 confidence "),
        ({"id": "a", "answer": "x", "elapsed_ms": -1}, "字段 elapsed_ms "),
        ({"id": "a", "answer": "x", "table": {"columns": [1], "rows": []}}, "字段 table "),
        (
            {"id": "a", "answer": "x", "citations": [{"quote": "f", "file": "f", "marks": [[5, 2]]}]},
            r"citations\[0\].marks ",
        ),
        (
            {"id": "a", "answer": "x", "citations": [{"quote": "f", "file": "f", "published": 2020}]},
            r"citations\[0\].published ",
        ),
        ({"id": "a", "answer": "x", "table": {"columns": [], "rows": 5}}, "字段 table "),
        ({"id": "a", "answer": "x", "passages": [{"file": "f", "start": None}]}, r"字段 passages\[0\].start "),
        (
            {"id": "a", "answer": "x", "citations": [{"quote": "f", "file": "f", "number": "1"}]},
            r"citations\[0\].number ",
        ),
        (
            {"id": "a", "answer": "x", "citations": [{"quote": "f", "file": "f", "number": 0}]},
            r"citations\[0\].number ",
        ),
        ({"id": "a", "answer": "x", "citations": [{"quote": "f", "file": "f", "title": 5}]}, r"citations\[0\].title "),
        (
            {"id": "a", "answer": "x", "citations": [{"quote": "f", "file": "f", "context": [{}]}]},
            r"citations\[0\].context ",
        ),
        (
            {
                "id": "a",
                "answer": "x",
                "citations": [{"quote": "f", "file": "f", "number": 2}, {"quote": "g", "file": "f"}],
            },
            "字段 citations 的 number ",
        ),
        ("[1]", "应为一个 JSON 对象"),
        ('{"id": "a"', "不是合法的 JSON"),
    ],
)
def test_a_fault_is_told_by_line_and_field(tmp_path: Path, row: dict[str, Any] | str, field: str) -> None:
    path = file(tmp_path, {"id": "ok", "answer": "x"}, row)
    with pytest.raises(DatasetError, match=rf"answers.jsonl 第 2 行：.*{field}|answers.jsonl 第 2 行：{field}"):
        list(read_replies(path))


def test_a_question_of_retrieval_alone_has_a_line_of_hits(tmp_path: Path) -> None:
    given = Reply("r", None, "", 1.0, (Found("甲市", 0, 3),), None, 2.0)
    path = tmp_path / "answers.jsonl"
    path.write_text(reply_line(given), encoding="utf-8")
    assert list(read_replies(path)) == [given]


def test_a_line_that_was_cut_within_a_letter_is_left_out(tmp_path: Path) -> None:
    path = file(tmp_path, {"id": "a", "answer": "甲"})
    path.write_bytes(path.read_bytes() + '{"id": "b", "answer": "甲'.encode()[:-1])
    assert [each.id for each in read_replies(path, cut=True)] == ["a"]


def test_an_extract_in_place_of_a_failed_model_does_not_last(tmp_path: Path) -> None:
    (found,) = read_replies(file(tmp_path, {"id": "a", "answer": "x", "model_failed": True}))
    assert found.model_failed and not found.lasting
    assert not Reply("e", None, "坏了").lasting and Reply("e", {"answer": "x"}).lasting


def test_half_surrogates_anywhere_do_no_harm(tmp_path: Path) -> None:
    bad = "\ud800"
    row = {"id": f"a{bad}", "answer": bad, "hits": [bad], "citations": [{"quote": bad, "file": bad, "title": bad}]}
    (found,) = read_replies(file(tmp_path, json.dumps(row)))
    reply_line(found).encode("utf-8")
    assert found.answer is not None and found.answer["answer"] == "\ufffd"


def test_only_a_last_line_may_be_cut(tmp_path: Path) -> None:
    path = file(tmp_path, {"id": "a", "answer": "x"})
    path.write_text(path.read_text(encoding="utf-8") + '{"id": "b", "ans', encoding="utf-8")
    assert [each.id for each in read_replies(path, cut=True)] == ["a"]
    path = file(tmp_path, '{"id": "b", "ans', {"id": "a", "answer": "x"})
    with pytest.raises(DatasetError, match="第 1 行"):
        list(read_replies(path, cut=True))
