"""Measures of refusing against what can be worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.trust.measures import auroc, bootstrapped, refused_at, risk_coverage, thresholds


def test_the_area_counts_pairs_and_ties_half() -> None:
    """Of the pairs (.9,.1) (.9,.5) (.5,.1) (.5,.5) three are right and one is a tie: 3.5 of 4."""
    assert auroc(np.array([0.9, 0.5]), np.array([0.1, 0.5])) == pytest.approx(3.5 / 4)
    assert math.isnan(auroc(np.array([]), np.array([0.1])))


def test_refused_while_so_many_are_wrongly_refused() -> None:
    answered = np.linspace(0.5, 1.0, 100)
    assert refused_at(answered, np.array([0.1, 0.6]), 0.0) == 0.5
    assert refused_at(answered, np.array([0.1, 0.6]), 0.3) == 1.0


def test_an_interval_holds_its_value() -> None:
    found = bootstrapped(auroc, np.array([0.9, 0.5, 0.8]), np.array([0.1, 0.6]))
    assert found.low <= found.value <= found.high
    assert str(found).startswith("0.833 [")


def test_a_conformal_threshold_by_hand() -> None:
    """Of 19 chances 5 % may pass: floor(.05 · 20) - 1 = 0 of them, so the threshold lies just above the highest."""
    unanswered = np.arange(1, 20) / 100
    few, tenth, half = thresholds(unanswered, (0.05, 0.1, 0.5))
    assert (unanswered >= few).sum() == 0
    assert few == pytest.approx(0.19)
    assert (unanswered >= tenth).sum() == 1
    assert (unanswered >= half).sum() == 9


def test_with_too_few_questions_nothing_is_answered() -> None:
    assert thresholds(np.array([0.2, 0.3]), (0.05,)) == [1.0]


def test_a_new_question_passes_no_oftener_than_wanted() -> None:
    chance = np.random.default_rng(3)
    passed = []
    for _ in range(400):
        drawn = chance.random(60)
        passed.append(float(drawn[0] >= thresholds(drawn[1:], (0.1,))[0]))
    assert np.mean(passed) <= 0.1 + 3 * math.sqrt(0.1 * 0.9 / 400)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_thresholds_fall_as_the_rate_rises(chances: list[float]) -> None:
    found = thresholds(np.array(chances), (0.05, 0.2, 0.5))
    assert found == sorted(found, reverse=True)


def test_risk_and_coverage_by_hand() -> None:
    """Sorted: right .9, wrong .8 and right .8 together, wrong .1."""
    points = risk_coverage(np.array([0.8, 0.9, 0.1, 0.8]), np.array([False, True, False, True]))
    assert points == [(0.9, 0.25, 0.0), (0.8, 0.75, pytest.approx(1 / 3)), (0.1, 1.0, 0.5)]
