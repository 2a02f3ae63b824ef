"""What is asked at last is read by itself, after a follow-up or a story."""

import pytest

from index.library import Library
from rag.chain import make_chain
from rag.question import understand
from rag.same_document import of_this_turn
from rag.types import Turn

STORY = "我在厂里干了十几年，腰也不好，孩子还在上学，听工友说白银那边建了些工作站，院士和专家会去，我想问院士专家工作站有多少个？"


def test_a_follow_up_asks_what_this_turn_says_in_the_same_places() -> None:
    own = of_this_turn(understand("一共帮了多少学生？", [Turn("user", "常州有家公司办的助学活动捐了多少钱？")]))
    assert own is not None and own.standalone == "一共帮了多少学生？" and own.places == ("常州市",)


def test_the_end_of_a_long_story_is_read_by_itself(sample_library: Library) -> None:
    own = of_this_turn(understand(STORY))
    assert own is not None and own.standalone == "我想问院士专家工作站有多少个？" and own.places == ("白银市",)
    assert "24个院士专家工作站" in make_chain(sample_library).invoke({"question": STORY}).text


@pytest.mark.parametrize("text", ["白银有多少个院士专家工作站？", "我在厂里干了十几年，腰也不好。"])
def test_a_plain_question_is_read_whole(text: str) -> None:
    assert of_this_turn(understand(text)) is None


def test_a_turn_that_asks_nothing_itself_leans_on_the_last_one() -> None:
    assert of_this_turn(understand("平均到每个县呢？", [Turn("user", "盐城有多少个试点集群？")])) is None
