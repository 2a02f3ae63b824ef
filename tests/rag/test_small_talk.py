"""Talk with the program itself: it is met in kind, and no question is taken for it."""

import pytest

from rag.question import understand
from rag.small_talk import ABOUT, GOODBYE, GREETING, HEARD, REACH, THANKS, small_talk, wants_no_more
from rag.types import Turn


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("您好！", GREETING),
        (" Hello ", GREETING),
        ("在不", GREETING),
        ("师傅你好", GREETING),
        ("谢谢", THANKS),
        ("知道了，多谢啦！", THANKS),
        ("嗯嗯", HEARD),
        ("谢谢您，再见", GOODBYE),
        ("你能干啥", ABOUT),
        ("你好，请问你能回答什么问题？", ABOUT),
        ("有啥可以问的", ABOUT),
        ("你是机器人吗", ABOUT),
        ("这个咋用啊", ABOUT),
        ("你们电话多少", REACH),
        ("怎么投诉你们", REACH),
        ("转人工", REACH),
    ],
)
def test_talk_is_met_in_kind(text: str, told: str) -> None:
    assert small_talk(understand(text)) == told


@pytest.mark.parametrize(
    "text",
    [
        "你好，绵阳市有多少家工匠学院？",
        "谢谢你告诉我绵阳有几所工匠学院",
        "工会你好不好进",
        "有啥好处",
        "能报销吗",
        "你们有什么培训",
        "工会是干什么的",
        "工会电话多少",
    ],
)
def test_a_question_is_no_talk(text: str) -> None:
    assert not small_talk(understand(text))


def test_in_a_talk_a_pointer_asks_about_what_was_spoken_of() -> None:
    earlier = [Turn("user", "绵阳市建了产业学院吗？"), Turn("assistant", "建了3家。")]
    assert not small_talk(understand("这是干什么的", earlier))
    assert small_talk(understand("谢谢", earlier)) == THANKS


def test_thanks_are_offered_no_further_questions() -> None:
    assert wants_no_more(understand("好的谢谢"))
    assert not wants_no_more(understand("你好"))


@pytest.mark.parametrize("text", ["哦" * 40, "你好" * 20, "这里" * 19 + "几", "谢谢你" * 13 + "几"])
def test_a_long_row_of_the_same_words_takes_no_time(text: str) -> None:
    small_talk(understand(text))
