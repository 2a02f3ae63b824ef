"""Values of measures with bootstrap intervals, and paired tests between two runs; the same readings, the same figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from eval.estimate import Estimate
from eval.measures.measure import Reading, Sum

Array = NDArray[np.float64]

RESAMPLES = 1000
SWAPS = 2000
SEED = 0
REAL = 0.05
LOW, HIGH = 2.5, 97.5
QUANTILES: frozenset[Sum] = frozenset({"median", "p50", "p95", "p99", "max"})


@dataclass(frozen=True, slots=True)
class Difference:
    """What B has over A on the same questions, with a 95 % interval of the difference and a two-sided p."""

    before: float
    after: float
    low: float
    high: float
    p: float
    of: int

    @property
    def value(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def real(self) -> bool:
        """Whether it is more than noise: both the test and the interval say so."""
        return self.p < REAL and not self.low <= 0 <= self.high


def columns(readings: Sequence[Reading | None]) -> Array:
    """Readings as an array of shape (questions, 2); a question with nothing to count is (nan, nan)."""
    nothing = (np.nan, np.nan)
    return np.array([nothing if each is None else each for each in readings], dtype=np.float64).reshape(-1, 2)


def estimate(how: Sum, readings: Sequence[Reading | None]) -> Estimate:
    """The value over all questions and its percentile bootstrap interval (Efron and Tibshirani 1993), resampling questions.

    A bootstrap of few questions, or of a share near 0 or 1, claims more certainty than a sample has: resampling a
    perfect score gives only itself. Where every reading is a plain yes or no, or the share is 0 or 1, the interval
    therefore also holds the score interval of Wilson (1927) over the questions; any other measure has no interval from a
    single question.
    """
    table = columns(readings)
    table = table[~np.isnan(table[:, 0])]
    count = len(table)
    if not count:
        return Estimate()
    value = float(SUMS[how](table, np.ones((1, count)))[0])
    plain = how == "share" and bool(np.isin(table[:, 0], (0.0, 1.0)).all() and (table[:, 1] == 1).all())
    if count == 1 and not plain:
        return Estimate(value, None, None, 1)
    low, high = (float(each) for each in np.nanpercentile(SUMS[how](table, _weights(count)), [LOW, HIGH]))
    if plain or (how == "share" and value in {0.0, 1.0}):
        lowest, highest = wilson(value, count)
        low, high = min(low, lowest), max(high, highest)
    return Estimate(value, low, high, count)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % score interval of a share of `count` plain outcomes (Wilson 1927)."""
    z = 1.959964
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z / (1 + z * z / count) * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))


def difference(how: Sum, before: Sequence[Reading | None], after: Sequence[Reading | None]) -> Difference | None:
    """The paired comparison of two runs over the same questions in the same order; None when one has nothing to count.

    The interval is a paired bootstrap: both runs over the same resampled questions. The p is of Fisher's randomisation
    test (Smucker et al. 2007): the labels of the two runs are swapped question by question, and p is the share of swaps
    with a difference at least as large, the observed one counted among them. It is exact for any measure, shares of
    sums included; a question that counts in one run only (a citation that the other did not give) is swapped as well.
    """
    one, other = columns(before), columns(after)
    either = ~(np.isnan(one[:, 0]) & np.isnan(other[:, 0]))
    one, other = one[either], other[either]
    if np.isnan(one[:, 0]).all() or np.isnan(other[:, 0]).all():
        return None
    count = len(one)
    whole = np.ones((1, count))
    sum_of = SUMS[how]
    observed = (float(sum_of(one, whole)[0]), float(sum_of(other, whole)[0]))
    weights = _weights(count)
    drawn = sum_of(other, weights) - sum_of(one, weights)
    low, high = (float(each) for each in np.nanpercentile(drawn, [LOW, HIGH]))
    return Difference(*observed, low, high, _p(how, one, other), count)


