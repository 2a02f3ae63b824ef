"""Train the ranker: `python -m rag.training.train_ranker SHARED LIBRARIES HELD_OUT_MODEL`.

LIBRARIES holds an index a set (`stard`, `crud`, `domain`, `cmrc`, `cail`, `llama`, `ncp`), built by `changai build`.
LambdaMART (Burges, "From RankNet to LambdaRank to LambdaMART", 2010) by LightGBM, then a logistic curve over its score.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import load_embedder
from index.library import Library
from index.settings import Settings
from rag.ranking.forest import from_trees
from rag.ranking.ranker import CALIBRATION_FILE, DATA, FOREST_FILE, SCORE
from rag.training.asked import question_sets
from rag.training.gathering import HeldOut, Read, gathered
from rag.training.judging import told

FOLDS = 4
TREES = 200
_WEIGHED = 600
PARAMETERS: dict[str, Any] = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": 8,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "lambdarank_truncation_level": 15,
    "label_gain": [0, 1],
    "num_threads": 2,
    "seed": 20211022,
    "deterministic": True,
    "verbosity": -1,
}
# What the curve looks at beside the score, so that a chance means the same whatever the question and the library.
CURVE = (SCORE, "covered", "document_covered", "likeness", "best_covered", "best_likeness", "dearest_four", "window")
Sets = dict[str, list[Read]]


def collected(shared: Path, libraries: Path, model: str) -> Sets:
    """The readings of every set whose library is there."""
    embedder = load_embedder(model)
    found: Sets = {}
    opened: dict[str, HeldOut] = {}
    for asked in question_sets(shared):
        if asked.library not in opened:
            opened = {asked.library: HeldOut(Library.open(Settings(libraries / asked.library)), embedder)}
        found[asked.name] = list(gathered(opened[asked.library], asked.asked))
        print(f"{asked.name}: {len(found[asked.name])} questions", flush=True)
    return found


def fitted(sets: Sets, names: Sequence[str]) -> Any:
    """A booster over the given readings; each set counts as at most 600 questions."""
    import lightgbm

    every = [(one, min(1.0, _WEIGHED / len(reads))) for reads in sets.values() for one in reads]
    rows = np.concatenate([matrix(one, names) for one, _ in every])
    right = np.concatenate([one.right for one, _ in every]).astype(np.int32)
    weight = np.concatenate([np.full(len(one.right), share) for one, share in every])
    groups = [len(one.right) for one, _ in every]
    data = lightgbm.Dataset(rows, right, group=groups, weight=weight, feature_name=list(names))
    return lightgbm.train(PARAMETERS, data, TREES)


def matrix(one: Read, names: Sequence[str]) -> NDArray[np.float64]:
    """The named readings of a question's candidates, (candidates, names)."""
    return np.stack([one.readings[name] for name in names], axis=1)


def crossed(sets: Sets, names: Sequence[str]) -> dict[str, list[NDArray[np.float64]]]:
    """The score of every candidate by a booster that never saw its question."""
    scores: dict[str, list[NDArray[np.float64]]] = {name: [np.zeros(0)] * len(reads) for name, reads in sets.items()}
    for fold in range(FOLDS):
        rest = {name: [one for at, one in enumerate(reads) if at % FOLDS != fold] for name, reads in sets.items()}
        booster = fitted(rest, names)
        for name, reads in sets.items():
            for at in range(fold, len(reads), FOLDS):
                scores[name][at] = booster.predict(matrix(reads[at], names))
    return scores


def curve(sets: Sets, scores: dict[str, list[NDArray[np.float64]]]) -> tuple[float, dict[str, float]]:
    """The intercept and weights of the logistic curve, over each question's ten best candidates."""
    from sklearn.linear_model import LogisticRegression

    rows, right, weight = [], [], []
    for name, reads in sets.items():
        for one, score in zip(reads, scores[name], strict=True):
            best = np.argsort(-score, kind="stable")[:10]
            known = {**one.readings, SCORE: score}
            rows.append(np.stack([known[reading][best] for reading in CURVE], axis=1))
            right.append(one.right[best])
            weight.append(np.full(len(best), min(1.0, _WEIGHED / len(reads))))
    model = LogisticRegression(C=1.0, max_iter=1_000)
    model.fit(np.concatenate(rows), np.concatenate(right), sample_weight=np.concatenate(weight))
    return float(model.intercept_[0]), dict(zip(CURVE, (round(float(w), 5) for w in model.coef_[0]), strict=True))


def main() -> None:
    """Collects, judges by cross-validation, trains on everything and writes the two files."""
    parser = argparse.ArgumentParser(description="Train the ranker.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("libraries", type=Path, help="the folder of indexes")
    parser.add_argument("model", help="the embedding model that never saw these questions")
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--foreign", action="store_true", help="judge each set also by a ranker of the other sets")
    options = parser.parse_args()
    sets = collected(options.shared, options.libraries, options.model)
    names = tuple(next(iter(sets.values()))[0].readings)
    scores = crossed(sets, names)
    for name, reads in sets.items():
        alone = []
        if options.foreign:
            others = fitted({other: kept for other, kept in sets.items() if other != name}, names)
            alone = [others.predict(matrix(one, names)) for one in reads]
        print(told(name, reads, scores[name], alone), flush=True)
    dumped = fitted(sets, names).dump_model()
    from_trees(names, [tree["tree_structure"] for tree in dumped["tree_info"]]).save(options.out / FOREST_FILE)
    bias, weights = curve(sets, scores)
    text = json.dumps({"bias": bias, "weights": weights}, indent=1)
    (options.out / CALIBRATION_FILE).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
