"""Feedback of the page, worked by hand: what becomes a question, what awaits staff, and whose word is the last."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import GoldEvidence, GoldQuestion, load_dataset
from eval.importers import ImportReport, import_dataset
from index.errors import DatasetError
from rag.types import Turn

VOTE = {"time": "2026-05-01T08:00:00+08:00", "question": "甲市几家？", "answer": "3家。", "vote": "down"}
RIGHT = {"expected": "12家", "right_source": "jia.md"}


def imported(folder: Path, *votes: Any) -> ImportReport:
    path = folder / "feedback.jsonl"
    path.write_text("".join(f"{json.dumps(vote, ensure_ascii=False)}\n" for vote in votes), encoding="utf-8")
    return import_dataset("feedback", path, folder / "out")


def questions(folder: Path) -> tuple[GoldQuestion, ...]:
    return load_dataset(folder / "out" / "qa.jsonl")


def todo(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "out" / "todo.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_down_vote_that_knows_better_is_a_question(tmp_path: Path) -> None:
    history = [{"role": "user", "content": "乙市呢？"}]
    report = imported(tmp_path, VOTE | RIGHT | {"history": history})
    (question,) = questions(tmp_path)
    assert (question.question, question.type, question.answers) == ("甲市几家？", "feedback", (("12家",),))
    assert question.evidence == (GoldEvidence("jia.md"),)
    assert question.history == (Turn("user", "乙市呢？"),)
    assert (report.questions, report.todo, report.files) == (1, 0, (tmp_path / "out" / "qa.jsonl",))


def test_other_down_votes_await_staff_and_can_be_imported_when_they_are_filled_in(tmp_path: Path) -> None:
    report = imported(tmp_path, VOTE | {"comment": "不对", "expected": " "})
    assert (report.questions, report.todo) == (0, 1)
    (row,) = todo(tmp_path)
    assert (row["question"], row["answer"], row["comment"], row["expected"]) == ("甲市几家？", "3家。", "不对", "")
    (tmp_path / "again").mkdir()
    imported(tmp_path / "again", row | {"expected": "12家"})
    (question,) = questions(tmp_path / "again")
    assert (question.id, question.answers) == (row["id"], (("12家",),))


def test_up_votes_are_only_counted(tmp_path: Path) -> None:
    report = imported(tmp_path, VOTE | RIGHT, VOTE | {"question": "乙市？", "vote": "up"})
    assert (report.questions, report.left_out) == (1, {"点赞的反馈": 1})


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-05-01T08:00:00", "2026-05-01T08:00:01"),
        # Eight o'clock in China is midnight in Greenwich.
        ("2026-05-01T08:00:00+08:00", "2026-05-01T01:00:00Z"),
        ("2026-05-01", "2026-05-02"),
        (1.0, 2),
        (0, "2026-05-01T08:00:00"),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_of_one_question_the_newest_word_counts_wherever_it_stands(
    tmp_path: Path, earlier: object, later: object, swapped: bool
) -> None:
    old = VOTE | {"time": earlier, "expected": "旧", "question": "甲市 几家?"}
    new = VOTE | {"time": later, "expected": "新"}
    report = imported(tmp_path, *([new, old] if swapped else [old, new]))
    assert [each.answers for each in questions(tmp_path)] == [(("新",),)]
    assert report.left_out == {"同一问题的较早反馈": 1}


def test_of_one_moment_the_later_line_counts_and_another_history_is_another_question(tmp_path: Path) -> None:
    imported(tmp_path, VOTE | {"expected": "一"}, VOTE | {"expected": "二"})
    assert [each.answers for each in questions(tmp_path)] == [(("二",),)]
    (tmp_path / "more").mkdir()
    turn = {"history": [{"role": "user", "content": "前面说过"}]}
    imported(tmp_path / "more", VOTE | {"expected": "一"}, VOTE | turn | {"expected": "二"})
    assert len({each.id for each in questions(tmp_path / "more")}) == 2


def test_a_question_that_was_mended_since_is_no_question_any_more(tmp_path: Path) -> None:
    mended = VOTE | {"time": "2026-06-01", "vote": "up"}
    report = imported(tmp_path, VOTE | RIGHT, mended, VOTE | RIGHT | {"question": "乙市？"})
    assert [each.question for each in questions(tmp_path)] == ["乙市？"]
    assert report.left_out == {"同一问题的较早反馈": 1, "点赞的反馈": 1}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"question": " "}, "字段 question 是空的"),
        ({"vote": "sideways"}, "字段 vote 应为 up 或 down，实为「sideways」"),
        ({"time": "yesterday"}, "字段 time 应为 ISO 时间，实为「yesterday」"),
        ({"time": None}, "字段 time 应为 ISO 时间，实为「缺失」"),
        ({"time": 1e30}, "字段 time 应为 ISO 时间"),
        ({"history": "乙市"}, "字段 history 应为"),
        ({"expected": "。"}, "字段 answers[0][0] 应为含有文字或数字的字符串"),
        ({"history": [{"role": "page", "content": "乙市"}]}, "字段 history[0].role 应为 user 或 assistant"),
    ],
)
def test_a_faulty_line_is_told_and_the_others_go_on(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    report = imported(tmp_path, VOTE | RIGHT | {"question": "乙市？"}, VOTE | RIGHT | change)
    (fault,) = report.skipped
    assert fault.where == "feedback.jsonl 第 2 行"
    assert told in fault.reason
    assert report.questions == 1


def test_a_line_that_a_crash_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_bytes(json.dumps(VOTE | RIGHT).encode() + b'\n{"time": "2026')
    report = import_dataset("feedback", path, tmp_path / "out")
    assert [(each.where, each.reason) for each in report.skipped] == [("feedback.jsonl 第 2 行", "不是合法的 JSON")]


def test_praise_alone_gives_no_questions(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="没有可导入的题目（1 条因点赞的反馈未取）"):
        imported(tmp_path, VOTE | {"vote": "up"})
