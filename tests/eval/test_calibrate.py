"""The fit of the confidence, against what can be worked out by hand."""

import math

import numpy as np
import pytest

from eval.calibrate import Row, fit, report
from rag.refuse import WEIGHTS, Readings


def test_the_fit_finds_the_odds_of_a_group() -> None:
    """Three of four are right where the reading is 1, one of four where it is 0: logits are ln 3 and -ln 3."""
    values = np.array([[1.0]] * 4 + [[0.0]] * 4)
    right = np.array([1.0, 1, 1, 0, 1, 0, 0, 0])
    bias, weight = fit(values, right, np.ones(8))
    assert bias == pytest.approx(-math.log(3), abs=0.05)
    assert bias + weight == pytest.approx(math.log(3), abs=0.05)


def test_a_row_that_counts_twice_is_two_rows() -> None:
    values, right = np.array([[1.0], [0.0], [1.0]]), np.array([1.0, 0.0, 0.0])
    doubled = fit(np.vstack([values, values[:1]]), np.append(right, right[0]), np.ones(4) * 3 / 4 * 4 / 3)
    weighed = fit(values, right, np.array([2.0, 1.0, 1.0]) * 3 / 4)
    assert doubled == pytest.approx(weighed, abs=0.02)


def test_the_report_names_every_weight_of_the_refusal() -> None:
    good, bad = Readings(covered=0.9, spoken=0.9, lost=0.0), Readings(covered=0.2, lost=0.9)
    lines = report([Row(good, True, True, False), Row(bad, False, False, False)] * 20)
    assert [line.split(":")[0] for line in lines[1 : len(WEIGHTS) + 1]] == list(WEIGHTS)
    assert any("可答而被拒 0/20" in line and "该拒的拒了 20/20" in line for line in lines)
