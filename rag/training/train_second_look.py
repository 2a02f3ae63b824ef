"""Fit the curve of the second look: `python -m rag.training.train_second_look SHARED LIBRARIES QUESTIONS`.

LIBRARIES holds the indexes `cmrc`, `sample` and `seeds`, QUESTIONS the dev halves of the project's own benchmark. A row is one
of the likeliest sentences of a question, with the chooser's word and the span reader's: does it answer?
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.settings import Settings
from rag.choosing.models import DATA, choosing_by
from rag.choosing.second import CURVE_FILE, Curve, second_readings, told_by_reader
from rag.choosing.wants import Column
from rag.extract import first_look
from rag.question import understand
from rag.retriever import passages
from rag.terms import weigh
from rag.training.choice_asked import Sought, unseen
from rag.training.choice_gathering import DEPTH, holds_proof, proof_places
from rag.training.folds import Folded, fold_of
from rag.types import Passage

# Every n-th question is also asked of the library without its document.
WITHOUT_STEP = 3
# Weights are held small, by their squares over readings of spread one: there are few questions.
RIDGE = 1 / 0.03
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Look:
    """The likeliest sentences of a question: `readings` (S, R) by `names`, which are right, and the place of its fold."""

    document: str
    names: tuple[str, ...]
    readings: Column
    right: NDArray[np.bool_]
    doubtful: NDArray[np.bool_]


def looks(library: Library, asked: Sequence[Sought], folded: Folded | None = None) -> Iterator[Look]:
    """What is read of the document alone, of what retrieval finds, and of some questions of that without the document.

    `folded` are the choosers for questions that the shipped one learned from.
    """
    by_name = {one.record or one.file: one.id for one in library.held()}
    for number, each in enumerate(asked):
        own = by_name.get(each.document)
        if own is None:
            continue
        question = understand(each.question, rarity=library)
        terms = weigh(question, library)
        proofs = proof_places(library, each, by_name)
        found = passages(library, question, DEPTH)
        shown = [[Passage(chunk, library.document(own), 1.0) for chunk in library.chunks_of(own)], found]
        if number % WITHOUT_STEP == 0:
            shown.append([passage for passage in found if passage.document.id != own])
        answers = {library.document(name).text[start:end] for name, start, end in proofs}
        for given in shown:
            with choosing_by(folded.of(each.document) if folded else None):
                first, every = first_look(question, terms, given)
            if first:
                known = second_readings(first, told_by_reader(question, first, every))
                right = np.array([holds_proof(one.line, one.line.start, one.line.end, proofs) for one in first])
                doubtful = np.array([any(answer in one.line.text for answer in answers) for one in first]) & ~right
                yield Look(each.document, tuple(known), np.stack(list(known.values()), axis=1), right, doubtful)


def fitted(every: Sequence[Look]) -> Curve:
    """The logistic curve of least loss with the ridge, by Newton's steps; doubtful sentences teach nothing."""
    rows = np.concatenate([one.readings[~one.doubtful] for one in every])
    right = np.concatenate([one.right[~one.doubtful] for one in every]).astype(np.float64)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    known = np.concatenate([(rows - middle) / spread, np.ones((len(rows), 1))], axis=1)
    ridge = np.diag([*np.full(len(middle), RIDGE), 1e-6])
    weights = np.zeros(known.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-known @ weights))
        slope = known.T @ (chance - right) + ridge @ weights
        bend = (known * (chance * (1 - chance))[:, None]).T @ known + ridge
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    return Curve(every[0].names, tuple(plain.tolist()), float(weights[-1] - plain @ middle))


def told(every: Sequence[Look]) -> str:
    """The share of questions whose first sentence is right, by the chooser and by curves that did not see the document."""
    asked = [one for one in every if one.right.any()]
    folds = np.array([fold_of(one.document) for one in asked])
    before = np.mean([one.right[0] for one in asked])
    hits = 0
    for fold in sorted(set(folds.tolist())):
        curve = fitted([one for one in every if fold_of(one.document) != fold])
        for one in (asked[number] for number in np.flatnonzero(folds == fold).tolist()):
            known = dict(zip(one.names, one.readings.T, strict=True))
            hits += bool(one.right[np.argmax(curve.chances(known))])
    return (
        f"{len(asked)} with an answer, first right {before:.3f} by the chooser, {hits / len(asked):.3f} looked at again"
    )


def main() -> None:
    """Gathers, judges by cross-validation, fits on everything and writes the file."""
    parser = argparse.ArgumentParser(description="Fit the curve of the second look.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("libraries", type=Path, help="the folder of indexes")
    parser.add_argument("questions", type=Path, help="the folder of the dev halves")
    parser.add_argument("--every", type=int, default=1, help="take every n-th question alone")
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--folds", type=Path, help="what `train_chooser --folds` kept")
    options = parser.parse_args()
    folded = Folded.load(options.folds) if options.folds else None
    every: list[Look] = []
    for name, library, asked in unseen(options.shared, options.questions):
        with Library.open(Settings(options.libraries / library)) as opened:
            mine = list(looks(opened, asked[:: options.every], folded if name != "cmrc" else None))
        print(f"{name}: {told(mine)}", flush=True)
        every += mine
    print(f"all: {told(every)}", flush=True)
    fitted(every).save(options.out / CURVE_FILE)


if __name__ == "__main__":
    main()
