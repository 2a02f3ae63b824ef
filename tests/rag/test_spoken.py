"""What only speech says so is read as it is written, and a speaker's place goes before what he asks."""

import pytest

from rag.places_of_speaker import placed_first
from rag.question import understand
from rag.spoken import as_written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("绵阳首席技师给几多钱", "绵阳首席技师给多少钱"),
        ("新余创新工作室一家给几万块钱？", "新余创新工作室一家给多少钱？"),
        ("评上技师津贴几个钱", "评上技师津贴多少钱"),
        ("拿个高级技师能领好多钱", "拿个高级技师能领多少钱"),
        ("新余工匠奖多少", "新余工匠奖励多少钱"),
        ("当上新余工匠有钱拿没", "当上新余工匠有没有奖励"),
        ("参加培训有没有钱领？", "参加培训有没有补贴？"),
        ("租房有补贴没得", "租房有补贴没有"),
        ("宿舍漏雨政府管不管", "宿舍漏雨政府管吗"),
        ("考了高级工证给钱吗", "考了高级工给钱吗"),
        ("想读个大专", "想读大专"),
        ("想学门手艺，有啥班能报", "想学手艺，有啥培训班可以报名"),
        ("学一门技术上哪报？", "学技术上哪报名？"),
        ("我2011年就在绵阳的厂里上班，补偿算到哪天？", "我在绵阳的厂里上班，补偿算到哪天？"),
    ],
)
def test_ways_of_speech_are_read_as_written(said: str, written: str) -> None:
    assert as_written(said) == written


@pytest.mark.parametrize(
    "text",
    [
        "修了几块地？",
        "我2011年在绵阳评上工匠，奖励怎么发？",
        "培训费怎么报销？",
        "培训费怎么报？",
        "挂了多少块牌子？",
        "获奖多少项？",
        "高级工证书发了多少本？",
        "给这么多钱合适吗",
        "有没有奖金？",
        "有多少钱用于培训？",
    ],
)
def test_what_is_written_already_stays(text: str) -> None:
    assert as_written(text) == text


def test_money_of_the_mouth_asks_for_a_figure_in_money() -> None:
    asked = understand("新余工匠评上给几多钱")
    assert asked.kind == "figure"
    assert "元" in asked.units
    assert asked.text == "新余工匠评上给几多钱"


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("读技校有补助吗？我在绵阳涪城上班", "绵阳涪城，读技校有补助吗？"),
        ("我是新余的，技校免学费吗", "新余，技校免学费吗"),
        ("我老家在遵义，工匠怎么评？", "遵义，工匠怎么评？"),
        ("技校免学费吗？我们家住遵义。", "遵义，技校免学费吗？"),
    ],
)
def test_where_the_speaker_is_goes_first(said: str, first: str) -> None:
    assert placed_first(said) == first


@pytest.mark.parametrize(
    "text",
    [
        "我在遵义一家酒厂上班，有补贴吗？",
        "我在遵义送外卖，有地方歇脚吗？",
        "我老家在遵义，绵阳的工匠怎么评？",
        "遵义的工匠怎么评？",
        "我在厂里上班，工匠怎么评？",
        "我是焊工，工匠怎么评？",
    ],
)
def test_what_tells_more_than_a_place_stays_where_it_is(text: str) -> None:
    assert placed_first(text) == text
