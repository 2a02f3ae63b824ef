"""Questions that ask several things: told apart, answered in turn, and what stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.parts import separate_questions
from rag.question import understand


@pytest.fixture(scope="module")
def chain(sample_library: Library) -> AnswerChain:
    return make_chain(sample_library)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("天津的高技能人才占比是多少，青岛又有几名工匠？", ["天津的高技能人才占比是多少，", "青岛又有几名工匠？"]),
        ("创新工作室，白银建了多少，蚌埠又有多少？", ["创新工作室，白银建了多少，", "创新工作室，蚌埠又有多少？"]),
        ("包头有多少包头工匠？其中北疆工匠几人？", ["包头有多少包头工匠？", "包头其中北疆工匠几人？"]),
        ("白银和蚌埠各有几家企业？", []),
        ("青岛奖励10万元，对吗？", []),
    ],
)
def test_a_message_is_parted_where_each_part_asks(text: str, parts: list[str]) -> None:
    assert [part.standalone for part in separate_questions(understand(text))] == parts


def test_two_places_in_one_message_are_never_crossed(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "天津2026年初的高技能人才占比是多少，青岛又培育了几名大国工匠？"})
    assert "34.4%" in answer.text and "4名" in answer.text and "35.74%" not in answer.text


def test_what_stays_open_is_listed(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "白银有几个技能大师工作室？白银的地铁有几条线路？"})
    assert "6个技能大师工作室" in answer.text
    assert any("地铁" in part for part in answer.unanswered)


@given(st.text(alphabet="白银蚌埠有几家多少？，。呢的", max_size=120))
def test_any_text_has_few_parts_or_none(text: str) -> None:
    assert len(separate_questions(understand(text))) in {0, 2, 3, 4}
