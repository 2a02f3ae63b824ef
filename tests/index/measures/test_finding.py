"""Finding names: the automaton before the patterns loses no name and invents none."""

from hypothesis import given
from hypothesis import strategies as st

from index.measures.finding import NameFinder, pattern_of

NAMES = ("夜校", "工人夜校", "送*茶", "办#期*课", "#家*食堂", "茶", "课堂里")
FINDER = NameFinder(NAMES)


def test_of_names_that_begin_at_one_place_the_longest_is_found_and_those_within_it_too() -> None:
    form = "工人夜校开门"
    assert [form[start:end] for start, end in FINDER.all_in(form)] == ["工人夜校", "夜校"]


def test_a_name_with_a_gap_is_found_only_within_its_clause() -> None:
    assert FINDER.is_in("送一壶热茶") and list(NameFinder(["送*茶"]).all_in("送报，喝茶")) == []


def test_a_name_that_begins_with_a_number_is_found_from_each_of_its_digits() -> None:
    form = "已有12家社区食堂"
    assert [form[start:end] for start, end in FINDER.all_in(form)] == ["12家社区食堂", "2家社区食堂"]


def test_half_of_a_surrogate_pair_hides_no_name() -> None:
    assert FINDER.is_in("\ud83d办起夜校") and not FINDER.is_in("\ud83d办起学校")


def test_without_names_nothing_is_found() -> None:
    assert not NameFinder([]).is_in("工人夜校")


@given(st.text(st.sampled_from("工人夜校送茶办期课堂里家食3， \ud83d"), max_size=40))
def test_a_name_begins_exactly_where_the_pattern_of_one_matches(form: str) -> None:
    expected = [at for at in range(len(form)) if any(pattern_of(name).match(form, at) for name in NAMES)]
    assert [start for start, _ in FINDER.all_in(form)] == expected
    assert FINDER.is_in(form) == bool(expected)
