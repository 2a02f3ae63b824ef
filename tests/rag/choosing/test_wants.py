"""What questions ask for and what texts hold that could be it, by eye."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.choosing.wants import ASKS, SIGNS, asks, items, new_figures, signs, sort_of


def asked(search: str) -> set[str]:
    return {name for name, value in zip(ASKS, asks(search), strict=True) if value}


def held(text: str) -> dict[str, float]:
    return {name: value for name, value in zip(SIGNS, signs([text])[0], strict=True) if value}


@pytest.mark.parametrize(
    ("search", "ways"),
    [
        ("学院是什么时候建成的?", {"when"}),
        ("共有多少名工匠?", {"many"}),
        ("谁当选会长?", {"who"}),
        ("为何要评工匠?", {"why"}),
        ("能级工资是否推行?", {"whether"}),
        ("竞赛有哪些项目?", {"list"}),
    ],
)
def test_the_way_of_asking_is_told(search: str, ways: set[str]) -> None:
    assert asked(search) == ways


def test_a_question_may_ask_in_several_ways() -> None:
    assert {"when", "who"} <= asked("何时由谁创办?")


@pytest.mark.parametrize(
    ("search", "sort"),
    [
        ("他担任什么职务?", "职务"),
        ("哪所大学参加?", "大学参加"),
        ("有多少人?", "人"),
        ("是什么?", ""),
        ("什么是工匠?", ""),
    ],
)
def test_the_sort_of_thing_is_what_follows_the_asking(search: str, sort: str) -> None:
    assert sort_of(search) == sort


def test_signs_are_counted_for_each_text_apart() -> None:
    assert held("1998年5月,他因为受伤退役。")["year"] == 1.0
    assert held("1998年5月,他因为受伤退役。")["cause"] == 1.0
    assert held("甲、乙、丙、丁、戊")["listed"] == 3.0
    both = signs(["甲公司。", "乙", "因为《丙》"])
    assert both[:, SIGNS.index("body")].tolist() == [1.0, 0.0, 0.0]
    assert both[:, SIGNS.index("work")].tolist() == [0.0, 0.0, 1.0]


def test_only_the_beginning_of_a_text_leans() -> None:
    assert "leans" in held("其中3人获奖。")
    assert "leans" not in held("工匠3人获奖,其中有女职工。")


def test_a_figure_that_the_question_names_is_no_news() -> None:
    assert new_figures("2021年评了多少名?", ["2021年评出300名", "2021年评出", "19.5万、3个、7个、8个"]).tolist() == [
        1,
        0,
        3,
    ]


def test_persons_in_a_role_hours_and_ages_are_signs() -> None:
    assert held("会议由副校长陈立新主持。")["named"] == 1.0
    assert "named" not in held("学校重视思想工作。")
    assert held("每天9点到16点开放。")["hour"] == 2.0
    assert held("限18周岁至40周岁。")["age"] == 2.0


def test_a_row_of_things_is_held_against_the_number_asked_for() -> None:
    found = items(
        "夜校教了哪3样手艺?", ["夜校教木工、剪纸和茶艺。", "夜校教木工。", "木工、剪纸、茶艺、书法、摄影都教。"]
    )
    assert found["items"].tolist() == [3.0, 0.0, 5.0]
    assert found["items_off"].tolist() == [0.0, 3.0, 2.0]
    assert items("夜校教了什么?", ["木工、剪纸"])["items_off"].tolist() == [-1.0]


@given(st.lists(st.text(), max_size=6))
@settings(deadline=None)
def test_any_texts_have_a_row_each(texts: list[str]) -> None:
    assert signs(texts).shape == (len(texts), len(SIGNS))
    assert new_figures("几?", texts).shape == (len(texts),)
    assert all(column.shape == (len(texts),) for column in items("哪3样?", texts).values())


@given(
    st.lists(st.text(alphabet="由工会主办讯电 市,。是不因而以方式说\n"), max_size=6), st.text(alphabet="由工会主办讯，")
)
def test_what_a_text_holds_does_not_depend_on_the_texts_beside_it(texts: list[str], other: str) -> None:
    together = signs([*texts, other])
    assert [row.tolist() for row in together] == [signs([text])[0].tolist() for text in [*texts, other]]
