"""What is asked at last is read by itself, after a follow-up or a story."""

import pytest

from index.library import Library
from rag.chain import make_chain
from rag.question import understand
from rag.same_document import of_this_turn, whole_is_better
from rag.types import Turn

STORY = "我在厂里干了十几年，腰也不好，孩子还在上学，听工友说白银那边建了些工作站，院士和专家会去，我想问院士专家工作站有多少个？"


def test_a_follow_up_asks_what_this_turn_says_in_the_same_places() -> None:
    own = of_this_turn(understand("一共帮了多少学生？", [Turn("user", "常州有家公司办的助学活动捐了多少钱？")]))
    assert own is not None and own.standalone == "一共帮了多少学生？" and own.places == ("常州市",)


def test_the_end_of_a_long_story_is_read_by_itself(sample_library: Library) -> None:
    own = of_this_turn(understand(STORY))
    assert own is not None and own.standalone == "院士专家工作站有多少个？" and own.places == ("白银市",)
    assert "24个院士专家工作站" in make_chain(sample_library).invoke({"question": STORY}).text


@pytest.mark.parametrize("text", ["白银有多少个院士专家工作站？", "我在厂里干了十几年，腰也不好。"])
def test_a_plain_question_is_read_whole(text: str) -> None:
    assert of_this_turn(understand(text)) is None


def test_a_turn_that_asks_nothing_itself_leans_on_the_last_one() -> None:
    assert of_this_turn(understand("平均到每个县呢？", [Turn("user", "盐城有多少个试点集群？")])) is None


def test_what_a_speaker_says_of_himself_is_left_out() -> None:
    own = of_this_turn(understand("我在白银跑运输，驿站里几点开门？"))
    assert own is not None and own.standalone == "驿站里几点开门？" and own.places == ("白银市",)


def test_who_is_pointed_at_is_what_the_speaker_does() -> None:
    own = of_this_turn(understand("我是开货车的，工会送清凉有没有算上我们这号人？"))
    assert own is not None and "开货车的人" in own.standalone


def test_a_clause_that_asks_itself_is_kept() -> None:
    assert of_this_turn(understand("我在哪里报名，学费多少钱一期？")) is None


@pytest.mark.parametrize(
    ("whole", "own", "better"), [(0.95, 0.8, True), (0.1, 0.8, True), (0.8, 0.7, False), (0.4, 0.6, False)]
)
def test_the_whole_of_a_short_message_is_better_when_sure_or_when_a_condition_was_left_out(
    whole: float, own: float, better: bool
) -> None:
    assert whole_is_better(understand("我在工地绑钢筋的，这里一天能拿多少钱？"), whole, own) is better


def test_what_the_end_of_a_story_points_at_is_called_by_its_name() -> None:
    story = "我们常州这边下了班没处去，孩子来了也没地方待，听工友讲县城里有个文化宫，能打球能看书，不晓得多不多，全市这种宫一共有几家？"
    own = of_this_turn(understand(story))
    assert own is not None and "全市文化宫一共有几家" in own.standalone


@pytest.mark.parametrize(("whole", "own", "better"), [(0.7, 0.45, True), (0.4, 0.5, False)])
def test_an_unsure_end_of_a_story_gives_way_to_a_surer_whole(whole: float, own: float, better: bool) -> None:
    assert whole_is_better(understand(STORY), whole, own) is better
