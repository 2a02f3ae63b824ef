"""Which tables of a web page hold data, and their rows as lines; old sites use tables for the layout of the whole page."""

from __future__ import annotations

from collections import Counter
from typing import Any

from index.sources.rows import Cell, spread, table_lines

CELL_MOST = 600
CELLS_MOST = 100_000
# More of these inside one cell mean a column of the page, not a cell of data.
INNER_BLOCKS = ("p", "br", "div", "li", "h1", "h2", "h3", "h4", "hr", "form")
INNER_MOST = 6


def data_table_lines(table: Any) -> list[str]:
    """The rows of a data table, one a line with its header; [] for a table that only lays out the page."""
    if any(inner is not table for inner in table.iter("table")):
        return []
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if not _holds_data(cells):
        return []
    grid = spread([[_cell(cell) for cell in row] for row in cells])
    has_header = bool(cells[0]) and all(cell.tag == "th" for cell in cells[0])
    caption = [" ".join(part.text_content().split()) for part in table.iter("caption")]
    return [line for line in (*caption, *table_lines(grid, True if has_header else None)) if line.strip()]


def _cell(cell: Any) -> Cell:
    return Cell(" ".join(cell.text_content().split()), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Any, name: str) -> int:
    written = (cell.get(name) or "").strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 1


def _holds_data(cells: list[list[Any]]) -> bool:
    filled = [[cell for cell in row if cell.text_content().strip()] for row in cells]
    wide = [row for row in filled if len(row) >= 2]
    if len(wide) < 2 or sum(map(len, cells)) > CELLS_MOST:
        return False
    texts = [cell.text_content().strip() for row in wide for cell in row]
    linked = sum(len(link.text_content().strip()) for row in wide for cell in row for link in cell.iter("a"))
    if max(map(len, texts)) > CELL_MOST or linked * 2 > sum(map(len, texts)):
        return False
    if any(sum(1 for _ in cell.iter(*INNER_BLOCKS)) > INNER_MOST for row in cells for cell in row):
        return False
    if any(cell.tag == "th" for row in cells for cell in row):
        return True
    widths = Counter(sum(_span(cell, "colspan") for cell in row) for row in cells if row)
    return max(widths.values()) * 10 >= sum(widths.values()) * 6
