"""What a follow-up changes of the question before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.history import standalone
from rag.slots import another_place, beside_last, listed_item, sibling
from rag.types import Turn

LISTED = "盐城的产改有四大工程：政治建设、赋能成长、维权服务和聚力保障。【1】"


@pytest.mark.parametrize(
    ("slot", "previous", "expected"),
    [
        ("区级的", "南京的市级工匠学院有几家？", "南京的区级工匠学院有几家？"),
        ("高级技师", "公司给技师每月加多少？", "公司给高级技师每月加多少？"),
        ("首席技师", "首次拿到高级工的给多少？", "首次拿到首席技师的给多少？"),
        ("市级", "南京的市级工匠学院有几家？", ""),
        ("职工学堂", "南京的市级工匠学院有几家？", ""),
    ],
)
def test_a_word_of_the_same_kind_is_changed(slot: str, previous: str, expected: str) -> None:
    assert sibling(slot, previous) == expected


def test_the_other_city_is_the_one_asked_about_before() -> None:
    earlier = ["白银有几个工作室？", "宁夏有几个工作室？"]
    assert another_place("另一个市呢？", earlier) == "白银呢？"
    assert another_place("另一个市呢？", earlier[:1]) == ""


def test_more_than_the_last_one_compares_the_last_two() -> None:
    earlier = ["白银有几个工作室？", "蚌埠有几个工作室？"]
    assert beside_last("比上一个多多少？", earlier) == "蚌埠和白银有几个工作室，谁多，相差多少？"
    assert beside_last("比上一届多多少？", earlier) == ""


@pytest.mark.parametrize(
    ("current", "expected"),
    [
        ("第二项具体怎么做？", "赋能成长具体怎么做？"),
        ("第4项呢？", "聚力保障呢？"),
        ("第五项呢？", ""),
        ("怎么做？", ""),
    ],
)
def test_an_ordinal_points_at_an_item_of_the_last_answer(current: str, expected: str) -> None:
    assert listed_item(current, LISTED) == expected


def test_an_ordinal_finds_its_item_in_a_conversation() -> None:
    history = [Turn("user", "盐城的四大工程是什么？"), Turn("assistant", LISTED)]
    resolved = standalone("第二项具体怎么做？", history)
    assert "赋能成长具体怎么做" in resolved.text and "盐城" in resolved.text


@given(st.text(max_size=120), st.lists(st.text(max_size=60), max_size=4))
def test_any_conversation_has_a_standalone_question(text: str, earlier: list[str]) -> None:
    turns = [turn for each in earlier for turn in (Turn("user", each), Turn("assistant", f"{each}、{each}、{text}"))]
    assert isinstance(standalone(text, turns).text, str)
