"""Whether clauses of a document that name a measure tell of it, and whose deed it is: learned scores over plain features.

The weights lie in a data file, fitted by `python -m eval.matrix.fit` on documents that were read; a feature that the file
lacks weighs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

WEIGHTS = Path(__file__).parent.parent / "data" / "measures_weights.tsv"
Score = Literal["shown", "hinted", "enterprise"]
SCORES: tuple[Score, ...] = ("shown", "hinted", "enterprise")
Weights = Mapping[Score, Mapping[str, float]]


def logistic(weighed: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The logistic function of a weighed sum."""
    total = math.fsum(weighed.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights of each score by the name of the feature."""
    read: dict[Score, dict[str, float]] = {score: {} for score in SCORES}
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *values = line.split("\t")
            for score, value in zip(SCORES, values, strict=True):
                read[score][name] = float(value)
    return read
