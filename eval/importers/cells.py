"""Spreadsheets as rows of text: CSV in the encodings that Chinese offices use, and XLSX."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from index.errors import DatasetError, MissingPackageError

_DELIMITERS = (",", ";", "\t", "；", "，")
HEADING_WITHIN = 10

Accepts = Callable[[Sequence[Sequence[str]]], bool]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One table: what a message calls it, and its rows of trimmed text, the first row being row 1."""

    where: str
    rows: Sequence[Sequence[str]]


def read_worksheets(path: Path, sheet: str | None, has_heading: Accepts) -> Iterator[Worksheet]:
    """The worksheets of an `.xlsx` file (all, or the one that is named), or the one table of a `.csv` file.

    The sign between the columns of a CSV is the one by which the first rows have a heading. Raises DatasetError when
    the file is no such table, MissingPackageError when a workbook needs openpyxl.
    """
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm"}:
        yield from _workbook(path, sheet)
    elif suffix in {".csv", ".tsv", ".txt"}:
        if sheet is not None:
            raise DatasetError(f"{path.name} 不是 XLSX 文件，没有工作表「{sheet}」；请去掉选项 sheet。")
        text = _text(path)
        sign = next((each for each in _DELIMITERS if has_heading(_first_rows(text, each))), ",")
        yield Worksheet(path.name, list(_separated(path, text, sign)))
    else:
        raise DatasetError(f"表格 {path.name} 的格式不支持；请另存为 .xlsx 或 .csv 后重试。")


def _first_rows(text: str, sign: str) -> list[list[str]]:
    """The first rows as another sign would part them; none when it makes no sense of them."""
    try:
        return [[cell.strip() for cell in row] for row in islice(_reader(text, sign), HEADING_WITHIN)]
    except csv.Error:
        return []


def _separated(path: Path, text: str, sign: str) -> Iterator[list[str]]:
    number = 0
    try:
        for number, row in enumerate(_reader(text, sign), start=1):  # noqa: B007 (the message needs the last one)
            yield [cell.strip() for cell in row]
    except csv.Error as error:
        raise DatasetError(
            f"表格 {path.name} 第 {number + 1} 行附近的引号或分隔符有误，请检查这一行，或另存为 .xlsx。"
        ) from error


def _reader(text: str, sign: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DatasetError(f"表格 {path} 无法读取（{error.strerror}），请检查路径和权限。") from error
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DatasetError(f"表格 {path.name} 既不是 UTF-8 也不是 GB18030 编码的文字，请另存为 UTF-8 的 CSV 或 XLSX。")


def _workbook(path: Path, sheet: str | None) -> Iterator[Worksheet]:
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise MissingPackageError(
            "读取 XLSX 需要 openpyxl，当前环境没有安装；请运行 .venv/bin/pip install -c constraints.txt -e .，"
            "或把表格另存为 CSV。"
        ) from error
    try:
        with warnings.catch_warnings():
            # It warns of styles and validations that it drops, which are no part of the words.
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                names = [each.title for each in book.worksheets]
                if sheet is not None and sheet not in names:
                    raise DatasetError(f"{path.name} 中没有工作表「{sheet}」，现有的是 {'、'.join(names)}。")
                for each in book.worksheets:
                    if sheet in (None, each.title):
                        # Some programs write a wrong extent, and rows beyond it would be lost.
                        each.reset_dimensions()
                        rows = ([_shown(cell) for cell in row] for row in each.iter_rows())
                        # A format may reach a million rows further than the words; an empty row takes no room.
                        kept = [row if any(row) else () for row in rows]
                        yield Worksheet(f"{path.name} 工作表「{each.title}」", kept)
            finally:
                book.close()
    except OSError as error:
        raise DatasetError(f"表格 {path} 无法读取（{error.strerror or error}），请检查路径和权限。") from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, EOFError) as error:
        # A damaged part, a password, or an old .xls under a new name; XML faults are SyntaxErrors.
        raise DatasetError(f"表格 {path.name} 不是完好的 XLSX 文件（或加了密码），请用表格软件另存后重试。") from error


def _shown(cell: Any) -> str:
    """A cell as a person sees it: 12 rather than 12.0, 35% rather than 0.35, a date without its midnight."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{round(value * 100, 6):.12g}%"
        return f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat() if isinstance(value, date | time) else str(value).strip()
