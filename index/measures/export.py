"""The matrix as files for a table program: CSV, and XLSX with the evidence on a sheet of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.measures.cells import Cell
from index.measures.corrections import ACTION_NAMES

STATE_NAMES = {"adopted": "有证据", "uncertain": "不确定"}
LEVEL_NAMES = {"country": "全国", "province": "省", "city": "市", "county": "县区", "enterprise": "企业"}
MODALITY_NAMES = {"done": "已实施", "planned": "计划", "required": "要求", "negated": "否定"}
CELL_COLUMNS = (
    "地区", "省份", "层级", "方面", "举措", "状态", "数字", "单位", "年份", "更正", "更正理由", "原文依据", "文件",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "地区", "举措", "层级", "性质", "数字", "单位", "年份", "原文", "标题", "文件", "日期", "起", "止", "重复自",
)  # fmt: skip
# What a table program would take for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000


def cell_rows(cells: Iterable[Cell]) -> list[tuple[str, ...]]:
    """The rows of the sheet of cells, under CELL_COLUMNS."""
    return [
        (
            cell.place,
            cell.province,
            LEVEL_NAMES[cell.level],
            cell.aspect,
            cell.measure,
            STATE_NAMES[cell.state],
            cell.figure,
            cell.unit,
            cell.year,
            correction_name(cell),
            (cell.correction or {}).get("reason", ""),
            cell.best.quote,
            cell.best.file,
        )
        for cell in cells
    ]


def evidence_rows(cells: Iterable[Cell]) -> list[tuple[str, ...]]:
    """The rows of the sheet of evidence, under EVIDENCE_COLUMNS, copies included."""
    return [
        (
            cell.place,
            cell.measure,
            LEVEL_NAMES[one.level],
            MODALITY_NAMES[one.modality],
            one.figure,
            one.unit,
            one.year,
            one.quote,
            one.title,
            one.file,
            one.published or "日期不详",
            str(one.start),
            str(one.end),
            one.copy_of,
        )
        for cell in cells
        for one in cell.evidence
    ]


def harmless(text: str) -> str:
    """The text as a table program shows it and never computes it: an apostrophe leads what looks like a formula."""
    shown = "".join(sign for sign in text[:_LONGEST] if sign in "\n\t" or sign.isprintable())
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def csv_text(cells: Iterable[Cell]) -> str:
    """The cells as CSV with a head, for a file with a byte order mark, without which table programs misread Chinese."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(CELL_COLUMNS)
    writer.writerows([harmless(text) for text in row] for row in cell_rows(cells))
    return written.getvalue()


def write_csv(path: Path, cells: Sequence[Cell]) -> None:
    """Writes the cells as a CSV file; OSError when the disk refuses."""
    path.write_text(csv_text(cells), encoding="utf-8-sig", errors="backslashreplace", newline="")


def write_xlsx(path: Path, cells: Sequence[Cell]) -> None:
    """Writes a workbook with the sheets 矩阵 and 证据; OSError when the disk refuses."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, columns, rows in (
        ("矩阵", CELL_COLUMNS, cell_rows(cells)),
        ("证据", EVIDENCE_COLUMNS, evidence_rows(cells)),
    ):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append(columns)
        for row in rows:
            sheet.append([harmless(text) for text in row])
    book.save(path)


def correction_name(cell: Cell) -> str:
    """What staff said of a cell, in a word; "" where nobody said anything."""
    if cell.correction is None:
        return ""
    name = next(words for action, words in ACTION_NAMES.items() if action == cell.correction["action"])
    return f"{name}（已失效）" if "outdated" in cell.correction else name
