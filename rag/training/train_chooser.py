"""Train the choosers of sentences and clauses: `python -m rag.training.train_chooser SHARED LIBRARIES QUESTIONS`.

LIBRARIES holds the indexes `cmrc`, `cail`, `more`, `sample` and `seeds`, QUESTIONS the project's own questions (dev halves, and
those written to be learned from).
Every sentence is a row: does it answer the question? And so is every clause of those that do, which may hold a part of the
answer. Boosted trees by LightGBM, whose sum is the logarithm of the odds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.settings import Settings
from rag.choosing.chooser import crossed
from rag.choosing.crossing import Crossing
from rag.choosing.models import CLAUSES_FILE, CROSSING_FILE, DATA, SENTENCES_FILE
from rag.ranking.forest import from_trees
from rag.training import crossing
from rag.training.choice_asked import sought
from rag.training.choice_gathering import Choice, choices, clause_choices
from rag.training.folds import FOLDS, fold_of

TREES = 300
CLAUSE_TREES = 180
MODES = ("given", "found", "without", "clauses")
# Retrieval is slow beside the rest: it is asked for every n-th question of the large sets.
FOUND_STEP = {"cmrc": 5, "cail": 4}
# Whose words are crossed, and how often each of their questions counts; those of `sample` and `seeds` say what their answers say.
CROSSED = {"cmrc": 1, "cail": 1, "asked": 2, "asked_more": 2, "asked_briefs": 2, "fresh_news": 2}
# Questions of our own field count for more: they are few and the field is what the system is for.
OTHERS = ("cmrc", "cail")
OWN_WEIGHT = 2.0
# Of the many wrong sentences that retrieval finds only this share is learned from, each standing for those left out.
SHARE_OF_OTHERS, SHARE_OF_OWN = 0.2, 0.5
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 16,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 20211022,
    "deterministic": True,
    "verbosity": -1,
}
Sets = Mapping[str, Sequence[Choice]]


def collected(
    shared: Path, libraries: Path, questions: Path
) -> tuple[dict[str, list[Choice]], dict[str, list[Choice]]]:
    """The sentences of every set, and the clauses of those that answer."""
    sentences, clauses = {}, {}
    for name, library, asked in sought(shared, questions):
        with Library.open(Settings(libraries / library)) as opened:
            sentences[name] = list(choices(opened, asked, FOUND_STEP.get(name, 1)))
            clauses[name] = list(clause_choices(opened, asked))
        print(f"{name}: {len(asked)} questions, {len(sentences[name])} choices", flush=True)
    return sentences, clauses


def tables(sets: Sets) -> list[Crossing]:
    """For each fold a table of crossed words that never saw its documents; the last one saw them all."""
    every = [one for name, times in CROSSED.items() for one in [*sets.get(name, ())] * times if one.mode == "given"]
    without = [crossing.fitted([one for one in every if fold_of(one.document) != fold]) for fold in range(FOLDS)]
    return [*without, crossing.fitted(every)]


def with_crossed(sets: Sets, crossings: Sequence[Crossing]) -> dict[str, list[Choice]]:
    """The choices with the readings of the table that never saw them."""
    return {name: [_added(one, crossings[fold_of(one.document)]) for one in every] for name, every in sets.items()}


def _added(one: Choice, table: Crossing) -> Choice:
    known = crossed(table.scores(one.question, one.texts))
    both = np.concatenate([one.readings, np.stack(list(known.values()), axis=1).astype(np.float32)], axis=1)
    return replace(one, readings=both, names=(*one.names, *known))


def fitted(sets: Sets, without: int = -1, trees: int = TREES) -> Any:
    """A booster over all choices but those of one fold; doubtful sentences teach nothing."""
    import lightgbm

    rows, right, weight = [], [], []
    for name, one in _each(sets):
        if fold_of(one.document) != without:
            kept, counts = _learned(name, one)
            rows.append(one.readings[kept])
            right.append(one.right[kept])
            weight.append(counts[kept])
    names = next(one for _, one in _each(sets)).names
    data = lightgbm.Dataset(
        np.concatenate(rows),
        np.concatenate(right).astype(np.int32),
        weight=np.concatenate(weight),
        feature_name=list(names),
    )
    return lightgbm.train(PARAMETERS, data, trees)


def _learned(name: str, one: Choice) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which sentences of a choice are learned from, and what each counts."""
    kept = ~one.doubtful
    counts = np.full(len(kept), 1.0 if name in OTHERS else OWN_WEIGHT)
    if one.mode in {"found", "without"}:
        share = SHARE_OF_OTHERS if name in OTHERS else SHARE_OF_OWN
        drawn = np.random.default_rng(crc32(one.question.encode())).random(len(kept)) < share
        kept &= one.right | drawn
        counts[~one.right] /= share
    return kept, counts


