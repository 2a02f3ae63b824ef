"""A figure measured several times: its median with its range, and its ratio to ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of the repeats with the smallest and the largest; all None when nothing was measured."""

    median: float | None = None
    low: float | None = None
    high: float | None = None


def spread(values: Sequence[float | None]) -> Spread:
    """The spread of one figure over the repeats; a repeat that failed (None) is left out."""
    known = [value for value in values if value is not None]
    return Spread(median(known), min(known), max(known)) if known else Spread()


def ratio(theirs: Sequence[float | None], ours: Sequence[float | None]) -> Spread:
    """Theirs divided by ours, repeat by repeat, so that what slowed a whole repeat down falls out.

    A repeat that failed on one side, or in which ours is 0, is left out.
    """
    return spread([their / our if their is not None and our else None for their, our in zip(theirs, ours, strict=True)])
