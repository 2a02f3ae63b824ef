"""Intervals and tests: on hand-worked cases, against enumeration, and the same every time."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.estimate import Estimate
from eval.statistics import SUMS, columns, difference, estimate, risk_curve, wilson

SHARES = st.lists(st.tuples(st.integers(0, 3), st.integers(3, 5)), min_size=1, max_size=12)


def value(how: str, rows: list[tuple[float, float]]) -> float:
    return float(SUMS[how](columns(rows), np.ones((1, len(rows))))[0])  # type: ignore[index]


def test_nothing_to_count_is_no_estimate() -> None:
    assert estimate("share", []) == estimate("share", [None, None]) == Estimate(None, None, None, 0)


def test_a_share_of_sums_is_not_a_mean_of_shares() -> None:
    found = estimate("share", [(1, 1), (0, 3), None])
    assert (found.value, found.of) == (0.25, 2)


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    found = estimate("share", [(1, 1)] * 60 + [(0, 1)] * 40)
    assert found.low is not None and found.high is not None
    # 1.96 standard errors of 0.6 over 100 questions are 0.096.
    assert found.low == pytest.approx(0.504, abs=0.015)
    assert found.high == pytest.approx(0.696, abs=0.015)


def test_a_perfect_score_claims_no_certainty_and_a_worse_one_no_better_bound() -> None:
    found = estimate("share", [(1, 1)] * 10)
    # Wilson for 10 of 10: 10 / (10 + 1.96²).
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(10 / (10 + 1.959964**2), abs=1e-6)
    nothing = estimate("share", [(0, 1)] * 10)
    assert (nothing.value, nothing.low) == (0.0, 0.0)
    assert nothing.high == pytest.approx(1 - 10 / (10 + 1.959964**2), abs=1e-6)
    lows = [estimate("share", [(1, 1)] * (30 - missed) + [(0, 1)] * missed).low or 0.0 for missed in range(6)]
    assert lows == sorted(lows, reverse=True)


def test_the_interval_of_wilson_on_a_published_case() -> None:
    # 81 of 263 (Newcombe 1998, table I): 0.2553 to 0.3662.
    low, high = wilson(81 / 263, 263)
    assert (low, high) == (pytest.approx(0.2553, abs=1e-4), pytest.approx(0.3662, abs=1e-4))


def test_one_question_tells_no_interval_unless_it_is_a_plain_yes_or_no() -> None:
    assert estimate("share", [(1, 2)]) == Estimate(0.5, None, None, 1)
    assert estimate("median", [(7.0, 1.0)]) == Estimate(7.0, None, None, 1)
    assert (estimate("share", [(1, 1)]).low or 1) < 0.3


@given(SHARES)
def test_an_interval_holds_its_value_and_is_the_same_every_time(rows: list[tuple[int, int]]) -> None:
    readings = [(float(min(met, of)), float(of)) for met, of in rows]
    found = estimate("share", readings)
    assert found == estimate("share", readings)
    if found.low is not None and found.value is not None and found.high is not None:
        assert 0 <= found.low <= found.value + 1e-9 and found.value - 1e-9 <= found.high <= 1
    else:
        assert len(rows) == 1


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_quantiles_are_by_nearest_rank(numbers: list[int]) -> None:
    rows = [(float(number), 1.0) for number in numbers]
    ordered = sorted(numbers)
    for how, share in (("p50", 0.50), ("p95", 0.95), ("p99", 0.99)):
        at = next(rank for rank in range(1, len(ordered) + 1) if rank >= share * len(ordered) - 1e-9)
        assert value(how, rows) == ordered[at - 1]
    assert value("median", rows) == float(np.median(numbers))
    assert value("max", rows) == max(numbers)


def test_the_area_under_a_worked_risk_coverage_curve() -> None:
    rows = [(0.9, 0.0), (0.8, 1.0), (0.8, 0.0), (0.1, 1.0)]
    assert risk_curve(rows) == ((0.25, 0.0, 0.9), (0.75, pytest.approx(1 / 3), 0.8), (1.0, 0.5, 0.1))
    # The questions lie at risks 0, 1/3, 1/3 and 1/2, whichever of the two equals stands first.
    assert value("risk", rows) == pytest.approx((0 + 1 / 3 + 1 / 3 + 1 / 2) / 4)
    assert value("risk", rows) == value("risk", [rows[2], rows[0], rows[1], rows[3]])


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from([0.0, 1.0])), min_size=1, max_size=15))
def test_the_area_is_the_mean_risk_of_the_curve_over_the_questions(rows: list[tuple[float, float]]) -> None:
    risk_at = {threshold: risk for _, risk, threshold in risk_curve(rows)}
    assert value("risk", rows) == pytest.approx(sum(risk_at[sure] for sure, _ in rows) / len(rows))


def test_a_confident_system_that_knows_when_it_is_wrong_has_less_risk() -> None:
    knowing = [(1 - at / 10, float(at >= 6)) for at in range(10)]
    blind = [(1 - at / 10, float(at < 4)) for at in range(10)]
    assert value("risk", knowing) < value("risk", blind)


def test_the_p_of_a_comparison_is_that_of_all_swaps() -> None:
    before = [(0.0, 1.0)] * 6 + [(1.0, 1.0)] * 2
    after = [(1.0, 1.0)] * 6 + [(1.0, 1.0)] * 2
    found = difference("share", before, after)
    assert found is not None
    assert (found.before, found.after, found.value, found.of) == (0.25, 1.0, 0.75, 8)
    # Of the 64 ways to swap the six questions that differ, two are as far apart: none and all.
    extreme = sum(abs(sum(signs)) >= 6 for signs in product((-1, 1), repeat=6))
    assert found.p == pytest.approx(extreme / 64, abs=0.012)


def test_the_same_run_twice_does_not_differ() -> None:
    rows = [(1.0, 2.0), None, (0.0, 1.0), (2.0, 2.0)]
    found = difference("share", rows, rows)
    assert found is not None
    assert (found.value, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


def test_a_pair_is_drawn_together() -> None:
    # Each question gains exactly 0.1 however hard it is, so the paired interval has no width.
    before = [(at / 20, 1.0) for at in range(10)]
    after = [(at / 20 + 0.1, 1.0) for at in range(10)]
    found = difference("share", before, after)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(0.1), pytest.approx(0.1))
    assert found.p < 0.01


def test_a_measure_that_one_run_lacks_has_no_difference() -> None:
    assert difference("share", [None, None], [(1.0, 1.0), None]) is None
