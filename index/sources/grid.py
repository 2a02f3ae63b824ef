"""Tables as grids of text, spans of cells spread out over what they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# A cell that a cell to its left covers (colspan, gridSpan); the code point is one that no text may use.
SPANNED = "\ufdd0"

WIDTH_MOST = 1_000
# How many cells spans may add to one table, and characters: an empty row is four bytes of html, but a thousand cells
# once a span reaches over it.
SPARE_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is written: its text and over how many columns and rows it reaches."""

    text: str
    columns: int = 1
    rows: int = 1


def spread(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The grid that cells with spans (html, slides) stand for, in the form that `table_lines` takes.

    No row grows wider than `WIDTH_MOST` columns and no table by more than `SPARE_MOST` cells, whatever the spans claim.
    """
    grid: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}
    spare = SPARE_MOST
    for row in rows:
        line: list[str] = []
        for cell in (*row, None):
            while (held := above.pop(len(line), None)) and len(line) < WIDTH_MOST and spare > 0:
                if held[0] > 1:
                    above[len(line)] = (held[0] - 1, held[1])
                spare -= 1 + len(held[1])
                line.append(held[1])
            if cell is None or len(line) >= WIDTH_MOST:
                break
            for at in range(min(max(cell.columns, 1), WIDTH_MOST - len(line), max(spare, 1))):
                text = SPANNED if at else cell.text
                if cell.rows > 1:
                    above[len(line)] = (cell.rows - 1, text)
                spare -= bool(at)
                line.append(text)
        grid.append(line)
    return grid


def filled(row: Sequence[str]) -> list[str]:
    """The row with each covered cell bearing the value that covers it."""
    filled: list[str] = []
    for cell in row:
        filled.append((filled[-1] if filled else "") if cell == SPANNED else cell)
    return filled


def stands_alone(row: Sequence[str]) -> bool:
    """Whether only the first cell says anything: a title above a table or a section inside it."""
    return bool(row[0]) and not any(cell and cell != SPANNED for cell in row[1:])


def is_section(row: Sequence[str]) -> bool:
    """Whether one cell is merged over the whole width."""
    return bool(row[0]) and all(cell == SPANNED for cell in row[1:])
