"""A question of several asked things is taken apart, and one question is not torn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.apart import MOST_PARTS, apart


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲厂的夜校办了多少期，收了多少学员？", ["甲厂的夜校办了多少期", "收了多少学员"]),
        ("甲厂开工会上谁念的稿、谁剪的彩？", ["甲厂开工会上谁念的稿", "谁剪的彩"]),
        ("甲厂的王海涛和李秀兰各拿了什么奖？", ["甲厂的王海涛拿了什么奖", "甲厂的李秀兰拿了什么奖"]),
        ("王海涛、孙玉梅和李秀兰分别在哪干活？", ["王海涛在哪干活", "孙玉梅在哪干活", "李秀兰在哪干活"]),
        ("甲厂的铣工和钳工，哪个多，各多少人？", ["甲厂的铣工，多少人", "甲厂的钳工，多少人"]),
        ("甲厂钳工和乙厂铣工谁定得高？", ["甲厂钳工有多少", "乙厂铣工有多少"]),
        ("甲厂春训男的多还是女的多，各多少？", ["甲厂春训男的，多少", "甲厂春训女的，多少"]),
        ("2019年和2021年两届比武，开场各是几点？", ["2019年两届比武，开场是几点", "2021年两届比武，开场是几点"]),
        ("甲厂审的消防器材案和旧图纸案各多少件？", ["甲厂审的消防器材案多少件", "甲厂审的旧图纸案多少件"]),
        ("甲厂评查几次图纸，夜校和讲座各有多少？", ["甲厂评查几次图纸", "夜校有多少", "讲座有多少"]),
    ],
)
def test_each_asked_thing_is_a_part(text: str, parts: list[str]) -> None:
    found = [part.text for part in apart(text)]
    assert found == parts


@pytest.mark.parametrize(
    "text",
    [
        "甲厂有哪些车间和班组？",
        "为什么甲厂和乙厂一起办夜校？",
        "工资从多少提到了多少？",
        "一共评了几等奖，各几名？",
        "各地怎么办夜校？",
        "谁也不许迟到，这叫什么规定？",
        "甲厂有多少人？",
    ],
)
def test_one_question_is_not_torn(text: str) -> None:
    assert apart(text) == ()


def test_a_later_part_leans_on_what_the_first_says_before_it_asks() -> None:
    first, second = apart("甲厂的夜校办了多少期，收了多少学员？")
    assert (first.topic, second.topic) == ("", "甲厂的夜校")


def test_a_part_of_a_row_knows_its_name() -> None:
    assert [part.name for part in apart("甲厂的省级讲师和市级讲师各有几名？")] == ["省级讲师", "市级讲师"]


@given(st.text(alphabet="甲乙厂和与、，各有几多少谁哪？2019年的", max_size=60))
def test_any_text_has_few_parts_or_none(text: str) -> None:
    assert len(apart(text)) in {0, *range(2, MOST_PARTS + 1)}
