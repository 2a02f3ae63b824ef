"""Where a text names measures: the longest name, none in a phrase that is not it, and no text that breaks it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.measures import measures
from index.measures.naming import names_any, namings, unquoted, without_names
from index.normalise import normalise, search_form


def named(text: str) -> list[str]:
    return [one.measure.name for one in namings(search_form(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成工匠学院31家、产业学院8家", ["工匠学院", "产业学院"]),
        ("推行企业新型学徒制", ["企业新型学徒制"]),
        ("开展能级工资集体协商", ["能级工资集体协商"]),
        ("开展工资集体协商", ["工资集体协商"]),
        ("红烧肉很好吃", []),
    ],
)
def test_the_longest_name_counts(text: str, expected: list[str]) -> None:
    assert named(text) == expected
    assert names_any(search_form(text)) is bool(expected)


@pytest.mark.parametrize(
    ("text", "name"),
    [("建成工匠学院", "工匠学院"), ("给大家送上一份清凉", "送*清凉"), ("高技能人才631人", "高技能人才#人")],
)
def test_a_naming_says_which_name_it_was(text: str, name: str) -> None:
    assert [one.name for one in namings(search_form(text))] == [name]


def test_quotation_marks_within_a_name_do_not_hide_it() -> None:
    form = normalise("试点“能级工资”集体协商。")
    plain = unquoted(form)
    assert [one.measure.name for one in namings(plain.text)] == ["能级工资集体协商"]
    assert names_any(form.text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)


def test_names_are_blanked_out_at_their_length() -> None:
    form = "全市有工匠学院3家"
    assert without_names(form) == "全市有    3家"


@given(st.text(st.sampled_from("工匠学院产业技能竞赛大师工作室，。“”3家 a"), max_size=60))
def test_what_is_named_stands_there_in_order(form: str) -> None:
    found = namings(form)
    assert all(one.name in (*one.measure.aliases, *one.measure.patterns) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    # What a name with a gap spans (技能3大赛) may hold another name; one without stands there as it is, and none in another.
    plain = [one for one in found if "*" not in one.name and "#" not in one.name]
    assert all(form[one.start : one.end] == one.name for one in plain)
    ends = [one.end for one in plain]
    assert ends == sorted(set(ends))
    assert not found or names_any(form)


def test_every_alias_is_found_alone() -> None:
    for measure in measures():
        for alias in measure.aliases:
            assert names_any(f"甲{alias}乙"), alias


def test_a_long_text_takes_about_linear_time() -> None:
    text = "职业技能" * 20_000
    began = time.process_time()
    namings(text)
    assert time.process_time() - began < 2
