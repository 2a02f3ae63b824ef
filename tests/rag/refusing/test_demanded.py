"""What a question demands beyond its words: parts of a whole, ordinals, names; worked by hand."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.refusing.demanded import asking_part, names_beside, new_figures, new_share, ordinals, part_missing, part_of


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("蚌埠2023年的77场市级比赛,邮政行业占几场?", "邮政行业"),
        ("首届学历提升班里农民工有多少个?", "农民工"),
        ("常州有多少家工匠学院?", ""),
    ],
)
def test_the_part_of_a_whole(question: str, part: str) -> None:
    assert part_of(question) == part


def test_a_part_is_missing_unless_a_figure_stands_with_it() -> None:
    question = "1036家试点企业里民营的占几家?"
    assert part_missing(question, "试点企业共有1036家,涵盖国有、民营、外资3种所有制。")
    assert not part_missing(question, "试点企业共有1036家,民营企业812家。")
    assert not part_missing("试点企业有多少家?", "试点企业共有1036家。")


def test_another_ordinal_of_the_same_thing_is_no_answer() -> None:
    assert ordinals("第9届大赛", "第8届大赛有10个工种") == (1.0, 1.0)
    assert ordinals("第9届大赛", "大赛有10个工种") == (1.0, 0.0)
    assert ordinals("第1批", "首批授牌5家") == (0.0, 0.0)


def test_new_is_what_the_question_does_not_say() -> None:
    assert new_figures("1036家里有几家", "2022年共有1036家,另有12家") == 1.0
    assert new_share("工匠学院", "工匠学院") == 0.0
    assert new_share("工匠学院", "技能") == 1.0


def test_a_name_beside_the_question() -> None:
    assert names_beside("早餐会请了谁?", "早餐会请了中国联通公司。")
    assert not names_beside("中国联通公司请了谁?", "中国联通公司请了职工。")


def test_only_the_clauses_that_ask_are_held_against_an_answer() -> None:
    story = "我不想停工,儿子是主任,听说有补贴,一年补多少?"
    assert asking_part(story) == "听说有补贴,一年补多少?"
    assert asking_part("常州工匠学院") == "常州工匠学院"


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(question: str, form: str) -> None:
    part_missing(question, form)
    ordinals(question, form)
    assert 0.0 <= new_share(question, form) <= 1.0
    assert set(asking_part(question)) <= set(question)


@pytest.mark.parametrize("hostile", ["里" * 20_000, "1里的" * 8_000, "第1" * 10_000, "区" * 20_000])
def test_long_hostile_text_takes_no_long_time(hostile: str) -> None:
    begun = time.perf_counter()
    part_missing(hostile, hostile)
    ordinals(hostile, hostile)
    asking_part(hostile)
    assert time.perf_counter() - begun < 2.0
