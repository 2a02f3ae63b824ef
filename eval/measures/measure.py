"""What a measure is: a definition with what it reads of one question, and how questions are summed to a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from eval.result import Result

Unit = Literal["share", "ms", "characters", "MB"]
Better = Literal["higher", "lower", ""]
# How the readings of the questions become one value: Σ met / Σ of, a quantile, the largest, or the area under the
# risk–coverage curve (`eval.statistics`).
Sum = Literal["share", "median", "p50", "p95", "p99", "max", "risk"]
# What a measure reads of one question: (met, of) for a share, (confidence, wrong) for the risk, else (value, 1).
Reading = tuple[float, float]
Read = Callable[[Result], Reading | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure by its key; `read` gives None for a question that it has nothing to count of.

    `name`, `definition` and `group` are for people, in Chinese; the exact definition and its source is the docstring of
    `read`. `headline` measures are compared and gated; a `promise` may not fall by a single question.
    """

    key: str
    name: str
    group: str
    definition: str
    read: Read
    sum: Sum = "share"
    unit: Unit = "share"
    better: Better = "higher"
    headline: bool = False
    promise: bool = False


def share(met: float, of: float) -> Reading | None:
    """A reading of a share, None where there is nothing to count."""
    return (float(met), float(of)) if of else None
