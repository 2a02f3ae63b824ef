"""Answers parted into statements, and the figures that must stand in what they cite."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import Shelf
from eval.statements import Statement, cuts_figure, figures, foreign_figures, held_figures, statements
from index.types import Document, Span


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("甲市12家。【1】乙市35家。【2】", [("甲市12家。", (1,)), ("乙市35家。", (2,))]),
        ("甲市12家【1】。乙市35家【2】。", [("甲市12家", (1,)), ("乙市35家", (2,))]),
        ("没有出处。有出处。［3］", [("没有出处。", ()), ("有出处。", (3,))]),
        ("两处。【1】[2]", [("两处。", (1, 2))]),
        ("两处。【1、2】", [("两处。", (1, 2))]),
        ("两处。[1,2]", [("两处。", (1, 2))]),
        ("一处。【资料3】", [("一处。", (3,))]),
        ("共4个：\n甲市。【1】", [("共4个：", ()), ("甲市。", (1,))]),
        ("国发[2020]5号。【1】", [("国发[2020]5号。", (1,))]),
        ("【1】", []),
        ("", []),
    ],
)
def test_marks_count_for_the_sentence_that_ends_before_them(
    answer: str, wanted: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert list(statements(answer)) == [Statement(*each) for each in wanted]


SENTENCES = st.lists(st.tuples(st.from_regex(r"[甲乙12]{1,6}", fullmatch=True), st.sets(st.integers(1, 9))), max_size=5)


@given(SENTENCES)
def test_no_word_and_no_mark_is_lost(parts: list[tuple[str, set[int]]]) -> None:
    answer = "".join(f"{text}。{''.join(f'【{n}】' for n in sorted(marks))}" for text, marks in parts)
    assert list(statements(answer)) == [Statement(f"{text}。", tuple(sorted(marks))) for text, marks in parts]


def test_figures_are_read_in_any_script() -> None:
    assert figures("十五家、１５个、1.5万元和百分之三") == {"15", "15000", "3"}


TEXT = "2022年。全市建成产业学院十二家，共1,250人，占12.5%。"
PAGE = Document("d", TEXT, "2023年要点", "", "2024-01-05", "/d", "d.txt", "", "ab")
SHELF = Shelf([PAGE])


def cite(quote: str, number: int = 1, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"number": number, "document_id": "d", "quote": quote, "start": start, "end": start + len(quote), **more}


CONTEXT = {"context": [{"text": "2022年", "start": 0, "end": 5}]}


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("建成12家。", True),
        ("建成21家。", False),
        ("建成112家。", False),
        ("2023年建成12家。", True),
        ("2022年建成12家。", True),
        ("据2024年报道，建成12家。", True),
        ("2019年建成12家。", False),
        ("建成若干家。", True),
    ],
)
def test_a_figure_must_stand_in_the_quote_its_context_or_the_documents_title_and_date(text: str, stands: bool) -> None:
    found = foreign_figures([Statement(text, (1,))], [cite("建成产业学院十二家", **CONTEXT)], SHELF, tabled=False)
    assert (found == frozenset()) is stands


@pytest.mark.parametrize(
    "more",
    [{"title": "21家"}, {"published": "2121-01-01"}, {"context": [{"text": "21家", "start": 0, "end": 3}]}],
)
def test_what_a_system_says_of_a_document_is_not_believed(more: dict[str, Any]) -> None:
    assert "21" not in held_figures(cite("建成产业学院十二家", **more), SHELF)


@pytest.mark.parametrize(
    ("told", "tabled", "foreign"),
    [
        ([("建成21家。", (9,))], False, {1, 2}),
        ([("建成21家。", ()), ("建成12家。", (1,))], False, {1, 2}),
        ([("共21个：", ()), ("建成12家。", (1,))], True, set()),
        ([("建成12家。", (1,)), ("共13人。", (2,))], False, {2}),
        ([("建成12家，1250人。", (1, 2))], False, set()),
    ],
)
def test_a_sentence_without_a_real_mark_leans_on_every_citation(
    told: list[tuple[str, tuple[int, ...]]], tabled: bool, foreign: set[int]
) -> None:
    both = [cite("建成产业学院十二家"), cite("共1,250人", 2)]
    assert foreign_figures([Statement(*each) for each in told], both, SHELF, tabled) == foreign


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        ("共1,250人", False),
        ("共1,25", True),
        ("共1", True),
        ("共1,", True),
        (",250人", True),
        ("50人", True),
        ("占12.5%", False),
        ("占12", True),
        ("5%。", True),
        ("2022年", False),
    ],
)
def test_a_quote_that_cuts_a_figure_shows_another_one(quote: str, cut: bool) -> None:
    start = TEXT.index(quote)
    assert cuts_figure(TEXT, Span(start, start + len(quote))) is cut
