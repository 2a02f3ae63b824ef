"""Follow-ups become standalone by slots."""

import pytest

from rag.history import standalone
from rag.types import Turn


def said(*questions: str) -> list[Turn]:
    turns = []
    for question in questions:
        turns += [Turn("user", question), Turn("assistant", "苏州市有四所。")]
    return turns


@pytest.mark.parametrize(
    ("earlier", "current", "expected"),
    [
        ("常州有几家工匠学院？", "那白银呢？", "白银有几家工匠学院？"),
        ("白银2021年发放了多少培训补贴？", "2023年呢？", "白银2023年发放了多少培训补贴？"),
        ("白银有几个院士专家工作站？", "技能大师工作室呢？", "白银有几个技能大师工作室？"),
        ("常州的工匠学院有几家？", "那职工学堂呢？", "常州的职工学堂有几家？"),
        ("常州有几家工匠学院？", "产业教授有多少名？", "常州产业教授有多少名？"),
        ("白银和常州有几家工匠学院？", "蚌埠呢？", "蚌埠有几家工匠学院？"),
        ("白银代表里产业工人占多少？", "比上一届高了多少？", "白银代表里产业工人占多少，比上一届高了多少？"),
        ("常州有几家工匠学院？", "那职工学堂有多少家？", "常州职工学堂有多少家？"),
        ("青岛大工匠一年评几个？", "奖励标准呢？", "青岛大工匠的奖励是多少？"),
        ("白银搞学徒制，每人补多少？", "蚌埠那边的标准呢？", "蚌埠搞学徒制，每人补多少？"),
        ("盐城市总工会常务副主席是谁？", "那大丰区总工会主席呢？", "大丰区总工会主席是谁？"),
        ("宁夏要培育多少塞上工匠？", "那山西的省级工匠呢？", "山西要培育多少省级工匠？"),
        ("盐城有多少个试点集群？", "平均到每个县呢？", "盐城有多少个试点集群，平均到每个县呢？"),
        ("常州有几家工匠学院？", "这个城市的试点企业有多少家？", "常州的试点企业有多少家？"),
    ],
)
def test_slots_are_filled_from_the_last_question(earlier: str, current: str, expected: str) -> None:
    assert standalone(current, said(earlier)).text == expected


def test_a_question_with_its_own_place_stands_alone() -> None:
    assert standalone("蚌埠工匠学院什么时候揭牌？", said("常州有几家工匠学院？")).text == "蚌埠工匠学院什么时候揭牌？"


def test_a_nationwide_question_takes_no_place() -> None:
    assert standalone("全国有多少举措？", said("常州有几家工匠学院？")).text == "全国有多少举措？"


def test_places_are_carried_over_several_turns() -> None:
    history = said("常州有几家工匠学院？", "那白银呢？")
    assert standalone("院士专家工作站有多少个？", history).text == "白银院士专家工作站有多少个？"


def test_what_the_assistant_said_is_not_read() -> None:
    turns = [Turn("user", "你好"), Turn("assistant", "常州市有5家。")]
    assert "常州" not in standalone("有多少家？", turns).text


def test_without_history_nothing_changes() -> None:
    assert standalone("  常州有几家工匠学院？ ", []).text == "常州有几家工匠学院？"
