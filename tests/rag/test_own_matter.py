"""What somebody asks for himself: an answer speaks of that very thing, or it is none."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.own_matter import (
    of_another_sort,
    speaks_of_work,
    without_benefit,
    without_learning,
    without_pay,
    without_the_thing,
)
from rag.question import understand

DOCUMENTS = [
    made_document(
        "## 工作室\n\n绵阳市总工会命名劳模工作室20个，一年节约成本300万元。\n\n## 待遇\n\n绵阳市的劳模可以免费体检和疗休养。",
        "绵阳市",
    ),
    made_document("## 会员\n\n新余市吸纳外卖骑手入会，会员有4000人。", "新余市"),
    made_document("## 思想\n\n遵义市的工人听宣讲超过30万人次。", "遵义市"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("own") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


@pytest.mark.parametrize(
    ("text", "told", "missing"),
    [
        ("遵义工人能涨工资吗", "遵义市的工人听宣讲超过30万人次。", True),
        ("遵义工人能涨工资吗", "遵义市一线职工的薪酬增长了8%。", False),
        ("技术工人给落户不", "技术工人的晋级通道有三条。", True),
        ("技术工人给落户不", "高级工可以把户籍迁入市区。", False),
        ("涨了多少工资？", "工人听宣讲超过30万人次。", False),
        ("机制扩大以后还是只管欠薪吗？", "机制扩大到工伤争议。", False),
    ],
)
def test_a_thing_that_is_asked_for_is_spoken_of(text: str, told: str, missing: bool) -> None:
    assert without_the_thing(understand(text), told) is missing


@pytest.mark.parametrize(
    ("text", "told", "missing"),
    [
        ("入工会有啥好处", "入会人数超过2万人。", True),
        ("入工会有啥好处", "市总工会给每家工作室补助2万元。", True),
        ("入工会有啥好处", "会员看病可以享受互助保障。", False),
        ("劳模有什么待遇", "技师同级的薪酬待遇等值。劳模工作室节省了600万元。", True),
        ("劳模有什么待遇", "劳模可以免费体检。", False),
        ("考下技师有啥用", "技师听了宣讲。", True),
        ("这个小程序有啥用", "小程序可以查站点。", False),
    ],
)
def test_what_good_it_does_is_named_for_the_one_who_asks(text: str, told: str, missing: bool) -> None:
    assert without_benefit(understand(text), told) is missing


@pytest.mark.parametrize(
    ("text", "told", "missing"),
    [
        ("考技师单位给报销吗", "对新引进的技师发放租房补贴。", True),
        ("考技师单位给报销吗", "首次取得技师证书的，补贴3000元。", False),
        ("技师有租房补贴吗", "对新引进的技师发放租房补贴。", False),
    ],
)
def test_money_for_learning_is_no_other_money(text: str, told: str, missing: bool) -> None:
    assert without_learning(understand(text), told) is missing


def test_what_a_firm_saves_is_nobody_s_pay() -> None:
    assert without_pay(understand("工人能拿多少钱"), "为企业节省了600万元，数字见于2025年3月的报道。")
    assert not without_pay(understand("工人能拿多少钱"), "技师每月津贴500元。")
    assert not without_pay(understand("工厂节省了多少钱"), "为企业节省了600万元。")


@pytest.mark.parametrize(
    ("text", "told", "missing"),
    [
        ("劳务派遣工能参加技能比赛吗", "参加技能比武的有3万人。", True),
        ("劳务派遣工能参加技能比赛吗", "竞赛向劳务派遣职工开放。", False),
        ("小时工算产业工人吗", "全市有产业工人2万人。", True),
        ("职工能参加技能比赛吗", "参加技能比武的有3万人。", False),
    ],
)
def test_what_holds_for_a_sort_of_workers_is_said_of_them(text: str, told: str, missing: bool) -> None:
    assert of_another_sort(understand(text), told) is missing


def test_what_is_of_work_is_never_beside_the_field() -> None:
    assert speaks_of_work(understand("厂里食堂管饭不"))
    assert speaks_of_work(understand("入会有啥好处"))
    assert not speaks_of_work(understand("红烧肉怎么做才好吃？"))


@pytest.mark.parametrize("question", ["遵义工人能涨工资吗", "遵义市送外卖的能进工会吗"])
def test_what_stands_only_near_is_refused(chain: AnswerChain, question: str) -> None:
    assert chain.invoke({"question": question}).refused


def test_what_meets_the_question_comes_before_what_stands_near(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "绵阳的劳模有啥待遇"})
    assert "疗休养" in answer.text and "20个" not in answer.text
