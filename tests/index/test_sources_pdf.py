"""PDF pages: columns, page offsets, broken words, tables, limits; all sentences are our own."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources import pdf
from index.sources.columns import Box, PrintedLine, find_gutter, reading_order
from index.sources.pdf import read_pdf
from index.sources.printed import join_pages
from tests.index.pages import REPORT, pdf_bytes
from tests.index.placed_pdf import Piece, bound_together, pictured_pdf, placed_pdf

PARAGRAPHS = REPORT.strip().split("\n")
TITLE = "甲市深化产业工人队伍建设改革的做法与体会"
WIDTH = 16


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def column(left: float, top: float, texts: list[str]) -> list[Piece]:
    lines = [line for text in texts for line in wrapped(text)]
    return [(left, top - 18 * row, line) for row, line in enumerate(lines)]


def two_columns() -> list[Piece]:
    left, right = column(60, 720, [*PARAGRAPHS, PARAGRAPHS[0]]), column(300, 720, [PARAGRAPHS[2], *PARAGRAPHS[:2]])
    return [(100, 780, TITLE), (240, 750, "甲市总工会课题组"), *left, *right]


@pytest.mark.parametrize("order", ["as written", "row by row", "shuffled"])
def test_two_columns_are_read_one_after_the_other_however_they_are_drawn(order: str) -> None:
    pieces = two_columns()
    if order == "row by row":
        pieces.sort(key=lambda piece: (-piece[1], piece[0]))
    elif order == "shuffled":
        random.Random(7).shuffle(pieces)
    text = read_pdf(placed_pdf([pieces]), "栏.pdf").text
    assert text.split("\n") == [TITLE, "甲市总工会课题组", *PARAGRAPHS, PARAGRAPHS[0], PARAGRAPHS[2], *PARAGRAPHS[:2]]


def test_a_title_in_the_middle_of_the_page_parts_the_columns() -> None:
    above = [*column(60, 780, [PARAGRAPHS[0] * 2]), *column(300, 780, [PARAGRAPHS[1] * 2])]
    below = [*column(60, 560, [PARAGRAPHS[2] * 2]), *column(300, 560, [PARAGRAPHS[0] * 2])]
    text = read_pdf(placed_pdf([[*below, (100, 590, TITLE), *above]]), "栏.pdf").text
    assert text.replace("\n", "") == "".join(
        (PARAGRAPHS[0] * 2, PARAGRAPHS[1] * 2, TITLE, PARAGRAPHS[2] * 2, PARAGRAPHS[0] * 2)
    )
    assert f"\n{TITLE}\n" in text


def test_a_table_is_no_page_of_two_columns() -> None:
    rows = [(f"第{number}城", f"{number * 3}家") for number in range(1, 15)]
    pieces = [
        piece
        for at, (city, count) in enumerate(rows)
        for piece in ((60, 700 - 20 * at, city), (300, 700 - 20 * at, count))
    ]
    text = read_pdf(placed_pdf([[(60, 740, "各城办的产业学院。"), *pieces]]), "表.pdf").text
    assert [line.split() for line in text.split("\n")[1:]] == [list(row) for row in rows]


def test_where_each_page_begins_is_kept() -> None:
    pages = [["甲市产改见成效", *wrapped(PARAGRAPHS[0], 30), "- 1 -"], [], [*wrapped(PARAGRAPHS[1], 30), "- 3 -"], []]
    page = read_pdf(pdf_bytes(pages), "页.pdf")
    assert [page.text[start:end].strip() for start, end in pairwise((*page.pages, len(page.text)))] == [
        *("甲市产改见成效\n" + PARAGRAPHS[0] + "\n- 1 -", "", PARAGRAPHS[1] + "\n- 3 -", "")
    ]


def test_words_broken_at_the_end_of_a_line_are_whole_again() -> None:
    lines = [
        PrintedLine("甲市的 informa", True),
        PrintedLine("tion 系统", False),
        PrintedLine("乙市建设改", True),
        PrintedLine("革", False),
    ]
    assert join_pages([lines]).text == "甲市的 informa tion 系统\n乙市建设改革"
    broken = pdf_bytes(
        [["the interdepartmental communi-", "cation of all workers' unions", "a well-known state-of-", "The-art hall"]]
    )
    text = read_pdf(broken, "词.pdf").text
    assert "communication of all" in text
    assert "well-known state-of-" in text


def test_a_turned_page_keeps_its_text() -> None:
    data = pdf_bytes([[*wrapped(PARAGRAPHS[0] * 4, 30)]]).replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    assert read_pdf(data, "转.pdf").text.replace("\n", "") == PARAGRAPHS[0] * 4


def test_a_scanned_page_among_others_goes_to_the_recogniser_and_keeps_its_place() -> None:
    data = bound_together(pdf_bytes([[PARAGRAPHS[0][:40]]]), pictured_pdf(), pdf_bytes([[PARAGRAPHS[2][:40]]]))
    page = read_pdf(data, "混.pdf", lambda picture: [Box(10, 10, 400, 40, "扫描的一行字。")])
    assert [page.text[start:end].strip() for start, end in pairwise((*page.pages, len(page.text)))] == [
        *(PARAGRAPHS[0][:40], "扫描的一行字。", PARAGRAPHS[2][:40])
    ]


def test_a_blank_page_is_not_sent_to_the_recogniser() -> None:
    asked = []

    def engine(picture: np.ndarray) -> list[Box]:
        asked.append(picture.shape)
        return []

    data = bound_together(pdf_bytes([[PARAGRAPHS[0][:40]], []]))
    assert read_pdf(data, "空.pdf", engine).text == PARAGRAPHS[0][:40]
    assert asked == []


def test_too_many_pages_and_too_much_time_are_refused_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf_bytes([["一页。"]] * 4)
    monkeypatch.setattr(pdf, "PAGES_MOST", 3)
    with pytest.raises(SourceError, match=r"长\.pdf 有 4 页，超过上限 3 页"):
        read_pdf(data, "长.pdf")
    monkeypatch.setattr(pdf, "PAGES_MOST", 4)
    monkeypatch.setattr(pdf, "SECONDS_MOST", 0.0)
    with pytest.raises(SourceError, match=r"慢\.pdf 共 4 页.*时间上限"):
        read_pdf(data, "慢.pdf")


EDGE = st.floats(0, 600, allow_nan=False)
BOX = st.tuples(EDGE, EDGE, st.floats(0, 300), st.floats(0, 30)).map(
    lambda edges: Box(edges[0], edges[1], edges[0] + edges[2], edges[1] + edges[3], "字")
)


@given(st.lists(BOX, max_size=60))
def test_no_piece_is_lost_or_doubled_by_the_reading_order(boxes: list[Box]) -> None:
    gutter = find_gutter(boxes)
    for at in {gutter, None, 300.0}:
        lines = reading_order(boxes, at)
        assert sum(line.text.count("字") for line in lines) == len(boxes)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2000))
def test_any_damage_gives_a_page_or_a_clear_line(noise: bytes, at: int) -> None:
    whole = pdf_bytes([[PARAGRAPHS[0][:40], "- 1 -"]] * 2)
    for data in (b"%PDF-1.7\n" + noise, whole[:at] + noise + whole[at + len(noise) :]):
        try:
            page = read_pdf(data, "坏.pdf")
        except SourceError as error:
            assert "坏.pdf" in str(error)
        else:
            assert list(page.pages) == sorted(page.pages)
            assert all(0 <= vote.start < vote.end <= len(page.text) for vote in page.noise)
