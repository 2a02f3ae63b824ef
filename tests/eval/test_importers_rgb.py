"""RGB's lines, worked by hand: which passages stay at which noise, and what is then still answerable."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import load_dataset
from eval.importers import ImportOptions, ImportReport, import_dataset
from index.errors import DatasetError

QUERY = {
    "id": 3,
    "query": "甲市比赛在哪天？",
    "answer": [["五月一日", "5.1"]],
    "positive": ["比赛定在五月一日。", "五月一日开赛。"],
    "negative": ["比赛很热闹。", "乙市也办比赛。", "报名在网上。"],
}


def imported(folder: Path, *rows: Any, **options: Any) -> tuple[list[str], ImportReport]:
    """The texts of the passages that stay, and the report."""
    path = folder / "zh.json"
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    report = import_dataset("rgb", path, folder / "out", ImportOptions(overwrite=True, **options))
    return list(texts(folder).values()), report


def texts(folder: Path) -> dict[str, str]:
    found = map(json.loads, (folder / "out" / "passages.jsonl").read_text(encoding="utf-8").splitlines())
    return {each["id"]: each["text"] for each in found}


def proofs(folder: Path, at: int = 0) -> list[str]:
    question = load_dataset(folder / "out" / "qa.jsonl")[at]
    return [texts(folder)[each.document] for each in question.evidence]


def test_all_passages_stay_and_the_positive_ones_are_the_proof(tmp_path: Path) -> None:
    kept, report = imported(tmp_path, QUERY)
    assert kept == [*QUERY["positive"], *QUERY["negative"]]
    assert proofs(tmp_path) == QUERY["positive"]
    (question,) = load_dataset(tmp_path / "out" / "qa.jsonl")
    assert (question.id, question.answers) == ("3", (("五月一日", "5.1"),))
    assert report.passages == 5


@pytest.mark.parametrize(
    ("answer", "groups"),
    [
        ("五月", (("五月",),)),
        (["五月", "六月"], (("五月",), ("六月",))),
        ([["五月", "5月"], "六月"], (("五月", "5月"), ("六月",))),
    ],
)
def test_a_list_must_be_met_whole_and_a_list_within_by_any_string(
    tmp_path: Path, answer: Any, groups: tuple[tuple[str, ...], ...]
) -> None:
    imported(tmp_path, QUERY | {"answer": answer})
    assert load_dataset(tmp_path / "out" / "qa.jsonl")[0].answers == groups


@pytest.mark.parametrize(
    ("options", "positive", "negative"),
    [
        # Two positives and three negatives are there: five passages have ⌈2.5⌉ = 3 negatives at one half.
        ({"noise_rate": 0.5}, 2, 3),
        ({"noise_rate": 0.4}, 2, 2),
        ({"noise_rate": 0.0}, 2, 0),
        # Five would need ⌈3.75⌉ = 4 negatives; four have three.
        ({"noise_rate": 0.75}, 1, 3),
        ({"noise_rate": 0.5, "passages_per_query": 2}, 1, 1),
        ({"noise_rate": 0.5, "passages_per_query": 3}, 1, 2),
        # Only two positives are there, so that negatives fill the rest.
        ({"noise_rate": 0.1, "passages_per_query": 4}, 2, 2),
        # Only three negatives are there, so that positives fill the rest.
        ({"noise_rate": 0.8, "passages_per_query": 5}, 2, 3),
        ({"passages_per_query": 3}, 2, 1),
        ({"passages_per_query": 1}, 1, 0),
    ],
)
def test_the_rate_says_how_many_of_the_passages_are_noise(
    tmp_path: Path, options: dict[str, Any], positive: int, negative: int
) -> None:
    kept, _ = imported(tmp_path, QUERY, **options)
    assert kept == [*QUERY["positive"][:positive], *QUERY["negative"][:negative]]
    assert proofs(tmp_path) == QUERY["positive"][:positive]


def test_a_rate_that_leaves_no_positive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"每题 2 段、负例占 0\.9 时不剩正例"):
        imported(tmp_path, QUERY, noise_rate=0.9, passages_per_query=2)


def test_every_part_of_an_answer_keeps_a_proof_or_the_question_is_skipped(tmp_path: Path) -> None:
    parts = QUERY | {"id": 4, "answer": ["五月", "六月"], "positive": [["五月开赛。", "五月。"], ["六月闭幕。"]]}
    kept, report = imported(tmp_path, parts, passages_per_query=2)
    assert kept == ["五月开赛。", "六月闭幕。"]
    assert report.questions == 1
    _, report = imported(tmp_path, QUERY, parts, passages_per_query=1)
    assert [each.where for each in report.skipped] == ["zh.json 第 2 行"]
    assert "保留的 1 段正例不足以给出全部答案" in report.skipped[0].reason


def test_equal_passages_are_one_document_whoever_brings_them(tmp_path: Path) -> None:
    other = QUERY | {"id": 5, "positive": ["乙市也办比赛。"], "negative": ["比赛定在五月一日。"]}
    kept, _ = imported(tmp_path, QUERY, other)
    assert len(kept) == len(set(kept)) == 5
    assert proofs(tmp_path, 1) == ["乙市也办比赛。"]


def test_negatives_alone_make_every_question_unanswerable(tmp_path: Path) -> None:
    sly = QUERY | {"id": 6, "negative": ["其实是五月一日。", "比赛很热闹。"]}
    other = QUERY | {"id": 7, "positive": ["报名在网上。"], "answer": "网上", "negative": ["乙市也办比赛。"]}
    kept, report = imported(tmp_path, QUERY, sly, other, negatives_only=True)
    # One negative states the answer, another is the proof of the third query.
    assert kept == ["比赛很热闹。", "乙市也办比赛。"]
    assert report.left_out == {"能回答问题的负例段落": 2}
    questions = load_dataset(tmp_path / "out" / "qa.jsonl")
    assert [(each.unanswerable, each.reason, each.answers) for each in questions] == [(True, "no_content", ())] * 3


def test_a_limit_takes_the_passages_of_the_first_queries_only(tmp_path: Path) -> None:
    other = QUERY | {"id": 8, "positive": ["第八题的正例"], "negative": []}
    kept, report = imported(tmp_path, QUERY, other, limit=1)
    assert "第八题的正例" not in kept
    assert report.left_out == {"超过 limit 的 1 题": 1}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"answer": []}, "字段 answer[0] 应为至少一段文字，实为「[]」"),
        ({"answer": None}, "字段 answer[0] 应为不空的文字，实为「缺失」"),
        ({"answer": [["五月", 5]]}, "字段 answer[0] 应为不空的文字，实为「5」"),
        ({"answer": ["五月", "。"]}, "字段 answer[1] 应为含有文字或数字的字符串，实为「。」"),
        ({"positive": "比赛"}, "字段 positive[0] 应为文字的列表，实为「比赛」"),
        ({"positive": [["比赛"], "散"]}, "字段 positive[1] 应为文字的列表"),
        ({"negative": [" "]}, "字段 negative 应为不空的文字"),
        ({"query": ""}, "字段 query 应为不空的文字，实为「」"),
        ({"id": None}, "字段 id 应为非空字符串"),
    ],
)
def test_a_faulty_line_is_told_and_the_others_go_on(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    _, report = imported(tmp_path, QUERY, QUERY | {"id": 9} | change)
    (fault,) = report.skipped
    assert fault.where == "zh.json 第 2 行"
    assert told in fault.reason
    assert report.questions == 1
