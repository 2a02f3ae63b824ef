"""Spreadsheets (`.xlsx`) and `.csv`: a row is a record with its header, a sheet a section under its name."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from index.errors import EmptySourceError, SourceError
from index.sources.blocks import Block
from index.sources.encoding import decode
from index.sources.grid import SPANNED, SPARE_MOST, WIDTH_MOST
from index.sources.header_rows import could_be_header
from index.sources.length import refuse_so_many
from index.sources.page import Page
from index.sources.rows import table_lines, titled, trimmed
from index.sources.sections import Section, join_sections
from index.sources.sheet_parts import SheetPart, sheet_parts
from index.sources.shown import shown

DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表格?|csv|export)\s*[(（]?\d*[)）]?", re.IGNORECASE)
HIDDEN = "隐藏的工作表"
UNCOMPUTED = "没有保存结果的公式"
SHEETS = "xl/worksheets/"
MOST_CELLS = 3_000_000
# Beyond this a workbook is a database, and the library would read it for half a minute.
MOST_FILLED = 300_000
MOST_ROWS = 1_048_576
DELIMITERS = ",\t;|"
UNCOUNTED = f'{DELIMITERS} \r\n"\u3000'
SAMPLE_LINES = 20
HEADER_SAMPLE = 40
# A quote that is never closed swallows the lines after it; no cell that a person wrote has so many.
CELL_LINES = 50
REPEAT_MOST = 60


def read_sheet(data: bytes, name: str) -> Page:
    """The page of an `.xlsx` file; values as they are shown, hidden sheets as noise.

    Raises:
        EmptySourceError: no cell holds a value.
        SourceError: damaged, locked, over the limits, or with formulas only whose results were never saved.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    sections: list[Section] = []
    titles: list[str] = []
    try:
        parts = sheet_parts(data, name, SHEETS)
        with warnings.catch_warnings():
            # The library warns of extensions that it does not keep; nothing here writes them back.
            warnings.simplefilter("ignore")
            # It also prints what is wrong with a style, and standard output is for results alone.
            with contextlib.redirect_stdout(io.StringIO()):
                book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            cells = characters = filled = 0
            for sheet in book.worksheets:
                part = parts.get(sheet.title, SheetPart())
                rows = []
                for row in _values(sheet):
                    rows.append(row)
                    cells += len(row) + 1
                    characters += sum(map(len, row))
                    filled += bool(row)
                    if cells > MOST_CELLS or filled > MOST_FILLED:
                        limits = f"{MOST_FILLED // 10_000} 万行或 {MOST_CELLS // 10_000} 万格"
                        raise SourceError(f"文件 {name} 超过 {limits}；请拆分后重试。")
                    refuse_so_many(characters, name)
                sections += _sheet(sheet, rows, part)
                titles += _title(rows) if sheet.sheet_state == "visible" else []
    except (
        # The library trusts the parts that it is given; a hostile one may break it at any attribute.
        *(InvalidFileException, KeyError, ValueError, OSError, EOFError, SyntaxError, AttributeError, TypeError),
        *(IndexError, OverflowError, NotImplementedError, RecursionError),
    ) as error:
        raise SourceError(f"文件 {name} 已损坏或不是 Excel 表格；请用 Excel 打开并另存后重试。") from error
    joined = join_sections(sections)
    if not joined.text or all(section.reason == UNCOMPUTED for section in sections):
        unsaved = sum(part.unsaved for part in parts.values())
        if unsaved:
            raise SourceError(f"文件 {name} 的 {unsaved} 个公式没有保存计算结果；请用 Excel 或 WPS 打开并保存后重试。")
        raise EmptySourceError(f"文件 {name} 里没有数据；请换一个有内容的文件。")
    return Page(joined.text, (titles or [_stem(name)])[0], headings=joined.headings, noise=joined.noise)


def read_csv(data: bytes, name: str) -> Page:
    """The page of a `.csv` or `.tsv` file, parted by comma, tab, semicolon or bar, whichever its first lines agree on.

    Raises:
        SourceError: as `decode`.
    """
    text = decode(data, name).replace("\x00", "")
    # Whatever the cells are, the signs that part nothing are in the text of the page.
    refuse_so_many(len(text) - sum(map(text.count, UNCOUNTED)), name)
    rows = _records(text)
    joined = join_sections([Section(tuple(Block(line) for line in _lines(rows)))])
    if not joined.text:
        raise EmptySourceError(f"文件 {name} 里没有数据；请换一个有内容的文件。")
    return Page(joined.text, title=(_title(rows) or [_stem(name)])[0])


