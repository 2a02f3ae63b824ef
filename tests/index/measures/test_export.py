"""The matrix as CSV and XLSX: every cell and quote is there, and nothing is computed by a table program."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.library import made_document, made_library
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from index.library import Library
from index.measures import matrix
from index.measures.export import CELL_COLUMNS, EVIDENCE_COLUMNS, harmless, write_csv, write_xlsx
from index.measures.filters import Filters, city_of, kept

DOCUMENTS = [
    made_document("常州市建成工匠学院31家。", "常州市", title="=HYPERLINK(1)", published="2021-05-01"),
    made_document("盐城市大丰区建成工匠学院2家。江苏省拟建产业学院9家。", "盐城市大丰区"),
    made_document("某某机械公司建立劳模创新工作室3个。", "徐州市"),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with made_library(tmp_path / "index", DOCUMENTS) as opened:
        yield opened


def test_csv_has_a_row_a_cell(library: Library, tmp_path: Path) -> None:
    cells = matrix(library)
    write_csv(tmp_path / "matrix.csv", cells)
    rows = list(csv.reader((tmp_path / "matrix.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert tuple(rows[0]) == CELL_COLUMNS
    assert len(rows) == len(cells) + 1
    assert ["常州市", "江苏省", "市"] in [row[:3] for row in rows]


def test_xlsx_has_a_sheet_of_cells_and_one_of_quotes(library: Library, tmp_path: Path) -> None:
    cells = matrix(library)
    write_xlsx(tmp_path / "matrix.xlsx", cells)
    book = load_workbook(tmp_path / "matrix.xlsx")
    assert book.sheetnames == ["矩阵", "证据"]
    quotes = [[cell.value for cell in row] for row in book["证据"].iter_rows()]
    assert tuple(quotes[0]) == EVIDENCE_COLUMNS
    assert len(quotes) == sum(len(cell.evidence) for cell in cells) + 1
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "'=HYPERLINK(1)" in [row[8] for row in quotes]


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_filters_keep_what_is_asked(library: Library) -> None:
    cells = matrix(library)

    def measures(**asked: str) -> set[str]:
        return {cell.measure for cell in kept(cells, Filters(**asked))}

    assert measures(aspect="技能形成") == {"工匠学院", "产业学院", "劳模工匠创新工作室"}
    assert measures(state="uncertain") == {"产业学院"}
    assert measures(level="enterprise") == {"劳模工匠创新工作室"}
    assert measures(level="") == {"工匠学院", "产业学院"}
    assert {cell.place for cell in kept(cells, Filters(since="2021", until="2021"))} == {"常州市"}
    assert {cell.place for cell in kept(cells, Filters(place="盐城市"))} == {"大丰区"}


@pytest.mark.parametrize(
    ("place", "city"),
    [
        ("常州市", "常州市"),
        ("盐城市大丰区", "盐城市"),
        ("江苏省", ""),
        ("上海市", "上海市"),
        ("闵行区", "上海市"),
        ("甲市", "甲市"),
    ],
)
def test_a_county_answers_for_its_city_and_never_the_reverse(place: str, city: str) -> None:
    assert city_of(place) == city
