from __future__ import annotations

import numpy as np
import pytest

from rag.training.gathering import Read
from rag.training.leaving_out import GROUPS, gain, mean, outcomes

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
    whole, telling, noise = (outcomes(sets, names) for names in (("tells", "noise"), ("tells",), ("noise",)))
    assert mean(whole)[0] > 0.8
    assert mean(telling)[0] == pytest.approx(mean(whole)[0], abs=0.05)
    assert mean(noise)[0] < 0.3
    value, low, high = gain(whole, noise)
    assert low <= value <= high < -0.4


def test_a_gain_counts_every_set_alike_and_its_interval_holds_it() -> None:
    def found(*first: float) -> np.ndarray:
        return np.array([[hit, 0.0, 0.0] for hit in first])

    before = {"甲": found(0, 0), "乙": found(0, 0, 1, 1)}
    after = {"甲": found(1, 1), "乙": found(0, 1, 1, 0)}
    # 甲 gains 1 with both questions, 乙 gains one question and loses another.
    value, low, high = gain(before, after)
    assert value == 0.5
    assert low < 0.5 < high
    assert gain(before, before) == (0.0, 0.0, 0.0)


def test_every_group_names_readings_that_there_are() -> None:
    from rag.ranking.ranker import ranker

    assert {name for group in GROUPS.values() for name in group} <= set(ranker().forest.names)
