"""The forest that tells answered questions from the others, by LightGBM, with the curve and the thresholds beside it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.trust.gathering import Row
from eval.trust.measures import thresholds
from rag.ranking.forest import from_trees
from rag.refusing.judge import CURVE_FILE, FOREST_FILE

Numbers = NDArray[np.float64]

FOLDS = 5
TREES = 250
# The rates of errors that a threshold is kept for.
RATES = (0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 8,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "num_threads": 1,
    "seed": 20211022,
    "deterministic": True,
    "verbosity": -1,
    "monotone_constraints_method": "advanced",
}
# More of such a reading never makes an answer likelier, so that few questions suffice to learn what it is worth.
_AGAINST = (
    *("against", "surprise", "unsaid", "letters", "numbers_missing", "shapeless", "year_missed", "scope_lacked"),
    *("subset_missing", "role_missing", "ended_missing", "part_of_place", "elsewhere", "nowhere", "unheard", "unmet"),
    *("soft", "ordinal", "part_missing", "figureless", "named_missing", "unknown_missing", "ahead_of_done"),
    *("who_missing", "away", "rival_name", "tail_missing", "doing_missing", "asking"),
)
_FOR = (
    *("stretch", "before_", "after_", "counted_", "like_", "chance", "passage_score", "covered", "spoken"),
    *("mass", "rarest", "score", "numbers_held", "year_met", "subset_held", "role_held", "fitting"),
)
# What tells how a question was made or how long it is, and not whether it was answered.
_LEFT_OUT = frozenset(
    [
        *("question_length", "terms", "weight", "run_length", "asks", "sentence_length", "focus_before", "focus_after"),
        *("rank", "extracts", "year_asked", "passage_second", "passage_others", "passage_top", "part_asked"),
        *("kind_entity", "kind_list", "kind_yesno", "kind_how", "kind_other", "kind_date"),
    ]
)


def names_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The readings that the forest sees."""
    return tuple(sorted(name for name in next(row.readings for row in rows if row.readings) if name not in _LEFT_OUT))


def matrix(rows: Sequence[Row], names: Sequence[str]) -> Numbers:
    """The readings of rows that have any, (rows, names)."""
    return np.array([[row.readings[name] for name in names] for row in rows], dtype=np.float64)


def weight(row: Row, own: frozenset[str]) -> float:
    """How much a row counts: the project's own questions as they are asked most, a wrong choice of words little."""
    wrong = 0.2 if row.answerable and not row.right else 1.0
    return wrong * (3.0 if row.source in own and not row.made else 1.0)


def fitted(rows: Sequence[Row], names: Sequence[str], own: frozenset[str]) -> Any:
    """A booster over the rows."""
    import lightgbm

    signs = [-1 if name.startswith(_AGAINST) else 1 if name.startswith(_FOR) else 0 for name in names]
    label = np.array([row.answerable and row.right for row in rows], dtype=np.float64)
    counts = np.array([weight(row, own) for row in rows])
    data = lightgbm.Dataset(matrix(rows, names), label, weight=counts, feature_name=list(names))
    return lightgbm.train({**PARAMETERS, "monotone_constraints": signs}, data, TREES)


def crossed(rows: Sequence[Row], names: Sequence[str], own: frozenset[str]) -> Numbers:
    """The score of every row by a booster that saw nothing of its group."""
    fold = np.array([int(hashlib.sha256(row.group.encode()).hexdigest(), 16) % FOLDS for row in rows])
    scores = np.zeros(len(rows))
    for number in range(FOLDS):
        here = np.flatnonzero(fold == number)
        booster = fitted([row for row, at in zip(rows, fold, strict=True) if at != number], names, own)
        if len(here):
            scores[here] = booster.predict(matrix([rows[int(at)] for at in here], names), raw_score=True)
    return scores


def curve(rows: Sequence[Row], scores: Numbers, own: frozenset[str]) -> tuple[float, float]:
    """Intercept and slope of the logistic curve from scores of unseen rows to chances, over the project's own questions."""
    from sklearn.linear_model import LogisticRegression

    kept = [at for at, row in enumerate(rows) if row.source in own and not row.made]
    label = [rows[at].answerable and rows[at].right for at in kept]
    model = LogisticRegression(C=1.0, max_iter=1_000).fit(scores[kept][:, None], label)
    return float(model.intercept_[0]), float(model.coef_[0][0])


def chances(scores: Numbers, bias: float, slope: float) -> Numbers:
    """Scores on the logistic curve."""
    found: Numbers = 1 / (1 + np.exp(-(bias + slope * scores)))
    return found


def write(booster: Any, names: tuple[str, ...], line: tuple[float, float], unanswered: Numbers, folder: Path) -> None:
    """The two files of the judge; `unanswered` are the chances of calibration questions that have no answer."""
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    from_trees(names, trees).save(folder / FOREST_FILE)
    found = {
        "bias": round(line[0], 5),
        "slope": round(line[1], 5),
        "thresholds": [
            [rate, math.ceil(at * 10_000) / 10_000]
            for rate, at in zip(RATES, thresholds(unanswered, RATES), strict=True)
        ],
    }
    (folder / CURVE_FILE).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
