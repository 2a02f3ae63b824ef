"""The value of a measure with its interval, as statistics give it and reports show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval; `of` counts the questions it rests on, and `value` is None where there are none."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    of: int = 0
