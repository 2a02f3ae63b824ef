"""Tables as lines of text: every row carries its header, so that it can be understood when it is quoted alone."""

from __future__ import annotations

from collections.abc import Sequence

from index.sources.grid import SPANNED, Cell, filled, is_section, spread, stands_alone
from index.sources.header_rows import LABEL_MOST, SENTENCE, header_depth, header_start, is_form

# What a reader of tables needs comes from here.
__all__ = ["SPANNED", "Cell", "header_names", "row_line", "spread", "table_lines", "titled", "trimmed"]

# A longer header cell is written once in full above the rows, so that the rows do not grow by its length each.
NAME_MOST = 60
NAMES_MOST = 4
# How many characters repeated headers, and how many cells the width of the widest row may add to a table.
REPEATED_MOST = 64_000_000
PADDED_MOST = 5_000_000


def table_lines(rows: Sequence[Sequence[str]], header: bool | None = None) -> list[str]:
    """The lines of a table, a row a line: 「城市：常州市；产业学院：3家」.

    Rows may differ in length. A cell under a vertical merge repeats its value; one that a cell to its left covers is
    `SPANNED`. `header` says whether the first row below a title is a header; None looks at the cells. Two header rows
    under merged cells are joined (培训 over 人数 gives 培训人数). A form (姓名 | 张三 | 性别 | 男) gives 「姓名：张三；性别：男」, a
    table with neither gives its cells parted by tabs, and a layout table of one column the lines of its cells.
    """
    if len(rows) * max(map(len, rows), default=0) > PADDED_MOST + 4 * sum(map(len, rows)):
        return [line for row in rows if (line := _plain_line([" ".join(cell.split()) for cell in row]))]
    table = trimmed(rows)
    if not table:
        return []
    if len(table[0]) == 1 or (len(table) == 1 and any("\n" in cell or len(cell) > LABEL_MOST for cell in table[0])):
        return [line for row in table for cell in row if cell != SPANNED for line in _own_lines(cell)]
    titles, body = titled([[cell if cell == SPANNED else " ".join(cell.split()) for cell in row] for row in table])
    if header is None and is_form(body):
        return titles + [_form_line(row) for row in body]
    start = header_start(body) if header is None else 0
    depth = 0 if header is False or len(body) < 2 else header_depth(body[start:], sure=header is True)
    names = header_names(body[start : start + depth]) if depth else []
    heads = {tuple(row) for row in body[start : start + depth]}
    # A table that runs over pages repeats its header, which is no record.
    records = [row for row in body[start + depth :] if tuple(row) not in heads]
    if not depth or sum(map(len, names)) * len(records) > REPEATED_MOST:
        return titles + [_plain_line(row) for row in body]
    if not records or max(map(len, names)) > NAME_MOST:
        start += depth
        names = [name[:NAME_MOST] for name in names]
    return titles + [_plain_line(row) for row in body[:start]] + [row_line(row, names) for row in records]


def header_names(rows: Sequence[Sequence[str]]) -> list[str]:
    """One name a column from the header rows, the parts above one another joined, equal ones once."""
    names: list[str] = []
    for column in zip(*(filled(row) for row in rows), strict=True):
        name = ""
        for part in dict.fromkeys(cell.rstrip("：: ") for cell in column if cell):
            gap = " " if name[-1:].isascii() and part[:1].isascii() and name else ""
            name += gap + part
        names.append(name)
    return names


def row_line(row: Sequence[str], names: Sequence[str]) -> str:
    """One record as 「name：value；…」; empty cells are left out, a value over several columns names them all."""
    if is_section(row) or (stands_alone(row) and (SENTENCE.search(row[0]) or row[0][0] in "注说备")):
        return row[0]
    parts: list[str] = []
    at = 0
    while at < len(row):
        end = at + 1
        while end < len(row) and row[end] == SPANNED:
            end += 1
        if row[at] and row[at] != SPANNED:
            named = list(dict.fromkeys(filter(None, names[at:end])))
            name = "、".join(named) if len(named) <= NAMES_MOST else f"{named[0]}至{named[-1]}"
            parts.append(f"{name}：{row[at]}" if name else row[at])
        at = end
    return "；".join(parts)


def titled(table: Sequence[list[str]]) -> tuple[list[str], Sequence[list[str]]]:
    """The lines of a title above a table, and the rows below them."""
    below = next((at for at, row in enumerate(table) if not stands_alone(row)), len(table))
    return [row[0] for row in table[:below]], table[below:]


def _plain_line(row: Sequence[str]) -> str:
    return "\t".join(cell for cell in row if cell and cell != SPANNED)


def _own_lines(cell: str) -> list[str]:
    return [" ".join(line.split()) for line in cell.splitlines() if line.strip()]


def trimmed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """All rows of one width without the rows and columns in which nothing stands."""
    cells = [
        [cell if cell == SPANNED and at else cell.strip("\ufdd0 \t\r\n\xa0\u3000") for at, cell in enumerate(row)]
        for row in rows
    ]
    cells = [row for row in cells if any(cell and cell != SPANNED for cell in row)]
    used = sorted({at for row in cells for at, cell in enumerate(row) if cell and cell != SPANNED})
    if used and used[-1] - used[0] + 1 == len(used) == max(map(len, cells)) == min(map(len, cells)):
        return cells
    return [[row[at] if at < len(row) else "" for at in used] for row in cells]


def _form_line(row: Sequence[str]) -> str:
    cells = [cell for cell in row if cell != SPANNED]
    pairs = ((cells[at].rstrip("：: "), cells[at + 1] if at + 1 < len(cells) else "") for at in range(0, len(cells), 2))
    return "；".join(f"{name}：{value}" if name and value else name or value for name, value in pairs if name or value)
