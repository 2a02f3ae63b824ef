"""What codes lose against an exact search, on vectors whose neighbours are known."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.search.shortcut import Loss, coded, loss, main, table
from index.nearest import VectorPart
from index.vectors import Matrix, Vectors
from tests.fakes.library import made_document, made_library


def part(folder: Path, matrix: Matrix) -> VectorPart:
    folder.mkdir()
    Vectors.build(folder, [f"{row:04}" for row in range(len(matrix))], matrix)
    return VectorPart.open(folder)


def corners(count: int) -> Matrix:
    """Unit vectors along the axes, over and over."""
    return np.eye(6, dtype=np.float32)[np.arange(count) % 6]


def test_parts_of_a_few_rows_are_left_as_they_are(tmp_path: Path) -> None:
    small, large = part(tmp_path / "a", corners(63)), part(tmp_path / "b", corners(64))
    made = coded([small, large], tmp_path / "codes")
    assert made[0] is small
    assert made[1].codes is not None
    assert len(made[1].codes) == 64


def test_what_is_found_and_what_is_not_by_hand(tmp_path: Path) -> None:
    whole = [part(tmp_path / "a", corners(12))]
    # Rows 0 and 6 point along the first axis; the other parts hold one and none of them.
    first, none = [part(tmp_path / "b", corners(5))], [part(tmp_path / "c", corners(0).reshape(0, 6))]
    query = corners(1)
    assert (loss(whole, whole, query, 2).share, loss(whole, first, query, 2).share) == (1.0, 0.5)
    both = loss(whole, first, np.concatenate([query, corners(2)[1:]]), 2)
    assert (both.depth, both.share, both.worst) == (2, 0.5, 0.5)
    assert loss(none, none, query, 2).share == 1.0
    assert both.exact_ms > 0 < both.codes_ms


def test_the_table_by_hand() -> None:
    assert table([Loss(10, 0.99875, 0.8, 1.239, 0.5)]).split("\n")[2] == "| 10 | 0.9988 | 0.80 | 1.24 | 0.50 |"


def test_the_command_compares_the_parts_of_an_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset = tmp_path / "题.jsonl"
    line = {"id": "一", "question": "常州补贴", "type": "list", "answers": [["补贴"]], "evidence": []}
    dataset.write_text(json.dumps(line | {"unanswerable": False}) + "\n", encoding="utf-8")
    with made_library(tmp_path / "索引", [made_document("# 补贴\n\n常州市给企业发放培训补贴。", "常州市")]):
        pass
    assert main([str(dataset), "--index", str(tmp_path / "索引")]) == 0
    assert [line.split(" | ")[:2] for line in capsys.readouterr().out.splitlines()[2:]] == [
        ["| 10", "1.0000"],
        ["| 100", "1.0000"],
    ]
    assert main([str(dataset), "--index", str(tmp_path / "无")]) == 1
    assert "没有找到索引" in capsys.readouterr().err
