"""Answers parted into statements, and the figures that must stand in what they cite."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statements import Statement, figures, figures_stand, statements


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("甲市12家。【1】乙市35家。【2】", [("甲市12家。", (1,)), ("乙市35家。", (2,))]),
        ("甲市12家【1】。乙市35家【2】。", [("甲市12家", (1,)), ("乙市35家", (2,))]),
        ("没有出处。有出处。［3］", [("没有出处。", ()), ("有出处。", (3,))]),
        ("两处。【1】[2]", [("两处。", (1, 2))]),
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


QUOTE = {
    "quote": "全市建成产业学院十二家",
    "title": "2023年要点",
    "context": [{"text": "到2022年"}],
    "published": "2024-01-05",
}


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
def test_a_figure_must_stand_in_the_quote_its_context_or_its_metadata(text: str, stands: bool) -> None:
    assert figures_stand(Statement(text, (1,)), [QUOTE]) is stands
