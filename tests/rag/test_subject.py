"""What a question is about is parted from what it asks."""

import pytest

from rag.subject import says_something, subject


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("甲银行的助学活动一共捐了多少钱？", "甲银行的助学活动"),
        ("某某歌舞团是什么时候成立的？", "某某歌舞团"),
        ("常州有几家工匠学院？", "常州工匠学院"),
        ("工会搞了职工运动会，筹了多少钱？", "工会搞了职工运动会"),
        ("常州有多少家？", ""),
        ("门诊一次能开多久的药？", "门诊一次能开的药"),
        ("哪家工厂给灾区送了棉被？", "工厂给灾区送了棉被"),
        ("谁提出先学规矩？", "提出先学规矩"),
    ],
)
def test_the_predicate_that_asks_goes(question: str, about: str) -> None:
    assert subject(question) == about


def test_what_is_only_counted_can_be_left_out() -> None:
    assert subject("常州有几家工匠学院？", counted=False) == ""


@pytest.mark.parametrize(
    ("text", "says"), [("在哪里", False), ("有多少", False), ("帮了多少学生", True), ("一共发了多少", True)]
)
def test_a_bare_way_of_asking_says_nothing(text: str, says: bool) -> None:
    assert says_something(text) == says
