from __future__ import annotations

import numpy as np
import pytest

from rag.training.gathering import Read
from rag.training.leaving_out import GROUPS, judged

pytest.importorskip("lightgbm")


def made_sets(rng: np.random.Generator) -> dict[str, list[Read]]:
    """Two sets in which the reading `tells` says which candidate is right and `noise` says nothing."""
    sets: dict[str, list[Read]] = {}
    for name in ("甲", "乙"):
        reads = []
        for _ in range(200):
            right = np.zeros(12, dtype=np.bool_)
            right[rng.integers(0, 12)] = True
            readings = {"tells": right + rng.normal(0, 0.2, 12), "noise": rng.normal(0, 1, 12)}
            readings |= {reading: rng.normal(0, 1, 12) for reading in ("keyword", "likeness")}
            reads.append(Read(readings, right, tuple(f"d{at}" for at in range(12)), 1))
        sets[name] = reads
    return sets


def test_leaving_out_what_tells_loses_and_leaving_out_noise_does_not() -> None:
    sets = made_sets(np.random.default_rng(1))
    whole = judged(sets, ("tells", "noise"))
    assert whole[0] > 0.8
    assert judged(sets, ("tells",))[0] == pytest.approx(whole[0], abs=0.05)
    assert judged(sets, ("noise",))[0] < 0.3


def test_every_group_names_readings_that_there_are() -> None:
    from rag.ranking.ranker import ranker

    assert {name for group in GROUPS.values() for name in group} <= set(ranker().forest.names)
