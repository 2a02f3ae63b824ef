"""What a long message asks at last is told from the story before it."""

import pytest

from rag.parts import by_clause, separate_questions
from rag.question import understand
from rag.story import end_of_story, is_story, last_asked

STORY = "我在盐城摆摊修车十来年，手艺都是自己摸出来的，跑了几趟窗口也没问清楚，好几个老伙计都说难办，"


@pytest.mark.parametrize(
    ("end", "asked"),
    [
        ("我就想问一句，没有文凭的能不能考技师？", "没有文凭的能不能考技师？"),
        ("我好奇这个证书全名叫什么？", "这个证书全名叫什么？"),
        ("我要拿多少分才算过关？", "我要拿多少分才算过关？"),
        ("我们这种小摊子到底让不让摆呢？", "我们这种小摊子到底让不让摆呢？"),
    ],
)
def test_the_end_is_told_without_that_one_wonders(end: str, asked: str) -> None:
    assert is_story(STORY + end) and end_of_story(STORY + end) == asked


def test_what_a_story_counts_makes_its_question_no_figure() -> None:
    assert understand(STORY + "请问那个证书全名叫什么？").kind == "entity"
    assert understand(STORY + "请问这个津贴一个月发多少元？").kind == "figure"


def test_a_short_question_is_asked_whole() -> None:
    assert last_asked("我想问盐城有几家工匠学院？") == "我想问盐城有几家工匠学院？"


def test_days_ago_ask_nothing() -> None:
    assert last_asked(STORY + "前几天有人来登记，是哪个单位的？") == "是哪个单位的？"


def test_a_story_with_one_question_mark_is_one_question() -> None:
    told = "我在盐城修车，谁也说不清补贴发多少。跑了几趟窗口，排队排了半天。后来又换了一家单位上班，请问证书找谁领？"
    question = understand(told)
    assert is_story(told) and not separate_questions(question)
    assert by_clause(question, lambda each: pytest.fail(each.standalone)) is None
