"""The judge: a chance from readings, a threshold for every wanted rate of errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ranking.forest import from_trees
from rag.refusing.judge import Judge, judge

TREE = {
    "split_feature": 0,
    "threshold": 0.5,
    "left_child": {"leaf_value": 1.0},
    "right_child": {"leaf_value": -1.0},
}
SMALL = Judge(from_trees(("against",), [TREE]), 0.0, 2.0, (0.01, 0.05, 0.5), (0.9, 0.4, 0.1))


def test_the_curve_makes_a_chance_of_the_forest_s_score() -> None:
    """The leaf is 1 or -1, the slope 2: 1 / (1 + e^-2) = 0.881 and its rest."""
    assert SMALL.chance({"against": 0.0}) == pytest.approx(0.8808, abs=1e-4)
    assert SMALL.chance({"against": 1.0}) == pytest.approx(0.1192, abs=1e-4)


def test_without_words_there_is_no_chance() -> None:
    assert SMALL.chance({}) == 0.0


def test_between_two_rates_the_threshold_lies_on_a_line() -> None:
    assert SMALL.threshold(0.05) == pytest.approx(0.4)
    assert SMALL.threshold(0.03) == pytest.approx(0.65)


def test_the_shipped_thresholds_fall_as_more_errors_are_allowed() -> None:
    shipped = judge()
    assert list(shipped.rates) == sorted(shipped.rates)
    assert list(shipped.thresholds) == sorted(shipped.thresholds, reverse=True)
    assert {"against", "unmet", "year_missed", "covered"} <= set(shipped.forest.names)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=1), st.integers(0, 10_000))
def test_any_readings_give_a_chance_and_more_against_never_raises_it(values: list[float], at: int) -> None:
    shipped = judge()
    read = {name: values[0] * ((at + number) % 7) / 7 for number, name in enumerate(shipped.forest.names)}
    chance = shipped.chance(read)
    assert 0.0 <= chance <= 1.0
    worse = read | {name: read[name] + 1.0 for name in ("against", "unmet", "year_missed")}
    assert shipped.chance(worse) <= chance + 1e-12
