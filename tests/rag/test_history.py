"""Follow-ups become standalone by slots."""

import pytest

from index.errors import SettingsError
from index.library import Library
from rag.chain import make_chain
from rag.history import standalone, turns_kept
from rag.question import understand
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
        ("青岛大工匠奖多少钱", "一年评几个", "青岛大工匠一年评几个"),
        ("包头工匠有几个人", "工作室补多少钱", "包头工匠工作室补多少钱"),
        ("蚌埠工匠学院什么时候揭牌", "在哪里", "蚌埠工匠学院揭牌在哪里"),
        ("厦门晋级技师奖励多少", "首席呢", "厦门晋级首席技师奖励多少"),
        ("高温津贴谁发", "常州有吗", "常州高温津贴谁发"),
        ("白银有几个劳模工作室？", "常州", "常州有几个劳模工作室？"),
        ("白银有几个劳模工作室？", "还有常州有几个？", "常州有几个劳模工作室？"),
        ("常州有几家试点企业？", "比盐城多吗", "常州和盐城有几家试点企业，谁多？"),
        ("哪些城市有工匠日？", "最早的是哪个？", "哪个城市最早有工匠日？"),
        ("哪些城市建了工匠学院", "哪个最多", "哪个城市建了工匠学院最多？"),
        ("常州有几家工匠学院？", "这个城市的试点企业有多少家？", "常州的试点企业有多少家？"),
    ],
)
def test_slots_are_filled_from_the_last_question(earlier: str, current: str, expected: str) -> None:
    assert standalone(current, said(earlier)).text == expected


def test_a_slot_of_two_turns_before_is_kept() -> None:
    history = said("厦门晋级技师奖励多少", "首席呢")
    assert standalone("福州呢", history).text == "福州晋级首席技师奖励多少"


def test_the_topic_that_a_follow_up_keeps_can_be_taken_away() -> None:
    history = said("青岛大工匠奖多少钱")
    heard = understand("一年评几个", history)
    assert heard.carried == "青岛大工匠"
    assert understand("一年评几个", history, without=[heard.carried]).standalone == "一年评几个"


@pytest.mark.parametrize(("given", "turns"), [("", 12), ("4", 4), (" 100 ", 100)])
def test_how_many_turns_are_read_is_a_setting(given: str, turns: int) -> None:
    assert turns_kept({"CHANGAI_HISTORY_TURNS": given}) == turns
    assert turns_kept({}) == 12


@pytest.mark.parametrize("given", ["0", "-1", "101", "十", "²", "1e1", "9" * 9999])
def test_a_bound_that_is_none_is_told(given: str) -> None:
    with pytest.raises(SettingsError, match="CHANGAI_HISTORY_TURNS"):
        turns_kept({"CHANGAI_HISTORY_TURNS": given})


def test_older_turns_than_the_bound_are_not_read(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = [{"role": each.role, "content": each.content} for each in said("常州有几家工匠学院？", "好的")]
    monkeypatch.setenv("CHANGAI_HISTORY_TURNS", "2")
    answer = make_chain(sample_library).invoke({"question": "职工学堂呢？", "history": turns})
    assert "常州" not in answer.question.standalone


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


@pytest.mark.parametrize(
    ("earlier", "current", "expected"),
    [
        ("甲工厂办了开工仪式，筹了多少钱？", "一共给多少人发了？", "甲工厂办了开工仪式，一共给多少人发了？"),
        ("某某运输公司成立多少年了？", "它有多少辆卡车？", "某某运输公司有多少辆卡车？"),
        ("常州技术大赛是第几届？", "这活动从哪年办起的？", "常州技术大赛从哪年办起的？"),
        ("常州2021年师徒结对有多少对？", "第二年又结了多少对？", "常州2021年师徒，2022年又结了多少对？"),
        ("纺织厂去年培养了多少技能人才？", "其中女的有多少？", "纺织厂去年培养了技能人才，其中女的有多少？"),
        ("常州2022年有几所试点学校？", "前一年才几所？", "常州2022年试点学校前一年才几所？"),
        ("第十届大赛的冠军是谁？", "上一届呢？", "第九届大赛的冠军是谁？"),
        ("厂里有多少青年提到副科级岗位？", "股级的呢？", "厂里有多少青年提到股级岗位？"),
        ("南京银行的助学活动捐了多少？", "那江苏某泰呢？", "江苏某泰的助学活动捐了多少？"),
        ("海州区评上高级工的给多少津贴？", "首席技师呢，补多少？", "海州区评上首席技师的给多少津贴？"),
        ("农民工讨薪的案子多久办完？", "难办的呢，最晚多少天？", "农民工讨薪的案子，难办的，最晚多少天？"),
        ("某厂的司机为什么停工？", "那次停工停了几天？", "某厂的司机停工那次停工停了几天？"),
        ("某公司什么时候推出积分商城？", "后来哪天停的？", "某公司积分商城后来哪天停的？"),
        ("去年给企业发了多少稳岗资金？", "那发给了多少户？", "去年给企业稳岗资金，发给了多少户？"),
        ("常州一年新增多少技能人才？", "总共有多少了？", "常州技能人才总共有多少了？"),
        ("常州给技能之星奖多少？", "常州工匠呢？", "常州给常州工匠奖多少？"),
        ("青工大赛，焊工项目谁是冠军？", "钳工那一项呢？", "青工大赛，钳工项目谁是冠军？"),
        ("常州某支行的爱心驿站有什么服务？", "那里备了哪些药？", "常州某支行的爱心驿站备了哪些药？"),
        ("常州工匠学院有没有办网上分院？", "打算培训多少职工？", "常州工匠学院网上分院，打算培训多少职工？"),
        ("通报了哪些单位？", "山西那家是什么问题？", "通报了哪些单位，山西那家是什么问题？"),
        ("全国职工有多少？", "那全国的女职工呢？", "全国的女职工有多少？"),
        ("技能节期间王阿姨夸了什么课？", "李师傅又夸了哪个？", "技能节期间李师傅又夸了哪个？"),
        ("常州会展馆里有哪些展区？", "那里头的匠心展区展什么？", "常州会展馆里展区，匠心展区展什么？"),
    ],
)
def test_the_old_predicate_gives_way_to_the_new_one(earlier: str, current: str, expected: str) -> None:
    assert standalone(current, said(earlier)).text == expected


def test_somebody_beside_the_one_asked_about_is_called_by_his_name() -> None:
    history = [
        Turn("user", "刘建国是哪年去常州挂职的？"),
        Turn("assistant", "二〇一九年，同月还有陈晓峰去了盐城。"),
    ]
    assert standalone("那去盐城的那个人原先在哪家银行？", history).text == "去盐城的陈晓峰原先在哪家银行？"


def test_in_there_is_in_what_the_answer_named() -> None:
    history = [Turn("user", "常州纺织厂的陈小恬进了哪家公司？"), Turn("assistant", "进了东湾公司。")]
    assert standalone("她在里头做哪一块？", history).text == "常州纺织厂的陈小恬，在东湾公司做哪一块？"


def test_a_time_counts_as_much_as_what_is_asked_now() -> None:
    resolved = standalone("时薪同比呢？", [Turn("user", "某国7月员工平均时薪环比涨多少？")])
    assert resolved.asked == resolved.text == "某国7月员工平均时薪同比涨多少？"


def test_the_person_whom_an_answer_named_is_asked_about() -> None:
    history = [Turn("user", "常州那位焊工代表是谁？"), Turn("assistant", "是王建国。")]
    assert standalone("他建议什么？", history).text == "常州那位焊工代表王建国建议什么？"
