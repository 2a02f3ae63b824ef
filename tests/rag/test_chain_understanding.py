"""Slips, filters and odd questions through the whole chain, over the shipped sample corpus."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.contract import answer_json
from rag.filters import filters_of
from rag.types import Filter, Slip

ASKED = "白银市2021年有多少个院士专家工作站？"


@pytest.fixture(scope="module")
def chain(sample_library: Library) -> AnswerChain:
    return make_chain(sample_library)


def test_a_slip_is_answered_as_it_was_meant(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "白银市有多少个院士专家工坐站？"})
    assert "24个院士专家工作站" in answer.text
    assert answer.question.slips == (Slip("院士专家工坐站", "院士专家工作站"),)
    assert "工坐站" in answer.question.typed


def test_slips_of_an_earlier_turn_are_mended_too(chain: AnswerChain) -> None:
    history = [{"role": "user", "content": "白银市有多少个院士专家工坐站？"}]
    answer = chain.invoke({"question": "技能大师工作室呢？", "history": history})
    assert "6个技能大师工作室" in answer.text
    assert answer.question.slips == ()


def test_filters_are_told_and_can_be_taken_away(chain: AnswerChain) -> None:
    told = answer_json(chain.invoke({"question": ASKED}))
    assert told["filters"] == [
        {"kind": "place", "value": "白银市"},
        {"kind": "year", "value": "2021"},
        {"kind": "measure", "value": "院士专家工作站"},
    ]
    less = chain.invoke({"question": ASKED, "without": ["年份"]})
    assert filters_of(less.question) == (Filter("place", "白银市"), Filter("measure", "院士专家工作站"))
    assert less.question.text == ASKED
    assert "2021" not in less.question.standalone


def test_a_place_that_nobody_holds_refuses_only_as_long_as_it_is_a_filter(chain: AnswerChain) -> None:
    asked = "火星市有多少个院士专家工作站？"
    assert chain.invoke({"question": asked}).reason == "unknown_place"
    assert chain.invoke({"question": asked, "without": ["火星市"]}).reason != "unknown_place"


def test_the_question_that_a_follow_up_leans_on_is_a_filter_that_can_be_taken_away(chain: AnswerChain) -> None:
    history = [{"role": "user", "content": "白银十届人大代表里产业工人占多大比例？"}]
    leaning = chain.invoke({"question": "比上一届高了多少？", "history": history})
    assert Filter("topic", "白银十届人大代表里产业工人占多大比例？") in filters_of(leaning.question)
    alone = chain.invoke({"question": "比上一届高了多少？", "history": history, "without": ["接着问"]})
    assert alone.question.standalone == "比上一届高了多少？"
    assert filters_of(alone.question) == ()


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300) | st.text(alphabet="工会劳摸白银市2021年补贴？，的\n", max_size=300))
def test_any_text_gets_an_answer_or_a_refusal(chain: AnswerChain, text: str) -> None:
    answer = chain.invoke({"question": text, "without": ["地区", "2021"]})
    assert answer.refused == (not answer.citations)


def test_half_a_character_in_an_earlier_turn_is_no_crash(chain: AnswerChain) -> None:
    earlier = [{"role": "user", "content": "\ud83d"}, {"role": "assistant", "content": "\udc00"}]
    assert chain.invoke({"question": "那宁波呢", "history": earlier}).text
