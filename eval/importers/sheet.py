"""A question sheet made by staff: one question a row, under headings that a person would choose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args
from unicodedata import normalize

from eval.importers.cells import HEADING_WITHIN, Worksheet, read_worksheets
from eval.importers.options import ImportOptions
from eval.importers.records import Asked, Imported, Notice, Skipped
from eval.json_lines import shown
from index.errors import DatasetError
from rag.types import Reason

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "序号", "题号", "id"),
    "question": ("问题", "题目", "提问", "question"),
    "answers": ("答案", "标准答案", "正确答案", "answer", "answers"),
    "source": ("来源文件", "来源", "文件", "出处", "sourcefile", "source", "document"),
    "type": ("类型", "题型", "type"),
    "quote": ("原文", "依据原文", "引文", "quote"),
    "unanswerable": ("不可回答", "不可答", "unanswerable"),
    "reason": ("原因", "不可回答原因", "reason"),
    "forbidden": ("不应出现", "禁用词", "forbidden"),
}
TYPES: Mapping[str, str] = {
    **{"数字": "figure", "数量": "figure", "时间": "date", "日期": "date", "人和单位": "who", "谁": "who"},
    **{"列举": "list", "哪些地方": "which", "比较": "compare", "是否": "yesno", "做法": "how", "工友口语": "worker"},
}
REASONS: Mapping[str, Reason] = {
    **{"没有内容": "no_content", "没有相关内容": "no_content", "资料库中没有": "no_content"},
    **{"没有该地": "unknown_place", "没有该地资料": "unknown_place", "没有该城市的资料": "unknown_place"},
    **{"该地未提": "place_silent", "该地没有提到": "place_silent", "该城市的资料没有提到": "place_silent"},
    **{"无关问题": "off_topic", "无关": "off_topic", "年份不符": "out_of_dates", "超出时间": "out_of_dates"},
    **{"个人隐私": "private", "隐私": "private"},
}
_YES, _NO = {"是", "y", "yes", "true", "1", "√", "✓", "对"}, {"", "否", "n", "no", "false", "0", "×"}
_GROUPS = re.compile(r"[；;\n\r]+")
# A slash within a date (2021/10/22) or before a measure (50元/月, 3次/每人) parts no alternatives.
_SLASH = re.compile(r"/(?!每?[年月周日天人次户时](?:[/\s]|$))(?:(?<!\d/)|(?!\d))")
_BAR = re.compile(r"[|｜]")


class CellError(Exception):
    """What is wrong with a cell, told with its column."""


def read_sheet(path: Path, options: ImportOptions) -> Iterator[Imported]:
    """The rows of every worksheet that has a heading, as questions.

    The heading is the row, among the first ten, that names 问题 and 答案 (or 不可回答); `COLUMNS` has all names. ； or a
    line break parts answers that are all needed, / or | their alternative wordings (only | where a cell has one).
    来源文件 with 原文 is a quote as evidence, without it the whole document; several of them are parted by ； and pair up.
    DatasetError when no worksheet has a heading; a faulty row is skipped and told with its worksheet, row and column.
    """
    found = False
    without: list[Worksheet] = []
    for worksheet in read_worksheets(path, options.sheet, lambda rows: _heading(rows) is not None):
        heading = _heading(worksheet.rows)
        if heading is None:
            without.append(worksheet)
            continue
        found = True
        at, columns = heading
        unknown = [cell for place, cell in enumerate(worksheet.rows[at]) if cell and place not in columns.values()]
        if unknown:
            yield Notice(f"{worksheet.where} 第 {at + 1} 行", f"不认识的列 {shown('、'.join(unknown))} 没有读取")
        for number, row in enumerate(worksheet.rows[at + 1 :], start=at + 2):
            cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
            # A remark beside the known columns is no question.
            if any(cells.values()):
                name = f"{_name(path, worksheet)}-{number:03d}"
                yield _question(cells, f"{worksheet.where} 第 {number} 行", name)
    if not found:
        raise DatasetError(
            f"{path.name} 的前 {HEADING_WITHIN} 行中没有表头；表头应有「问题」和「答案」（或「不可回答」）两列。"
        )
    for worksheet in without:
        if any(any(row) for row in worksheet.rows):
            yield Notice(worksheet.where, "前几行中没有含「问题」和「答案」的表头，这个工作表没有读取")


def _name(path: Path, worksheet: Worksheet) -> str:
    sheet = worksheet.where.removeprefix(path.name).removeprefix(" 工作表「").removesuffix("」")
    return f"{path.stem}-{sheet}" if sheet else path.stem


def _heading(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """The heading's position among the rows, and the position of each known column."""
    for at, row in enumerate(rows[:HEADING_WITHIN]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            # Headings come as 「问题（必填）」, 「问题*」 or in full width.
            told = re.sub(r"[\s_*:]|\(.*?\)", "", normalize("NFKC", cell)).lower()
            for name, known in COLUMNS.items():
                if told in known:
                    columns.setdefault(name, place)
        if "question" in columns and columns.keys() & {"answers", "unanswerable"}:
            return at, columns
    return None


def _question(cells: Mapping[str, str], where: str, name: str) -> Asked | Skipped:
    try:
        return Asked(where, _row(cells, name))
    except CellError as fault:
        return Skipped(where, str(fault))


def _row(cells: Mapping[str, str], name: str) -> dict[str, Any]:
    question = cells["question"]
    if not question:
        raise CellError("「问题」列是空的")
    for column, cell in cells.items():
        if re.fullmatch(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", cell):
            raise CellError(f"「{COLUMNS[column][0]}」列是出错的公式 {cell}")
    row: dict[str, Any] = {"id": cells.get("id") or name, "question": question}
    row["forbidden"] = [each for group in _answer_groups(cells.get("forbidden", "")) for each in group]
    kind = cells.get("type", "")
    reason = _reason(cells.get("reason", ""))
    answers, evidence = _answer_groups(cells.get("answers", "")), _evidence(cells)
    unanswerable = _truth(cells.get("unanswerable", "")) or (reason is not None and not answers)
    if unanswerable:
        if answers:
            raise CellError("「不可回答」列为是，「答案」列却不是空的")
        return row | {"type": "unanswerable", "unanswerable": True, "reason": reason}
    if reason is not None:
        raise CellError("「原因」列只用于不可回答的题，这一行却有答案")
    if not answers and not evidence:
        raise CellError("「答案」列是空的；可回答的题要有答案或来源文件，不可回答的题请在「不可回答」列写「是」")
    default = "other" if answers else "retrieval"
    return row | {"type": TYPES.get(kind, kind) or default, "answers": answers, "evidence": evidence}


def _answer_groups(cell: str) -> list[list[str]]:
    groups = []
    for part in _GROUPS.split(cell):
        sign = _BAR if _BAR.search(part) or "://" in part else _SLASH
        wordings = [wording.strip() for wording in sign.split(part) if wording.strip()]
        if wordings:
            groups.append(list(dict.fromkeys(wordings)))
    return groups


def _evidence(cells: Mapping[str, str]) -> list[dict[str, str]]:
    sources = [each.strip() for each in _GROUPS.split(cells.get("source", "")) if each.strip()]
    quote = cells.get("quote", "")
    if not quote:
        return [{"document": each} for each in dict.fromkeys(sources)]
    if not sources:
        raise CellError("有「原文」而「来源文件」列是空的")
    if len(sources) == 1:
        return [{"document": sources[0], "quote": quote}]
    quotes = [each.strip() for each in re.split(r"[\n\r]+", quote) if each.strip()]
    if len(quotes) != len(sources):
        raise CellError(f"「来源文件」列有 {len(sources)} 份，「原文」列有 {len(quotes)} 行，应一份对一行")
    return [{"document": document, "quote": each} for document, each in zip(sources, quotes, strict=True)]


def _truth(cell: str) -> bool:
    told = cell.lower()
    if told not in _YES | _NO:
        raise CellError(f"「不可回答」列应为「是」或「否」，实为「{shown(cell)}」")
    return told in _YES


def _reason(cell: str) -> Reason | None:
    if not cell:
        return None
    if cell in get_args(Reason):
        return cast(Reason, cell)
    if cell not in REASONS:
        raise CellError(f"「原因」列应为 {'、'.join(REASONS)} 之一，实为「{shown(cell)}」")
    return REASONS[cell]
