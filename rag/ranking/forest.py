"""A forest of small regression trees, read from a file and evaluated with numpy for many rows at once.

Each tree has at most 16 leaves. A row's leaf is found without walking: every node that sends the row to the right takes
the leaves of its left side out of a set of bits, and the first leaf left is the row's (Lucchese et al., QuickScorer, 2015).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_LEAVES = 16
_ALL = (1 << MOST_LEAVES) - 1


@dataclass(frozen=True, slots=True)
class Forest:
    """T trees of at most N nodes over named readings.

    `feature` and `threshold` are (T, N): a row goes left where its reading is at most the threshold. `kept` is (T, N): the
    leaves that stay possible when it goes right. `leaves` is (T, 16): the value of each leaf, from the left.
    """

    names: tuple[str, ...]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    kept: NDArray[np.uint16]
    leaves: NDArray[np.float64]

    def scores(self, readings: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of the trees for each row of `readings`, shape (rows, len(names)) → (rows,)."""
        by_name = np.ascontiguousarray(readings.T)
        possible = np.full((len(self.leaves), len(readings)), _ALL, dtype=np.uint16)
        # One node of every tree at a time, so that what is compared stays in the processor's cache.
        for feature, threshold, kept in zip(self.feature.T, self.threshold.T, self.kept.T, strict=True):
            right = by_name[feature] > threshold[:, None]
            possible &= np.where(right, kept[:, None], np.uint16(_ALL))
        begins = np.arange(len(self.leaves))[:, None] * self.leaves.shape[1]
        total: NDArray[np.float64] = self.leaves.ravel()[begins + _lowest_bit()[possible]].sum(axis=0)
        return total

    def save(self, path: Path) -> None:
        """Writes the forest as an .npz file without pickled objects."""
        np.savez_compressed(
            path,
            names=np.array(self.names),
            feature=self.feature,
            threshold=self.threshold,
            kept=self.kept,
            leaves=self.leaves,
        )

    @classmethod
    def load(cls, path: Path) -> Forest:
        """The forest in an .npz file; OSError or ValueError when it cannot be read."""
        try:
            with np.load(path, allow_pickle=False) as held:
                return cls(
                    tuple(str(name) for name in held["names"]),
                    held["feature"],
                    held["threshold"],
                    held["kept"],
                    held["leaves"],
                )
        except (EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{path}: {error}") from error


@cache
def _lowest_bit() -> NDArray[np.intp]:
    """The number of the lowest bit of every set of leaves; 0 for the empty set, which no row ends in."""
    every = np.arange(_ALL + 1)
    every[0] = 1
    # The lowest bit alone is a power of two, whose exponent is its number.
    lowest: NDArray[np.intp] = np.log2(every & -every).astype(np.intp)
    return lowest


def from_trees(names: tuple[str, ...], trees: list[Mapping[str, Any]]) -> Forest:
    """The forest of tree structures as LightGBM's `dump_model` gives them; ValueError for a tree of too many leaves."""
    nodes = max([1, *(len(_nodes(tree)) for tree in trees)])
    forest = Forest(
        names,
        np.zeros((len(trees), nodes), np.int32),
        np.full((len(trees), nodes), np.inf),
        np.full((len(trees), nodes), _ALL, np.uint16),
        np.zeros((len(trees), MOST_LEAVES)),
    )
    for number, tree in enumerate(trees):
        leaves = _leaves(tree)
        if len(leaves) > MOST_LEAVES:
            raise ValueError(f"tree {number} has {len(leaves)} leaves, more than {MOST_LEAVES}")
        forest.leaves[number, : len(leaves)] = leaves
        for place, (node, first, count) in enumerate(_nodes(tree)):
            forest.feature[number, place] = node["split_feature"]
            forest.threshold[number, place] = node["threshold"]
            forest.kept[number, place] = _ALL & ~(((1 << count) - 1) << first)
    return forest


def _leaves(tree: Mapping[str, Any]) -> list[float]:
    """The values of the leaves from left to right."""
    if "left_child" not in tree:
        return [float(tree["leaf_value"])]
    return _leaves(tree["left_child"]) + _leaves(tree["right_child"])


def _nodes(tree: Mapping[str, Any], first: int = 0) -> list[tuple[Mapping[str, Any], int, int]]:
    """Every inner node with the number of its first leaf and how many leaves its left side has."""
    if "left_child" not in tree:
        return []
    left = len(_leaves(tree["left_child"]))
    below = _nodes(tree["left_child"], first) + _nodes(tree["right_child"], first + left)
    return [(tree, first, left), *below]
