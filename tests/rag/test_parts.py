"""Questions that ask several things: told apart, answered in turn, and what stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from index.normalise import search_form
from rag.chain import AnswerChain, make_chain
from rag.parts import open_parts, separate_questions
from rag.question import understand


@pytest.fixture(scope="module")
def chain(sample_library: Library) -> AnswerChain:
    return make_chain(sample_library)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("天津的高技能人才占比是多少，青岛又有几名工匠？", ["天津的高技能人才占比是多少，", "青岛又有几名工匠？"]),
        ("创新工作室，白银建了多少，蚌埠又有多少？", ["创新工作室，白银建了多少，", "创新工作室，蚌埠又有多少？"]),
        ("包头有多少包头工匠？其中北疆工匠几人？", ["包头有多少包头工匠？", "包头包头工匠，其中北疆工匠几人？"]),
        (
            "包头的工作室补多少钱，另外包头工匠有几个人",
            ["包头的工作室补多少钱，", "包头工匠有几个人"],
        ),
        ("常州有几家工匠学院，再问一下职工学堂呢有几家", ["常州有几家工匠学院，", "常州职工学堂呢有几家"]),
        ("哪些城市建了工匠学院？各几家？", []),
        ("白银和蚌埠各有几家企业？", []),
        ("青岛奖励10万元，对吗？", []),
    ],
)
def test_a_message_is_parted_where_each_part_asks(text: str, parts: list[str]) -> None:
    assert [part.standalone for part in separate_questions(understand(text))] == parts


def test_two_places_in_one_message_are_never_crossed(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "天津2026年初的高技能人才占比是多少，青岛又培育了几名大国工匠？"})
    assert "34.4%" in answer.text and "4名" in answer.text and "35.74%" not in answer.text


def test_both_questions_of_a_message_are_answered(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "天津有多少技能人才，另外高技能人才有多少？"})
    assert "273万" in answer.text and "95万" in answer.text
    assert answer.unanswered == ()


def test_a_table_is_asked_for_by_two_sentences_too(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "哪些城市建了工匠学院？各几家？"})
    assert answer.table is not None and len(answer.table.rows) > 3


def test_what_stays_open_is_listed(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "白银有几个技能大师工作室？白银的地铁有几条线路？"})
    assert "6个技能大师工作室" in answer.text
    assert any("地铁" in part for part in answer.unanswered)


def test_how_many_stays_open_where_no_figure_is_told(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "改革方案是哪年发的，多少条举措"})
    assert "2017年" in answer.text
    assert "25条" in answer.text or "多少条举措" in answer.unanswered


@given(st.text(alphabet="白银蚌埠有几家多少？，。呢的", max_size=120))
def test_any_text_has_few_parts_or_none(text: str) -> None:
    assert len(separate_questions(understand(text))) in {0, 2, 3, 4}


def test_one_figure_is_no_answer_to_two_questions(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "天津有多少技能人才，高技能人才几个？"})
    assert "273万" in answer.text and answer.text.count("万人") == 2


@pytest.mark.parametrize(
    ("question", "told", "left"),
    [
        ("联席会议列了几个项目，完成了吗？", "联席会议列出10个项目。", ("完成了吗",)),
        ("联席会议列了几个项目，完成了吗？", "联席会议列出的10个项目全部完成。", ()),
        ("革新做成了，工会能给支持吗，给多少？", "对革新成果给20万元支持。", ()),
    ],
)
def test_a_yes_or_no_is_open_where_nothing_is_said_of_it(
    sample_library: Library, question: str, told: str, left: tuple[str, ...]
) -> None:
    assert open_parts(understand(question), search_form(told), sample_library) == left
