"""The chance that an answer's words answer its question, and the threshold that keeps a wanted rate of errors."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parents[1] / "data"
CURVE_FILE = "refusal.json"
# A demand that is not met (the plan for what was done, a district for its city, the year before for the year) is learned
# from few questions.
UNMET_SHARE = 0.3
# So many spreads from its mean a reading counts at most: what lies farther off was never learned from.
MOST_SPREADS = 4.0


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic curve over the readings, each as it lies between its `means` and `spreads`, and a threshold of each rate.

    `rates` and `thresholds` go together, the rates ascending: among questions that the library does not answer, so large
    a share is answered all the same when a chance from the threshold on is enough.
    """

    names: tuple[str, ...]
    means: NDArray[np.float64]
    spreads: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float
    rates: Sequence[float]
    thresholds: Sequence[float]

    def chance(self, read: Mapping[str, float]) -> float:
        """The chance, 0..1, that the words whose readings these are answer the question; 0 without words."""
        if not read:
            return 0.0
        row = np.array([[read[name] for name in self.names]], dtype=np.float64)
        logit = self.bias + float((levelled(row, self.means, self.spreads) @ self.weights)[0])
        return held_back(1 / (1 + math.exp(-max(-50.0, min(50.0, logit)))), read)

    def threshold(self, rate: float) -> float:
        """The chance from which on a question is answered, for a wanted rate of errors; between two rates by a line."""
        return float(np.interp(rate, self.rates, self.thresholds))


def levelled(
    rows: NDArray[np.float64], means: NDArray[np.float64], spreads: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Readings, (rows, names), as so many spreads from their means."""
    found: NDArray[np.float64] = ((rows - means) / spreads).clip(-MOST_SPREADS, MOST_SPREADS)
    return found


def held_back(chance: float, read: Mapping[str, float]) -> float:
    """The chance, or the share of it that is left where something that the question demands is not there."""
    return chance * UNMET_SHARE if read.get("unmet") or read.get("year_missed") else chance


def load(path: Path) -> Judge:
    """The judge in a file; OSError or ValueError when it cannot be read."""
    held = json.loads(path.read_text(encoding="utf-8"))
    try:
        rates, thresholds = zip(*held["thresholds"], strict=True)
        means, spreads, weights = np.array(list(held["readings"].values()), dtype=np.float64).T
        return Judge(tuple(held["readings"]), means, spreads, weights, float(held["bias"]), rates, thresholds)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error


@cache
def judge() -> Judge:
    """The judge that is shipped."""
    return load(DATA / CURVE_FILE)
