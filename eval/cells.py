"""The table of a which-places or comparing answer judged cell by cell against the gold table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.normal import groups_met, normal, without_markers

GoldRow = Sequence[Sequence[str]]
# A row that says of itself that it is a plan or unclear does not claim that the place has the measure.
_NO_CLAIM = ("计划", "不确定", "未提及")
_STATE_COLUMN = "状态"
# So much of a cell is read: a cell that holds a whole document would hold every value.
LONGEST_CELL = 255


@dataclass(frozen=True, slots=True)
class Cells:
    """Counts of cells: `right` of the `given` ones, `found` of the `wanted` ones."""

    given: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0


def judge_table(table: Mapping[str, Any] | None, gold: Sequence[GoldRow]) -> Cells:
    """The cells of an answer's table against the gold rows.

    A gold row is a name (any-of strings) and its values. An answer's row gives one cell for its name and one for each
    value that its gold row asks for (as many as the widest gold row when it matches none). A name is right when it
    contains the gold name or is the head of it in the normal form (江苏省常州市 and 常州 for 常州市); a value is right when another
    cell of the row holds it with the boundary rule of figures. A further row of the same place that brings a value not
    found so far is free, because one place may need several quotes; one that brings nothing costs a cell, or a list of
    every number would be a perfect table.
    """
    wanted = sum(len(row) for row in gold)
    if not table or not gold:
        return Cells(wanted=wanted)
    widest = max((len(row) - 1 for row in gold), default=0)
    given = 0
    met: dict[int, set[int]] = {}
    for row in _claims(table):
        at = next((at for at, each in enumerate(gold) if _same_name(row[0], each[0])), None)
        if at is None:
            given += 1 + widest
            continue
        read = " ".join(text[:LONGEST_CELL] for text in row[1:])
        found = {0} | {column for column, cell in enumerate(gold[at]) if column and groups_met(read, [cell])}
        if at not in met:
            given += len(gold[at])
        elif not found - met[at]:
            given += 1
        met[at] = met.get(at, set()) | found
    right = sum(map(len, met.values()))
    return Cells(given, right, wanted, right)


def _claims(table: Mapping[str, Any]) -> list[list[str]]:
    columns = list(table.get("columns") or ())
    state = columns.index(_STATE_COLUMN) if _STATE_COLUMN in columns else None
    rows = [[without_markers(str(cell)) for cell in row] for row in table.get("rows") or () if row]
    if state is None:
        return rows
    return [row for row in rows if len(row) <= state or not any(word in row[state] for word in _NO_CLAIM)]


def _same_name(cell: str, names: Sequence[str]) -> bool:
    given = normal(cell)
    return any((name := normal(each)) in given or (len(given) > 1 and name.startswith(given)) for each in names)
