"""What a question demands must be said where the answer stands: near misses are refused, their twins are answered."""

import pytest

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.types import Answer


@pytest.fixture(scope="session")
def chain(sample_library: Library) -> AnswerChain:
    return make_chain(sample_library)


def ask(chain: AnswerChain, question: str) -> Answer:
    return chain.invoke({"question": question})


@pytest.mark.parametrize(
    ("near_miss", "twin", "expected"),
    [
        ("白银市停办了几个院士专家工作站？", "白银市建成了几个院士专家工作站？", "24个"),
        ("常州的农民工里有多少龙城工匠？", "常州市培育了多少名龙城工匠？", "40名"),
        ("常州市院长级的龙城工匠有谁？院长是谁？", "常州市市级以上劳模工匠创新工作室有多少家？", "259家"),
        ("白银的技能人才每人拿多少补助？", "白银市累计发放了多少培训补贴？", "662万元"),
        ("白银新希望职业技术学院校园有多少平方米？", "白银新希望职业技术学院引进了多少投资？", "13亿元"),
        ("白银一个人能拿多少高温补贴？", "白银市累计发放了多少培训补贴？", "662万元"),
        ("连云港考上技师给多少钱？", "连云港市用于培训补贴的资金有多少？", "4000余万元"),
        ("白银的18个配套文件分别叫什么名字？", "白银市围绕产改制定了多少个配套文件？", "18个"),
    ],
)
def test_a_near_miss_is_refused_and_its_twin_is_answered(
    chain: AnswerChain, near_miss: str, twin: str, expected: str
) -> None:
    assert ask(chain, near_miss).refused
    assert expected in ask(chain, twin).text


def test_a_plan_does_not_answer_what_was_really_done(chain: AnswerChain) -> None:
    assert ask(chain, "上海市已经建成了多少家工匠学院？").refused
    planned = ask(chain, "上海市计划建成多少家工匠学院？")
    assert "100家" in planned.text
    assert "计划" in planned.text


def test_a_district_does_not_answer_for_the_whole_city(chain: AnswerChain) -> None:
    assert ask(chain, "荆门全市的技能人才占比提高到多少？").refused
    assert "58%" in ask(chain, "荆门市掇刀区的技能人才占比提高到多少？").text


def test_an_old_place_that_is_not_held_does_not_follow_the_talk(chain: AnswerChain) -> None:
    history = [{"role": "user", "content": "绵阳有什么做法？"}]
    answer = chain.invoke({"question": "揭榜挂帅的榜额有多少？", "history": history})
    assert answer.question.places == ()
