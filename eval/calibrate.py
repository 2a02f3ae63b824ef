"""Fitting the confidence that decides between answering and refusing; prints what `rag/refuse.py` holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.dataset import GoldQuestion, load_dataset
from eval.normal import groups_met
from index.library import Library
from index.settings import Settings
from rag.answering import TOP_PASSAGES
from rag.extract import extract
from rag.question import understand
from rag.refuse import Readings, at_the_door, readings
from rag.retriever import passages
from rag.telling import tell
from rag.terms import weigh

NAMES = tuple(field.name for field in fields(Readings))
FOLDS = 10
# Questions asked of documents that do not answer them are plenty and easy; a wrong extract of an answerable question is
# the extractor's fault more than the refusal's.
NEGATIVE_WEIGHT, WRONG_WEIGHT, OWN_WEIGHT = 0.2, 0.3, 1.5
RIDGE = 0.002
THRESHOLDS = tuple(round(0.3 + 0.05 * step, 2) for step in range(9))


Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One question that reached the extractor: its readings, whether the extract is right, and what it counts for."""

    readings: Readings
    right: bool
    answerable: bool
    negative: bool

    @property
    def weight(self) -> float:
        """How much the row counts in the fit."""
        if self.negative:
            return NEGATIVE_WEIGHT
        return WRONG_WEIGHT if self.answerable and not self.right else OWN_WEIGHT


def rows(folder: Path, dataset: Path, negative: bool, progress: Callable[[str], None]) -> list[Row]:
    """The rows of one question set over one index; with `negative`, questions that the index does answer are left out."""
    with Library.open(Settings(folder=folder)) as library:
        found = [row for each in load_dataset(dataset) if (row := _row(library, each, negative)) is not None]
    progress(f"{dataset.name}：{len(found)} 行")
    return found


def _row(library: Library, gold: GoldQuestion, negative: bool) -> Row | None:
    question = understand(gold.question, gold.history)
    if question.kind == "which" or at_the_door(question, library) is not None:
        return None
    found = passages(library, question, TOP_PASSAGES)
    terms = weigh(question, library)
    extracts = extract(question, terms, found)
    told = "".join(tell(each, question)[0] for each in extracts)
    right = not gold.unanswerable and groups_met(told, gold.answers) > 0
    if negative and (right or not told):
        return None
    return Row(readings(question, terms, extracts, library), right, not gold.unanswerable and not negative, negative)


def report(found: Sequence[Row]) -> list[str]:
    """The fitted bias and weights, and for each threshold what would be refused, by ten-fold cross-validation."""
    values = np.array([[getattr(row.readings, name) for name in NAMES] for row in found])
    right = np.array([float(row.right) for row in found])
    weights = np.array([row.weight for row in found])
    held_out = np.zeros(len(found))
    order = np.random.default_rng(0).permutation(len(found))
    for fold in range(FOLDS):
        test = order[fold::FOLDS]
        train = np.setdiff1d(order, test)
        held_out[test] = _chance(values[test], fit(values[train], right[train], weights[train]))
    fitted = fit(values, right, weights)
    lines = [f"BIAS = {fitted[0]:.2f}", *(f"{name}: {w:.2f}" for name, w in zip(NAMES, fitted[1:], strict=True))]
    answerable = np.array([row.answerable for row in found])
    negative = np.array([row.negative for row in found])
    for threshold in THRESHOLDS:
        refused = held_out < threshold
        lines.append(
            f"阈值 {threshold:.2f}：该拒的拒了 {_share(refused, ~answerable & ~negative)}，"
            f"无关资料上拒了 {_share(refused, negative)}，可答而被拒 {_share(refused, answerable)}"
        )
    return lines


def fit(values: Matrix, right: Matrix, weights: Matrix) -> Matrix:
    """Bias and weights of a weighted logistic regression with a small ridge, by Newton's method."""
    design = np.c_[np.ones(len(values)), values]
    found = np.zeros(design.shape[1])
    ridge = RIDGE * np.r_[0.0, np.ones(values.shape[1])]
    for _ in range(60):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (weights * (chance - right)) / len(right) + ridge * found
        curve = (design * (weights * chance * (1 - chance))[:, None]).T @ design / len(right)
        found -= np.linalg.solve(curve + np.diag(ridge + 1e-9), slope)
    return found


def _chance(values: Matrix, fitted: Matrix) -> Matrix:
    chance: Matrix = 1 / (1 + np.exp(-(np.c_[np.ones(len(values)), values] @ fitted)))
    return chance


def _share(refused: NDArray[np.bool_], among: NDArray[np.bool_]) -> str:
    return f"{int((refused & among).sum())}/{int(among.sum())}" if among.any() else "—"
