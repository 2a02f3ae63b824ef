"""Measures of tables, cell by cell (`eval.cells`)."""

from __future__ import annotations

from eval.measures.measure import Measure, Reading, share
from eval.result import Result

GROUP = "表格"


def precision(result: Result) -> Reading | None:
    """Of the cells that tables give to questions with a gold table, those that are right."""
    cells = result.score.cells
    return share(cells.right, cells.given)


def recall(result: Result) -> Reading | None:
    """Of the cells of gold tables, those that the answer's table holds; a question answered without a table has none."""
    cells = result.score.cells
    return share(cells.found, cells.wanted)


def measures() -> list[Measure]:
    """The measures of tables."""
    return [
        Measure(
            "cell_precision", "单元格准确", GROUP, "回答的表格里，与标准表相符的单元格占比。", precision, headline=True
        ),
        Measure("cell_recall", "单元格找全", GROUP, "标准表的单元格中，回答的表格里有的占比。", recall, headline=True),
    ]
