"""Filters: which a question has, and what is left of it without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.filters import filters_of, measures_in, understood_lines, without_places_and_years
from rag.question import understand
from rag.types import Filter, Question, Slip, Turn


def test_places_years_and_measures_are_filters() -> None:
    question = understand("江苏省盐城市2022年有多少家工匠学院？")
    assert filters_of(question) == (Filter("place", "盐城市"), Filter("year", "2022"), Filter("measure", "工匠学院"))


def test_a_place_that_nobody_knows_is_a_filter_too() -> None:
    assert Filter("place", "火星市") in filters_of(understand("火星市有哪些做法？"))


@pytest.mark.parametrize(
    ("question", "without", "left"),
    [
        ("白银市2021年有几家工匠学院？", ["2021"], "白银市有几家工匠学院？"),
        ("白银市2021年有几家工匠学院？", ["年份"], "白银市有几家工匠学院？"),
        ("白银市2021年有几家工匠学院？", ["year", "地区"], "有几家工匠学院？"),
        ("白银的劳模有多少", ["白银市"], "劳模有多少"),
        ("白銀的勞模有多少", ["白银市"], "勞模有多少"),
        ("２０２１年10月，蚌埠办了什么班", ["2021"], "蚌埠办了什么班"),
        ("到2021年底，全市有几家", ["2021"], "到，全市有几家"),
        ("常州和盐城哪个多", ["常州市"], "和盐城哪个多"),
        ("火星市有哪些做法", ["火星市"], "有哪些做法"),
        ("奖励2000元，2000家企业", ["年份", "2000"], "奖励2000元，2000家企业"),
        ("白银市有几家", ["盐城市"], "白银市有几家"),
        ("白银市", ["地区"], "白银市"),
    ],
)
def test_what_is_left_of_a_question(question: str, without: list[str], left: str) -> None:
    assert without_places_and_years(question, without) == left


def test_a_filter_that_was_taken_away_is_none_of_the_question() -> None:
    question = understand("白银市2021年有几家工匠学院？", without=["白银市", "年份"])
    assert filters_of(question) == (Filter("measure", "工匠学院"),)
    assert (question.places, question.years, question.standalone) == ((), (), "有几家工匠学院？")
    assert question.text == "白银市2021年有几家工匠学院？"
    assert question.without == ("白银市", "年份")


def test_a_place_that_was_chosen_beside_the_question_can_be_taken_away() -> None:
    assert understand("有几家工匠学院？", place="常州", without=["常州市"]).places == ()


def test_a_question_of_nothing_but_its_place_is_asked_of_every_place() -> None:
    question = understand("白银市", without=["地区"])
    assert (question.places, question.standalone) == ((), "白银市")


def test_without_a_measure_only_its_own_words_count() -> None:
    asked = "职业技能等级认定怎么办"
    with_it, less_it = understand(asked), understand(asked, without=["举措"])
    assert with_it.measures == ("职业技能等级认定",)
    assert any(term.alternatives for term in with_it.terms if term.text == asked[:8])
    assert less_it.measures == ()
    assert not any(term.alternatives for term in less_it.terms if term.text == asked[:8])
    assert less_it.standalone == asked


def test_the_longest_name_of_a_measure_is_meant() -> None:
    assert [measure.name for measure in measures_in("企业新型学徒制和揭榜挂帅")] == ["企业新型学徒制", "揭榜挂帅"]


def test_a_follow_up_can_do_without_what_it_carried_over() -> None:
    history = [Turn("user", "白银市有几家工匠学院？")]
    assert understand("那产业学院呢？", history).places == ("白银市",)
    assert understand("那产业学院呢？", history, without=["地区"]).places == ()


def test_a_terminal_is_told_what_was_mended_and_left_out() -> None:
    asked = Question("", "", "", "other", slips=(Slip("劳摸", "劳模"), Slip("工汇", "工会")), without=("年份",))
    assert understood_lines(asked) == ["已按“劳模”、“工会”查找。", "已不限：年份。"]
    assert understood_lines(Question("", "", "", "other")) == []


@given(st.text(alphabet=st.sampled_from("白银市盐城常州江苏省2021年10月底，的和 有几家？火星"), max_size=40))
def test_without_every_place_and_year_none_is_left(text: str) -> None:
    question = understand(text, without=["地区", "年份"])
    assert question.places == ()
    assert {*question.standalone} <= {*text}
    only = [each for each in filters_of(question) if each.kind != "measure"]
    # What stood around a filter may make another of itself, but a question of filters alone stays as it was.
    assert len(only) <= 2 or question.standalone == text.strip()


@given(st.text(max_size=120), st.lists(st.text(max_size=8), max_size=4))
def test_any_text_can_do_without_anything(text: str, without: list[str]) -> None:
    assert isinstance(without_places_and_years(text, without), str)