def _each(sets: Sets) -> Iterator[tuple[str, Choice]]:
    return ((name, one) for name, every in sets.items() for one in every)


def told(sets: Sets, chances: Mapping[str, Sequence[NDArray[np.float64]]]) -> str:
    """For each set and mode the share of questions whose best sentence is right, and the mean of the best chances."""
    lines = []
    for name, every in sets.items():
        for mode in MODES:
            shown = [(one, chance) for one, chance in zip(every, chances[name], strict=True) if one.mode == mode]
            if not shown:
                continue
            asked = [pair for pair in shown if pair[0].right.any()]
            hit = np.mean([one.right[np.argmax(chance)] for one, chance in asked]) if asked else float("nan")
            sure = np.mean([chance.max() for _, chance in asked]) if asked else float("nan")
            none = [chance.max() for one, chance in shown if not one.right.any()]
            unsure = np.mean(none) if none else float("nan")
            lines.append(
                f"{name} {mode}: {len(asked)} with an answer, first right {hit:.3f}, its mean chance {sure:.3f}; "
                f"{len(none)} without, mean chance {unsure:.3f}"
            )
    return "\n".join(lines)


def main() -> None:
    """Collects, judges by cross-validation, trains on everything and writes the three files."""
    parser = argparse.ArgumentParser(description="Train the chooser.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("libraries", type=Path, help="the folder of indexes")
    parser.add_argument("questions", type=Path, help="the folder of the dev halves")
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--folds", type=Path, help="keep the choosers of each fold, for what learns from their chances")
    options = parser.parse_args()
    sentences, clauses = collected(options.shared, options.libraries, options.questions)
    crossings = tables(sentences)
    for sets, trees, name in ((sentences, TREES, SENTENCES_FILE), (clauses, CLAUSE_TREES, CLAUSES_FILE)):
        known = with_crossed(sets, crossings)
        boosters = left_out(known, trees)
        print(told(known, predicted(known, boosters)), flush=True)
        for fold, booster in enumerate(boosters if options.folds else ()):
            saved(booster, options.folds / str(fold) / name)
            crossings[fold].save(options.folds / str(fold) / CROSSING_FILE)
        saved(fitted(known, trees=trees), options.out / name)
    crossings[-1].save(options.out / CROSSING_FILE)


def left_out(sets: Sets, trees: int) -> list[Any]:
    """For each fold a booster that never saw its documents."""
    return [fitted(sets, fold, trees) for fold in range(FOLDS)]


def predicted(sets: Sets, boosters: Sequence[Any]) -> dict[str, list[NDArray[np.float64]]]:
    """The chances of every text by the booster that never saw its document."""
    return {
        name: [boosters[fold_of(one.document)].predict(one.readings) for one in every] for name, every in sets.items()
    }


def saved(booster: Any, path: Path) -> None:
    """Writes the trees of a booster as a forest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    from_trees(tuple(booster.feature_name()), trees).save(path)


if __name__ == "__main__":
    main()
