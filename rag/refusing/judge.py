"""The chance that an answer's words answer its question, and the threshold that keeps a wanted rate of errors."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from rag.ranking.forest import Forest

DATA = Path(__file__).parents[1] / "data"
FOREST_FILE = "refusal.npz"
CURVE_FILE = "refusal.json"
# A demand that is not met (the plan for what was done, a district for its city) is learned from few questions.
UNMET_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Judge:
    """A forest over the readings, the logistic curve that makes a chance of its score, and the threshold of each rate.

    `rates` and `thresholds` go together, the rates ascending: among questions that the library does not answer, so large
    a share is answered all the same when a chance from the threshold on is enough.
    """

    forest: Forest
    bias: float
    slope: float
    rates: Sequence[float]
    thresholds: Sequence[float]

    def chance(self, read: Mapping[str, float]) -> float:
        """The chance, 0..1, that the words whose readings these are answer the question; 0 without words."""
        if not read:
            return 0.0
        row = np.array([[read[name] for name in self.forest.names]], dtype=np.float64)
        logit = self.bias + self.slope * float(self.forest.scores(row)[0])
        return held_back(1 / (1 + math.exp(-max(-50.0, min(50.0, logit)))), read)

    def threshold(self, rate: float) -> float:
        """The chance from which on a question is answered, for a wanted rate of errors; between two rates by a line."""
        return float(np.interp(rate, self.rates, self.thresholds))


def held_back(chance: float, read: Mapping[str, float]) -> float:
    """The chance, or the share of it that is left where something that the question demands is not there."""
    return chance * UNMET_SHARE if read.get("unmet") else chance


@cache
def judge() -> Judge:
    """The judge that is shipped."""
    curve = json.loads((DATA / CURVE_FILE).read_text(encoding="utf-8"))
    rates, thresholds = zip(*curve["thresholds"], strict=True)
    return Judge(Forest.load(DATA / FOREST_FILE), curve["bias"], curve["slope"], rates, thresholds)
