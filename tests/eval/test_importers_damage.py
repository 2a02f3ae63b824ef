"""Whatever stands in a file, an import ends with readable questions and a whole count, or with one Chinese line."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.dataset import GoldQuestion, load_dataset
from eval.importers import ImportOptions, ImportReport, import_dataset
from index.errors import DatasetError

ROOM = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
WORDS = st.sampled_from(
    ["12家", "甲市有12家。", "YES", "NO", "是", "。", "", " ", "\n", "\ud800", "true", "up", "down", "2026-05-01"]
)
KEYS = st.sampled_from(
    (
        *("data", "paragraphs", "qas", "context", "id", "question", "answers", "text", "answer_start", "is_impossible"),
        *("query", "answer", "positive", "negative", "time", "vote", "expected", "history", "role", "content"),
    )
)
VALUES = st.recursive(
    WORDS | st.integers(-2, 40) | st.booleans() | st.none() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


def imported(name: str, path: Path, **options: Any) -> tuple[tuple[GoldQuestion, ...], ImportReport] | None:
    """What came of an import, or None where a plain line said why nothing did."""
    out = path.parent / "out"
    try:
        report = import_dataset(name, path, out, ImportOptions(overwrite=True, **options))
    except DatasetError as error:
        assert "\n" not in str(error)
        return None
    return load_dataset(out / "qa.jsonl") if report.questions else (), report


def write_lines(path: Path, values: list[Any]) -> Path:
    path.write_text("".join(f"{json.dumps(value)}\n" for value in values), encoding="utf-8")
    return path


ANSWERS = st.lists(
    st.fixed_dictionaries({"text": WORDS}, optional={"answer_start": st.integers(-3, 20)}), min_size=1, max_size=3
)
QAS = st.fixed_dictionaries(
    {"id": st.integers(0, 9), "question": st.just("几家？") | WORDS, "answers": ANSWERS},
    optional={"is_impossible": st.sampled_from([True, False, "true", "false"])},
)


@ROOM
@given(questions=st.lists(QAS | QAS | QAS | VALUES, max_size=4), text=st.just("甲市有12家。乙市没有，是真的。") | WORDS)
def test_squad_counts_every_question(tmp_path: Path, questions: list[Any], text: str) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": text, "qas": questions}]}]}), encoding="utf-8")
    if found := imported("squad", path):
        assert found[1].questions == len(found[0]) == len(questions) - len(found[1].skipped)


@ROOM
@given(value=VALUES)
def test_squad_survives_any_json(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    imported("squad", path)


TEXTS = st.lists(st.sampled_from(["甲市有12家。", "是12家", "别的", "另外的\ud800"]), max_size=4)
QUERIES = st.fixed_dictionaries(
    {"id": st.integers(0, 9), "query": st.just("几家？") | WORDS, "answer": WORDS | st.lists(WORDS | st.lists(WORDS))},
    optional={"positive": TEXTS | st.lists(TEXTS, max_size=3), "negative": TEXTS},
)


@ROOM
@given(
    rows=st.lists(QUERIES | QUERIES | VALUES, max_size=4),
    rate=st.none() | st.sampled_from([0.0, 0.2, 0.5, 0.9]),
    number=st.none() | st.integers(1, 5),
    only=st.booleans(),
)
def test_rgb_counts_every_line(
    tmp_path: Path, rows: list[Any], rate: float | None, number: int | None, only: bool
) -> None:
    path = write_lines(tmp_path / "zh.json", rows)
    found = imported("rgb", path, noise_rate=rate, passages_per_query=number, negatives_only=only)
    if found:
        questions, report = found
        assert report.questions == len(questions) == len(rows) - len(report.skipped)
        assert all(question.unanswerable is only for question in questions)


VOTES = st.fixed_dictionaries(
    {
        "time": st.sampled_from(["2026-05-01", "2026-05-02", 3]),
        "question": st.sampled_from(["甲？", "乙？", "丙？"]) | WORDS,
        "vote": st.sampled_from(["up", "down"]),
    },
    optional={"expected": WORDS, "history": VALUES, "right_source": WORDS, "comment": VALUES},
)


@ROOM
@given(rows=st.lists(VOTES | VOTES | VALUES, max_size=5))
def test_feedback_counts_every_vote(tmp_path: Path, rows: list[Any]) -> None:
    if found := imported("feedback", write_lines(tmp_path / "feedback.jsonl", rows)):
        report = found[1]
        taken = report.questions + report.todo + sum(report.left_out.values())
        assert taken == len(rows) - len(report.skipped)


CELLS = st.sampled_from(
    ["12家", "几家？", "是", "否", "", "a.md；b.md", "50元/月", "#REF!", "无关", "。", "甲\n乙", '"', "/"]
)


@ROOM
@given(rows=st.lists(st.lists(CELLS, max_size=7), max_size=5), sign=st.sampled_from([",", ";", "\t"]))
def test_a_sheet_counts_every_row(tmp_path: Path, rows: list[list[str]], sign: str) -> None:
    path = tmp_path / "staff.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        heading = ["问题", "答案", "来源文件", "原文", "不可回答", "原因"]
        csv.writer(file, delimiter=sign).writerows([heading, *rows])
    if found := imported("sheet", path):
        questions, report = found
        filled = sum(any(cell.strip() for cell in row[: len(heading)]) for row in rows)
        assert report.questions == len(questions) == filled - len(report.skipped)


@pytest.mark.parametrize("name", ["squad", "rgb", "feedback", "sheet", "passages", "beir"])
def test_bytes_that_are_no_text_are_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "passages.jsonl").write_text("", encoding="utf-8")
    path = tmp_path / ("staff.csv" if name == "sheet" else "qa.jsonl")
    path.write_bytes(bytes(range(256)))
    assert imported(name, path) is None
    assert not (tmp_path / "out" / "qa.jsonl").exists()
