"""Which phrases of plain speech a question says, and which only seem to stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise import search_form
from rag.lexicon import plain_speech
from rag.phrases import phrases_in


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("老板拖工资还把我炒鱿鱼了", ["老板", "拖工资", "炒鱿鱼"]),
        ("放暑假孩子没人管，工会有办法吗", ["放暑假", "孩子没人管"]),
        ("厂里师傅带徒弟有补贴没", ["师傅带徒弟", "补贴"]),
        ("三级产改怎么搞", ["产改"]),
        ("五险一金谁来交", ["五险一金"]),
    ],
)
def test_phrases_come_in_their_order_and_the_longest_wins(question: str, phrases: list[str]) -> None:
    assert phrases_in(search_form(question)) == phrases


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("购房补贴发多少", "房补"),
        ("要增加薪酬", "加薪"),
        ("打工时多少岁", "工时"),
        ("召开会议的次数", "开会"),
        ("高三百分以上课程", "上课"),
        ("收入会涨吗", "入会"),
        ("参加班组竞赛", "加班"),
        ("改进修订方案", "进修"),
    ],
)
def test_a_phrase_across_words_is_not_said(question: str, never: str) -> None:
    assert never in plain_speech()
    assert never in search_form(question)
    assert never not in phrases_in(search_form(question))


@given(st.text(alphabet=st.sampled_from("加班费工资拖欠师傅带徒弟孩子没人管，。 a1"), max_size=60))
def test_phrases_stand_in_the_text_and_in_the_table(form: str) -> None:
    found = phrases_in(form)
    assert len(set(found)) == len(found)
    assert all(phrase in form and phrase in plain_speech() for phrase in found)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(phrases_in(text), list)