def _p(how: Sum, one: Array, other: Array) -> float:
    """The share of random swaps of the two labels, question by question, that set the runs as far apart."""
    drawn = np.random.default_rng(SEED + 1).random((SWAPS, len(one))) < 0.5
    # The first row swaps nothing: it is what was observed, and counts among the swaps.
    swaps = np.concatenate([np.zeros((1, len(one)), dtype=bool), drawn])
    if how == "share":
        apart = _swapped_shares(np.nan_to_num(one), np.nan_to_num(other), swaps)
    elif how in QUANTILES:
        # A median of values that were swapped one by one jumps between the two runs: their paired differences are told
        # apart by their sum.
        apart = np.where(swaps, -1.0, 1.0) @ np.nan_to_num(other - one)[:, 0]
    else:
        whole = np.ones((1, len(one)))
        apart = np.array(
            [
                SUMS[how](np.where(swap[:, None], one, other), whole)[0]
                - SUMS[how](np.where(swap[:, None], other, one), whole)[0]
                for swap in swaps
            ]
        )
    apart = np.abs(np.nan_to_num(apart))
    return float((apart >= apart[0] - 1e-12).mean())


def _swapped_shares(one: Array, other: Array, swaps: NDArray[np.bool_]) -> Array:
    """The difference of two shares of sums, a value a row of swaps."""
    moved = swaps.astype(np.float64) @ (other - one)
    first, second = one.sum(axis=0) + moved, other.sum(axis=0) - moved
    found: Array = second[:, 0] / np.maximum(second[:, 1], 1e-12) - first[:, 0] / np.maximum(first[:, 1], 1e-12)
    return found


@lru_cache(maxsize=12)
def _weights(count: int) -> Array:
    """How often each question was drawn, a row a resample; measures over as many questions share the same draw."""
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES).astype(np.float64)
    drawn.flags.writeable = False
    return drawn


def _share(table: Array, weights: Array) -> Array:
    """Σ met / Σ of for each row of weights; nan where nothing was drawn that counts."""
    counted = np.nan_to_num(table)
    met, of = weights @ counted[:, 0], weights @ counted[:, 1]
    found: Array = np.divide(met, of, out=np.full(len(weights), np.nan), where=of > 0)
    return found


def _quantile(q: float) -> Callable[[Array, Array], Array]:
    def found(table: Array, weights: Array) -> Array:
        """The nearest-rank quantile: the smallest value that at least a share q of the drawn ones does not exceed."""
        known = ~np.isnan(table[:, 0])
        order = np.argsort(table[known, 0], kind="stable")
        values = table[known, 0][order]
        reached = np.cumsum(weights[:, known][:, order], axis=1)
        total = reached[:, -1:]
        at = np.argmax(reached >= np.maximum(q * total, 1e-9) - 1e-9, axis=1)
        return np.where(total[:, 0] > 0, values[at], np.nan)

    return found


def _median(table: Array, weights: Array) -> Array:
    """The median, the mean of the two middle values where the count is even."""
    lower, upper = _quantile(0.5)(table, weights), _quantile(0.5)(table * [-1.0, 1.0], weights)
    middle: Array = (lower - upper) / 2
    return middle


def _largest(table: Array, weights: Array) -> Array:
    return _quantile(1.0)(table, weights)


def _risk_area(table: Array, weights: Array) -> Array:
    """The mean over the drawn questions of the share of wrong ones among those at least as confident.

    Questions of one confidence share one risk, so that their order in the file does not count.
    """
    known = ~np.isnan(table[:, 0])
    confidence, wrong = table[known, 0], table[known, 1]
    order = np.argsort(-confidence, kind="stable")
    ends = np.searchsorted(-confidence[order], -confidence[order], side="right") - 1
    drawn = weights[:, known][:, order]
    covered = np.cumsum(drawn, axis=1)
    risks = np.cumsum(drawn * wrong[order], axis=1) / np.maximum(covered, 1e-12)
    total = covered[:, -1]
    area = (drawn * risks[:, ends]).sum(axis=1)
    found: Array = np.divide(area, total, out=np.full(len(weights), np.nan), where=total > 0)
    return found


SUMS: Mapping[Sum, Callable[[Array, Array], Array]] = {
    "share": _share,
    "median": _median,
    "p50": _quantile(0.50),
    "p95": _quantile(0.95),
    "p99": _quantile(0.99),
    "max": _largest,
    "risk": _risk_area,
}


def risk_curve(readings: Sequence[Reading | None]) -> tuple[tuple[float, float, float], ...]:
    """The risk–coverage curve as (coverage, risk, confidence), a point for each confidence that occurs, falling."""
    table = columns(readings)
    table = table[~np.isnan(table[:, 0])]
    points = []
    for threshold in sorted(set(table[:, 0]), reverse=True):
        covered = table[table[:, 0] >= threshold]
        points.append((len(covered) / len(table), float(covered[:, 1].mean()), float(threshold)))
    return tuple(points)
