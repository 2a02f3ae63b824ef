"""The one figure of a text that a question asks for, and differences between two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question import understand
from rag.reckoning import reckoned, told_number


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("甲市有几个技能大师工作室？", "甲市建成24个院士专家工作站、6个技能大师工作室和45个创新工作室。", "6个"),
        ("甲市有多少家试点企业？", "甲市的试点企业在五年里由18家增加到766家。", "766家"),
        ("甲市有多少技能人才？", "甲市有技能人才137万人，其中高技能人才37.5万人。", "137万人"),
        ("甲市要培育多少大国工匠？", "甲市的目标是：大国工匠50名左右，省级工匠300名左右。", "50名左右"),
        ("甲市有多少技能人才？", "甲市一年新增技能人才3万人，总数26万人。", "26万人"),
        ("甲市的工会驿站有多少个？", "甲市已建成工会驿站近16万个。", "近16万个"),
    ],
)
def test_the_figure_beside_what_is_asked_is_read(question: str, text: str, told: str) -> None:
    figure = reckoned(understand(question), text)
    assert figure is not None
    assert figure.text == told


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("甲市有多少技能人才？", "甲市的高技能人才超过95万人。"),
        ("甲市有多少个创新工作室？", "甲市有院士专家工作站24个。"),
        ("甲市有多少家试点企业？", "甲市的试点企业不断增多。"),
    ],
)
def test_a_figure_of_another_thing_is_none(question: str, text: str) -> None:
    assert reckoned(understand(question), text) is None


def test_with_a_year_only_its_part_of_the_sentence_is_read() -> None:
    asked = understand("甲市的试点镇街有多少个？")
    text = "甲市的试点镇街在2021年是9个，2022年扩大到119个。"
    told = [figure.text for year in ("2021", "2022") if (figure := reckoned(asked, text, year))]
    assert told == ["9个", "119个"]


def test_differences_are_exact_and_only_of_one_sort() -> None:
    asked = understand("甲市有多少家试点企业？")
    one, other = reckoned(asked, "试点企业有1020家。"), reckoned(asked, "试点企业有768个。")
    people = reckoned(understand("甲市有多少名工匠？"), "甲市有工匠9名。")
    each = reckoned(asked, "每个园区的试点企业有30家。")
    assert one and other and people and each
    assert one.apart(each) is None
    assert one.apart(other) == Decimal(252)
    assert one.apart(people) is None


@pytest.mark.parametrize(("value", "told"), [("83", "83"), ("638000", "63.8万"), ("1300000000", "13亿"), ("20", "20")])
def test_numbers_are_told_as_people_write_them(value: str, told: str) -> None:
    assert told_number(Decimal(value)) == told


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_read_without_a_crash(question: str, text: str) -> None:
    figure = reckoned(understand(question), text)
    assert figure is None or figure.value >= 0


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("甲市有多少个省级工作室？", "甲市共有工作室410个，省级的有9个。", "9个"),
        ("甲市有多少个市级工作室？", "甲市有省级工作室3个、市级17个、区级80个。", "17个"),
        ("甲市有多少个国家级工作室？", "甲市共有工作室410个。", ""),
    ],
)
def test_the_figure_of_the_asked_level_is_read(question: str, text: str, told: str) -> None:
    figure = reckoned(understand(question), text)
    assert (figure.text if figure else "") == told


def test_an_increase_is_not_set_against_what_there_is() -> None:
    question = understand("甲市有多少技能人才？")
    grown = reckoned(question, "甲市五年里技能人才增加了30万人。")
    stock = reckoned(question, "甲市的技能人才由60万人增加到90万人。")
    assert grown is not None and stock is not None
    assert grown.apart(stock) is None and grown.is_like(stock)
    assert stock.apart(stock) == 0


def test_those_that_were_chosen_are_not_set_against_all_there_are() -> None:
    question = understand("创新工作室有多少家？")
    whole = reckoned(question, "甲市有259家创新工作室。")
    chosen = reckoned(question, "乙市有3家创新工作室进入全省的重点支持名单。")
    assert whole is not None
    assert chosen is not None
    assert whole.apart(chosen) is None
    assert chosen.apart(chosen) == 0


@pytest.mark.parametrize(
    ("text", "told", "level"),
    [
        ("丙省建成省级创新工作室48个，转化成果612项。", "48个", "省级"),
        ("丙省的市级以上创新工作室在2020年3月为70家，到2023年5月增加到95家。", "95家", "市级以上"),
        ("丙省有创新工作室300家，其中省级12家。", "300家", ""),
        ("丙省去年新增创新工作室25家。", "25家", ""),
    ],
)
def test_a_figure_says_of_which_level_it_is_and_how_far_it_has_come(text: str, told: str, level: str) -> None:
    figure = reckoned(understand("丙省有多少创新工作室？"), text)
    assert figure is not None
    assert (figure.text, figure.level) == (told, level)


@pytest.mark.parametrize(
    "text",
    ["丙省的创新工作室成绩不小，转化成果612项。", "丙省建有省级创新工作室1家、市级创新工作室6家。"],
)
def test_another_thing_and_several_levels_are_no_one_figure(text: str) -> None:
    assert reckoned(understand("丙省有多少创新工作室？"), text) is None


def test_the_figure_of_an_asked_year_is_not_carried_on() -> None:
    text = "丙市的试点企业在2020年为70家，到2023年增加到95家。"
    figure = reckoned(understand("丙市2020年有多少家试点企业？"), text, "2020")
    assert figure is not None
    assert figure.text == "70家"


def test_rooms_are_not_set_against_results_or_other_levels() -> None:
    asked = understand("丙省有多少创新工作室？")
    rooms, some = reckoned(asked, "丙省有创新工作室48家。"), reckoned(asked, "丙省有省级创新工作室9个。")
    results = reckoned(understand("丙省有多少项成果？"), "丙省有成果612项。")
    assert rooms and some and results
    assert not rooms.is_like(results)
    assert rooms.is_like(some) and rooms.apart(some) is None