def _values(sheet: Any) -> Iterator[list[str]]:
    # The dimension that a sheet claims is often wrong; without it, rows are as long as their last cell.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=MOST_ROWS):
        values = [_value(cell) for cell in row]
        while values and not values[-1].strip():
            values.pop()
        yield values


def _value(cell: Any) -> str:
    # An empty cell of the library has neither type nor format.
    if cell.value is None:
        return ""
    return shown(cell.value, cell.number_format) if cell.data_type in "bnd" else str(cell.value)


def _sheet(sheet: Any, rows: list[list[str]], part: SheetPart) -> Iterator[Section]:
    _merge(rows, part.merges)
    lines = _lines(rows)
    if lines:
        named = () if DEFAULT_NAME.fullmatch(sheet.title.strip()) else (Block(sheet.title, 1),)
        reason = HIDDEN if sheet.sheet_state != "visible" else ""
        yield Section((*named, *map(Block, lines)), reason)
    if part.unsaved:
        yield Section((Block(f"工作表 {sheet.title} 有 {part.unsaved} 个公式没有保存计算结果"),), UNCOMPUTED)


def _merge(rows: list[list[str]], merges: Sequence[tuple[int, int, int, int]]) -> None:
    """Spreads merged cells (first row and column, last row and column, from 0) over the rows that hold anything."""
    spare = SPARE_MOST
    for top, left, bottom, right in merges:
        covered = rows[top : min(bottom + 1, top + spare)] if left < WIDTH_MOST else []
        value = covered[0][left] if covered and left < len(covered[0]) else ""
        width = min(right + 1, WIDTH_MOST)
        spare -= len(covered) * max(width - left, 1)
        if spare < 0:
            return
        for at, row in enumerate(covered if value else ()):
            # A row in which nothing else stands is an empty one of the sheet, however far the merge reaches.
            if row:
                row.extend([""] * (width - len(row)))
                row[left] = row[left] or (value if at and len(value) <= REPEAT_MOST else "")
                row[left + 1 : width] = [cell or SPANNED for cell in row[left + 1 : width]]


def _lines(rows: Sequence[list[str]]) -> list[str]:
    """The lines of all tables of a sheet; a block after an empty row is one of its own where it has its own header."""
    blocks: list[list[list[str]]] = [[]]
    fresh = False
    for row in rows:
        if not any(cell and cell != SPANNED for cell in row):
            fresh = True
            continue
        blocks.append([row]) if fresh and blocks[-1] else blocks[-1].append(row)
        fresh = False
    tables: list[list[list[str]]] = []
    for block in blocks:
        if tables and not _has_header(block):
            tables[-1] += block
        else:
            tables.append(block)
    # In a spreadsheet the first full row is the header unless it looks like values.
    return [line for table in tables for line in table_lines(table, _has_header(table) or None)]


def _has_header(table: Sequence[list[str]]) -> bool:
    return could_be_header(titled(trimmed(table[:HEADER_SAMPLE]))[1])


def _records(text: str) -> list[list[str]]:
    lines = text.splitlines()
    counts = {mark: [line.count(mark) for line in lines[:SAMPLE_LINES] if line.strip()] for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: (min(counts[mark], default=0), sum(counts[mark]), mark == ","))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        rows = []
    if not rows or any(cell.count("\n") > CELL_LINES for row in rows for cell in row):
        return [line.split(delimiter) for line in lines]
    return rows


def _title(rows: Sequence[Sequence[str]]) -> list[str]:
    """The title that stands alone above the first table; [] where there is none."""
    first = next((row for row in rows if any(row)), [])
    cells = [cell.strip() for cell in first if cell and cell != SPANNED]
    below = any(sum(cell not in {"", SPANNED} for cell in row) > 1 for row in rows[:SAMPLE_LINES])
    return cells if len(cells) == 1 and below and 4 <= len(cells[0]) <= 60 and "\n" not in cells[0] else []


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).stem or name
