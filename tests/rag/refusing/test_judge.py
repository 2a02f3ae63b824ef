"""The judge: a chance from readings, a threshold for every wanted rate of errors."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.refusing.judge import MOST_SPREADS, Judge, judge, load

SMALL = Judge(
    names=("against", "covered"),
    means=np.array([0.5, 0.0]),
    spreads=np.array([0.5, 1.0]),
    weights=np.array([-2.0, 0.5]),
    bias=0.0,
    rates=(0.01, 0.05, 0.5),
    thresholds=(0.9, 0.4, 0.1),
)


def test_the_curve_makes_a_chance_of_the_readings() -> None:
    """One spread to either side of its mean, the weight -2: 1 / (1 + e^-2) = 0.881 and its rest."""
    assert SMALL.chance({"against": 0.0, "covered": 0.0}) == pytest.approx(0.8808, abs=1e-4)
    assert SMALL.chance({"against": 1.0, "covered": 0.0}) == pytest.approx(0.1192, abs=1e-4)


def test_a_reading_far_off_counts_no_more_than_the_farthest_that_was_learned_from() -> None:
    far, farther = ({"against": 0.5, "covered": MOST_SPREADS * times} for times in (1, 100))
    assert SMALL.chance(far) == SMALL.chance(farther)


@pytest.mark.parametrize("lacking", ["unmet", "year_missed"])
def test_what_is_not_met_holds_a_chance_back(lacking: str) -> None:
    read = {"against": 0.0, "covered": 0.0}
    assert SMALL.chance(read | {lacking: 1.0}) == pytest.approx(0.3 * SMALL.chance(read))


def test_a_file_without_readings_is_no_judge(tmp_path: Path) -> None:
    path = tmp_path / "refusal.json"
    path.write_text('{"bias": 0.1, "thresholds": [[0.05, 0.4]]}', encoding="utf-8")
    with pytest.raises(ValueError, match="refusal"):
        load(path)


def test_without_words_there_is_no_chance() -> None:
    assert SMALL.chance({}) == 0.0


def test_between_two_rates_the_threshold_lies_on_a_line() -> None:
    assert SMALL.threshold(0.05) == pytest.approx(0.4)
    assert SMALL.threshold(0.03) == pytest.approx(0.65)


def test_the_shipped_thresholds_fall_as_more_errors_are_allowed() -> None:
    shipped = judge()
    assert list(shipped.rates) == sorted(shipped.rates)
    assert list(shipped.thresholds) == sorted(shipped.thresholds, reverse=True)
    assert {"against", "unmet", "year_missed", "covered"} <= set(shipped.names)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=1), st.integers(0, 10_000))
def test_any_readings_give_a_chance_and_more_against_never_raises_it(values: list[float], at: int) -> None:
    shipped = judge()
    read = {name: values[0] * ((at + number) % 7) / 7 for number, name in enumerate(shipped.names)}
    chance = shipped.chance(read)
    assert 0.0 <= chance <= 1.0
    worse = read | {name: read[name] + 1.0 for name in ("against", "unmet", "year_missed", "figure_lacking")}
    assert shipped.chance(worse) <= chance + 1e-12
