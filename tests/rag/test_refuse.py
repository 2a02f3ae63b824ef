"""Refusals: which reason is true of which question, and what the confidence obeys."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from index.normalise import search_form
from rag.chain import AnswerChain, make_chain
from rag.question import understand
from rag.refuse import WORDING, after_search, at_the_door, threshold, wording
from rag.refusing.judge import judge
from rag.small_talk import GREETING
from rag.types import Reason
from rag.wanted import fit, shapeless

DOCUMENTS = [
    made_document(
        "## 学院\n\n2022年，常州市建成工匠学院31家，培训职工4200人次。\n\n## 热线\n\n常州市设立职工维权热线，受理诉求900件。",
        "常州市",
    ),
    made_document("## 学院\n\n白银市建成工匠学院9家，培训职工1300人次。", "白银市", published="2021-10-22"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("refuse") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("你好", "off_topic"),
        ("谢谢！", "off_topic"),
        ("常州市总工会主席的手机号是多少？", "private"),
        ("隔壁班长的工资有多少？", "private"),
        ("张师傅家住哪？", "private"),
        ("绵阳市有多少家工匠学院？", "unknown_place"),
        ("鹤岗市的工匠学院呢？", "unknown_place"),
        ("徐州市培训了多少职工？", "unknown_place"),
        ("青槐村的职工书屋有几家？", "unknown_place"),
        ("帮我写一首诗", "off_topic"),
        ("请给我编个故事吧", "off_topic"),
        ("常州市有多少家工匠学院？", None),
        ("江苏省有多少家工匠学院？", None),
        ("职工维权热线受理了多少件诉求？", None),
        ("举报电话是多少？", None),
        ("常州市人社局的联系电话是多少？", None),
        ("职工服务中心的电话是多少？", None),
        ("常州市人社局李主任的电话是多少？", "private"),
        ("工匠学院有多少家？", None),
        ("一个手机号能报几门课？", None),
        ("维权中心公布的联系电话是多少？", None),
        ("要求填银行卡的那条短信是真的吗？", None),
        ("有人叫我把银行卡借他走账，能借吗？", None),
        ("李师傅的银行卡号是多少？", "private"),
        ("为了办证来回跑镇上好几趟，工匠学院有多少家？", None),
        (
            "我在厂里上夜班，邻居就住工匠学院边上，那阵子天天敲锣打鼓，后来听说开学了，我想问这个学院培训了多少职工？",
            None,
        ),
        ("我在厂里上夜班，那阵子忙，后来听说换人了，你告诉我邻居老李一个月工资多少？", "private"),
    ],
)
def test_the_door(library: Library, question: str, reason: Reason | None) -> None:
    assert at_the_door(understand(question), library) == reason


@pytest.mark.parametrize(
    "question",
    [
        "职工生日慰问标准是多少？",
        "工友们的收入提高了多少？",
        "领导小组多久开一次电话会议？",
        "农民工返乡创业有哪些支持？",
    ],
)
def test_matters_of_work_pass_the_door(library: Library, question: str) -> None:
    assert at_the_door(understand(question), library) is None


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("常州市2018年建成多少家工匠学院？", "out_of_dates"),
        ("常州市的飞机场有几条跑道？", "place_silent"),
        ("白银市受理了多少件诉求？", "place_silent"),
        ("产业工人的退休年龄怎么规定？", "no_content"),
        ("红烧肉怎么做才好吃？", "off_topic"),
        ("绵阳市有多少家工匠学院？", "unknown_place"),
        ("常州市总工会主席的手机号是多少？", "private"),
    ],
)
def test_a_refusal_says_the_reason_that_is_true_and_shows_no_source(
    chain: AnswerChain, question: str, reason: Reason
) -> None:
    answer = chain.invoke({"question": question})
    assert (answer.refused, answer.reason) == (True, reason)
    assert answer.text == WORDING[reason].replace("该城市", question[:3])
    assert (answer.citations, answer.sentences, answer.table) == ((), (), None)


def test_a_greeting_is_greeted(chain: AnswerChain) -> None:
    assert chain.invoke({"question": "您好"}).text == GREETING


@pytest.mark.parametrize(
    "question", ["常州市有多少家工匠学院？", "常州市2022年建成多少家工匠学院？", "白银市培训了多少职工？"]
)
def test_what_the_documents_say_is_not_refused(chain: AnswerChain, library: Library, question: str) -> None:
    answer = chain.invoke({"question": question})
    assert not answer.refused
    assert answer.confidence >= threshold(library)


def test_the_asked_year_decides_between_two_questions_of_the_same_words(chain: AnswerChain) -> None:
    told, missed = (chain.invoke({"question": f"常州市{year}年建成多少家工匠学院？"}) for year in ("2022", "2018"))
    assert (told.refused, missed.refused) == (False, True)
    assert told.confidence > missed.confidence


def test_the_date_of_issue_answers_for_its_year(chain: AnswerChain) -> None:
    assert not chain.invoke({"question": "白银市2021年建成多少家工匠学院？"}).refused


def test_a_year_after_the_newest_document_is_out_of_dates(library: Library) -> None:
    assert after_search(understand("常州市2031年有多少家工匠学院？"), False, library) == "out_of_dates"
    assert after_search(understand("常州市2022年有多少家工匠学院？"), False, library) == "place_silent"


def test_a_place_in_a_province_that_is_held_has_no_documents_of_its_own(library: Library) -> None:
    held = next(place for place in library.place_names() if place.endswith("市"))
    sibling = {"常州市": "泰州市", "白银市": "张掖市"}.get(held, "泰州市")
    assert after_search(understand(f"{held}有多少家食堂？"), False, library) == "place_silent"
    assert after_search(understand(f"{sibling}有多少家食堂？"), False, library) == "unknown_place"


def test_a_refusal_calls_the_place_by_its_name() -> None:
    assert wording(understand("青海省有多少家食堂？"), "place_silent").startswith("青海省的资料")
    assert wording(understand("三亚有多少家食堂？"), "unknown_place").startswith("资料库中没有三亚市的资料")


def test_every_reason_has_a_wording_of_its_own() -> None:
    assert set(WORDING) == set(get_args(Reason))
    assert len(set(WORDING.values())) == len(WORDING)


def test_a_refusal_ends_with_the_office_s_own_line_of_contact_where_there_is_one() -> None:
    question = understand("常州市的飞机场有几条跑道？")
    assert wording(question, "place_silent") == "常州市的资料里没有找到能确切回答这个问题的原文。"
    assert wording(question, "place_silent", "市总工会办公室").endswith("请联系：市总工会办公室")
    assert wording(understand("您好"), "off_topic", "市总工会办公室") == GREETING


def test_a_greater_rate_of_errors_never_raises_the_threshold(library: Library) -> None:
    rates = (0.01, 0.05, 0.1, 0.5)
    settings = [replace(library.settings, error_rate=rate) for rate in rates]
    found = [judge().threshold(each.error_rate) for each in settings]
    assert found == sorted(found, reverse=True)
    assert threshold(library) == judge().threshold(library.settings.error_rate)


def test_a_word_that_no_document_explains_is_left_to_the_glossary() -> None:
    asked = understand("什么是能级工资？")
    for reason in ("no_content", "off_topic"):
        told = wording(asked, reason)
        assert told.startswith("能级工资：") and "集体" not in told[:5] and "不是资料原文" in told
    assert wording(understand("能级工资有几档？"), "no_content") == WORDING["no_content"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("考下高级工有啥用？", "no_content"), ("首席技师评几个？", "no_content"), ("今天晚饭吃什么？", "off_topic")],
)
def test_a_word_of_the_glossary_is_of_the_field(library: Library, text: str, reason: Reason) -> None:
    assert after_search(understand(text), False, library) == reason


def test_the_thing_of_another_owner_is_no_answer(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = made_document("大赛在德国首都柏林办了两届，法国、中国都派了队伍参加大赛。", name="大赛")
    with made_library(tmp_path_factory.mktemp("owner") / "index", [told]) as opened:
        chain = make_chain(opened)
        assert chain.invoke({"question": "中国的首都是哪里？"}).refused


def test_whether_money_is_given_is_not_told_by_a_sentence_without_any(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = made_document("我国推行技师考试制度，各单位自己组织技师考试，今年有四千多人考上技师。", name="考试")
    with made_library(tmp_path_factory.mktemp("money") / "index", [told]) as opened:
        assert make_chain(opened).invoke({"question": "我想考技师，单位给报销吗？"}).refused


def test_what_is_reckoned_needs_a_rule_or_a_figure(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = made_document("检查组检查了企业支付加班工资的情况、执行最低工资的情况和签订合同的情况。", name="检查")
    with made_library(tmp_path_factory.mktemp("reckoned") / "index", [told]) as opened:
        assert make_chain(opened).invoke({"question": "加班工资怎么算？"}).refused


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("这些岗位占了多大比重？", "这些岗位约占四分之一。"),
        ("这条路有多长？", "这条路长约13公里。"),
        ("工会有多少会员？", "该工会拥有16万会员。"),
        ("合同额是多少美元？", "新签合同额175亿美元。"),
        ("展出了多少幅照片？", "共展出69幅照片。"),
        ("还剩几成列车在开？", "只有约20%的列车在运行。"),
        ("隔多久走访一回？", "坚持半年走访一次。"),
        ("大赛的冠军是谁？", "张三获得大赛冠军。"),
        ("每家最多可拿多少建设资助？", "每家最多可得200万元建设资助。"),
    ],
)
def test_a_figure_in_its_own_measure_word_has_the_shape_that_is_asked_for(asked: str, said: str) -> None:
    question = understand(asked)
    assert not shapeless(question, fit(question, search_form(said)))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("这条路有多长？", "这条路通车了。"),
        ("展出了多少幅照片？", "展览开幕了。"),
        ("这些岗位占了多大比重？", "这些岗位很多。"),
    ],
)
def test_a_sentence_without_the_figure_has_not(asked: str, said: str) -> None:
    question = understand(asked)
    assert shapeless(question, fit(question, search_form(said)))
