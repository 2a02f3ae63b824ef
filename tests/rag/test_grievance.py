"""Wrongs: what speaks of something else does not answer them, and a refusal says where else to turn."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.grievance import HOTLINES, beside_the_wrong, hotlines
from rag.question import understand
from rag.refuse import wording

DOCUMENTS = [
    made_document("## 协商\n\n绵阳市开展工资协商的企业达到92%，工资一年上涨7%。", "绵阳市"),
    made_document("## 维权\n\n新余市总工会为被拖欠工资的职工提供法律援助，讨回欠薪300万元。", "新余市"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("grievance") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("拖欠工资怎么办？", "开展工资协商的企业达到92%。"),
        ("老板半年没发工资，工会能帮忙吗？", "技能大师每月津贴800元。"),
        ("公司把我辞退了怎么办？", "公司建成工匠学院2家。"),
        ("干活摔断了腿，厂里管吗？", "厂里建成职工书屋2家。"),
        ("厂里一直不交社保怎么办？", "意见要求给带徒师傅发津贴。"),
        ("不签劳动合同能告他吗？", "签订工资集体合同310份。"),
        ("老板扣着押金不退咋办", "老板们参加了推进会。"),
        ("天天加班不让休息，合法吗", "车间里设了工间驿站。"),
        ("厂里降我工资了咋办", "技术工人的薪酬一年上涨6%。"),
        ("工资啥时候发", "技工的薪酬涨了2倍。"),
    ],
)
def test_what_speaks_of_something_else_is_beside_the_wrong(text: str, told: str) -> None:
    assert beside_the_wrong(understand(text), told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("拖欠工资怎么办？", "用人单位未及时足额支付劳动报酬的，职工可以申请仲裁。"),
        ("公司把我辞退了怎么办？", "违法解除劳动合同的，应当支付赔偿金。"),
        ("厂里拖欠工资我就走了，绵阳有没有工匠学院？", "绵阳市建成工匠学院6家。"),
        ("工资怎么协商？", "开展工资协商的企业达到92%。"),
        ("厂里给不给交社保？", "厂里建成职工书屋2家。"),
        ("没签劳动合同的能入工会吗？", "外卖骑手可以入会。"),
        ("厂里不交社保怎么办？", "职工可以要求补缴社会保险费。"),
    ],
)
def test_a_remedy_or_another_question_is_not(text: str, told: str) -> None:
    assert not beside_the_wrong(understand(text), told)


def test_wages_withheld_are_not_met_by_wage_bargaining(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "绵阳市的厂子拖欠工资怎么办？"})
    assert answer.refused
    assert answer.text.endswith(HOTLINES)


def test_what_helps_is_still_told(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "新余市拖欠工资，工会能提供法律援助吗？"})
    assert not answer.refused
    assert "12351" not in answer.text


def test_the_lines_are_marked_as_no_part_of_the_sources() -> None:
    told = wording(understand("加班费不给怎么办？"), "no_content")
    assert "非资料原文" in told
    assert "12351" in told
    assert "12333" in told


@pytest.mark.parametrize("text", ["红烧肉怎么做？", "绵阳有几条地铁？", "工匠学院有多少家？"])
def test_other_refusals_name_no_line(text: str) -> None:
    assert hotlines(understand(text)) == ""


def test_the_office_is_named_after_the_public_lines() -> None:
    told = wording(understand("欠薪找谁？"), "no_content", "某市总工会")
    assert told.index("12351") < told.index("某市总工会")


def test_who_wants_to_sue_is_told_where_to_turn() -> None:
    assert hotlines(understand("我想让工会帮我打官司"))
    assert not hotlines(understand("工会办了几期律师培训班？"))
