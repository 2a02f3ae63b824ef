"""The forest says what LightGBM's own trees say, to the last bit of a threshold."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.ranking.forest import MOST_LEAVES, Forest, from_trees
from rag.ranking.ranker import ranker

lightgbm = pytest.importorskip("lightgbm", reason="lightgbm is absent: nothing is compared with LightGBM (models)")
NAMES = ("a", "b", "c")
ROWS = np.random.default_rng(20211022).normal(size=(400, len(NAMES))).round(1)
WANTED = ROWS[:, 0] * ROWS[:, 1] + np.abs(ROWS[:, 2])
PARAMETERS = {"objective": "regression", "verbosity": -1, "num_threads": 1, "seed": 20211022, "min_data_in_leaf": 3}


def trained(leaves: int, count: int, wanted: NDArray[np.float64] = WANTED, **more: Any) -> Any:
    data = lightgbm.Dataset(ROWS, wanted)
    return lightgbm.train({**PARAMETERS, "num_leaves": leaves, **more}, data, count)


def as_forest(booster: Any) -> Forest:
    return from_trees(NAMES, [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]])


def leaf(value: float) -> Mapping[str, Any]:
    return {"leaf_value": value}


def split(feature: int, threshold: float, left: Mapping[str, Any], right: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"split_feature": feature, "threshold": threshold, "left_child": left, "right_child": right}


def chain(leaves: int) -> Mapping[str, Any]:
    """A tree that asks one thing after the other: a reading of at most k is in leaf k."""
    tree = leaf(leaves - 1)
    for number in reversed(range(leaves - 1)):
        tree = split(0, float(number), leaf(number), tree)
    return tree


@pytest.mark.parametrize("leaves", [2, 3, 8, 16])
@pytest.mark.parametrize("count", [1, 25])
def test_the_scores_are_those_of_lightgbm(leaves: int, count: int) -> None:
    booster = trained(leaves, count)
    forest = as_forest(booster)
    unseen = np.random.default_rng(1).normal(scale=3, size=(500, len(NAMES)))
    assert len(np.unique(forest.scores(ROWS))) >= leaves
    for rows in (ROWS, unseen):
        assert forest.scores(rows) == pytest.approx(booster.predict(rows), rel=1e-12, abs=1e-12)


def test_a_reading_on_a_threshold_goes_left_and_the_next_number_right() -> None:
    booster = trained(16, 20)
    forest = as_forest(booster)
    inner = np.isfinite(forest.threshold)
    assert inner.sum() == 20 * 15
    rows = np.repeat(ROWS[:1], inner.sum(), axis=0)
    at = np.arange(len(rows)), forest.feature[inner]
    scores = []
    for thresholds in (forest.threshold[inner], np.nextafter(forest.threshold[inner], np.inf)):
        rows[at] = thresholds
        scores.append(forest.scores(rows))
        assert scores[-1] == pytest.approx(booster.predict(rows), rel=1e-12, abs=1e-12)
    assert (scores[0] != scores[1]).any()


def test_trees_of_one_leaf_are_constants() -> None:
    constant = as_forest(trained(8, 3, np.full(len(ROWS), 2.5)))
    assert constant.scores(ROWS[:4]) == pytest.approx([2.5] * 4)
    mixed = from_trees(("a",), [leaf(0.25), split(0, 1.0, leaf(1.0), leaf(2.0)), leaf(-0.5)])
    assert mixed.scores(np.array([[1.0], [1.5]])).tolist() == [0.75, 1.75]


def test_a_tree_worked_by_hand() -> None:
    tree = split(1, 0.5, split(0, 0.0, leaf(1.0), leaf(2.0)), split(0, 10.0, leaf(3.0), leaf(4.0)))
    rows = np.array([[0.0, 0.5], [0.1, 0.5], [10.0, 0.6], [10.1, 0.6]])
    assert from_trees(("a", "b"), [tree]).scores(rows).tolist() == [1.0, 2.0, 3.0, 4.0]


@given(reading=st.floats(-2, 20))
def test_sixteen_leaves_are_told_apart(reading: float) -> None:
    wanted = float(min(max(np.ceil(reading), 0), MOST_LEAVES - 1))
    assert from_trees(("a",), [chain(MOST_LEAVES)]).scores(np.array([[reading]])).tolist() == [wanted]


def test_more_than_sixteen_leaves_are_refused() -> None:
    with pytest.raises(ValueError, match="tree 1 has 17 leaves, more than 16"):
        from_trees(("a",), [chain(16), chain(17)])


def test_no_row_has_no_score() -> None:
    assert as_forest(trained(4, 2)).scores(np.zeros((0, len(NAMES)))).shape == (0,)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_a_row_scores_alike_alone_and_among_others(seed: int) -> None:
    forest = ranker().forest
    rows = np.random.default_rng(seed).normal(size=(7, len(forest.names)))
    together = forest.scores(rows)
    assert [float(forest.scores(row[None])[0]) for row in rows] == pytest.approx(together.tolist(), abs=1e-12)


def test_a_saved_forest_is_read_as_it_was(tmp_path: Path) -> None:
    forest = as_forest(trained(8, 5))
    forest.save(tmp_path / "forest.npz")
    read = Forest.load(tmp_path / "forest.npz")
    assert read.names == NAMES
    for part in ("feature", "threshold", "kept", "leaves"):
        assert np.array_equal(getattr(read, part), getattr(forest, part))
        assert getattr(read, part).dtype == getattr(forest, part).dtype
    assert np.array_equal(read.scores(ROWS), forest.scores(ROWS))


def test_a_file_that_is_no_forest_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_text("这不是森林", encoding="utf-8")
    with pytest.raises(ValueError):
        Forest.load(tmp_path / "text.npz")
    with pytest.raises(OSError):
        Forest.load(tmp_path / "absent.npz")
