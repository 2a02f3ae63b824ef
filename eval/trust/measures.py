"""Measures of refusing: how well a confidence parts answerable questions from the others, and thresholds that keep a rate."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Valued:
    """A measure with the 95 % percentile interval of a bootstrap over questions."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}–{self.high:.3f}]"


def auroc(answered: Numbers, refused: Numbers) -> float:
    """The chance that an answerable question has the higher confidence, ties counting half; nan when a side is empty.

    Hanley and McNeil, "The meaning and use of the area under a ROC curve" (1982).
    """
    if not len(answered) or not len(refused):
        return math.nan
    order = np.sort(refused)
    below = np.searchsorted(order, answered, side="left")
    same = np.searchsorted(order, answered, side="right") - below
    return float((below + 0.5 * same).mean() / len(refused))


def refused_at(answered: Numbers, refused: Numbers, rate: float) -> float:
    """The share of unanswerable questions below the threshold that refuses at most `rate` of the answerable ones."""
    if not len(answered) or not len(refused):
        return math.nan
    allowed = math.floor(rate * len(answered))
    threshold = np.sort(answered)[allowed]
    return float((refused < threshold).mean())


def bootstrapped(measure: Callable[[Numbers, Numbers], float], answered: Numbers, refused: Numbers) -> Valued:
    """A measure of both sides with its interval; both sides are resampled."""
    chance = np.random.default_rng(0)
    drawn = [
        measure(chance.choice(answered, len(answered)), chance.choice(refused, len(refused))) for _ in range(RESAMPLES)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Valued(measure(answered, refused), float(low), float(high))


def thresholds(unanswered: Numbers, rates: Sequence[float]) -> list[float]:
    """For each rate the least threshold that so large a share of new unanswerable questions passes at most.

    Split conformal prediction (Vovk, Gammerman and Shafer, 2005): of n exchangeable calibration questions without an
    answer at most floor(rate · (n + 1)) - 1 may reach the threshold; with too few of them nothing is answered.
    """
    falling = np.sort(unanswered)[::-1]
    found = []
    for rate in rates:
        passing = math.floor(rate * (len(falling) + 1)) - 1
        if passing < 0:
            found.append(1.0)
        else:
            # What is no higher than the first that may not pass is refused.
            found.append(float(np.nextafter(falling[passing], 1.0)) if passing < len(falling) else 0.0)
    return found


def risk_coverage(confidence: Numbers, right: NDArray[np.bool_]) -> list[tuple[float, float, float]]:
    """(threshold, coverage, risk) from the surest question on: risk is the share of wrong ones among those answered.

    El-Yaniv and Wiener, "On the foundations of noise-free selective classification" (2010).
    """
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order])
    counts = np.arange(1, len(order) + 1)
    last = np.append(np.diff(confidence[order]) != 0, True)
    rows = zip(confidence[order][last], counts[last] / len(order), wrong[last] / counts[last], strict=True)
    return [(float(at), float(coverage), float(risk)) for at, coverage, risk in rows]
