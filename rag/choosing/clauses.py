"""Which clauses of a sentence hold its answer: the chance of each, read as sentences are, with the sentence as its passage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding import load_embedder
from rag.choosing.chooser import crossed
from rag.choosing.models import choosers
from rag.choosing.readings import Texts, readings
from rag.choosing.wants import Column
from rag.lines import Line
from rag.ranking.grams import Grams
from rag.types import Question
from rag.vectors import vectors_of
from rag.wanted import fit

_ACROSS = frozenset(
    {
        "covered_trails",
        "covered_known_trails",
        "covered_before_trails",
        "bm25_trails",
        "near_trails",
        "rare",
        "bm25",
        "bm25_raw",
        "rare_behind",
        "rare_rank",
        "bm25_behind",
        "bm25_rank",
        "crossed_trails",
    }
)


def clause_chances(question: Question, grams: Grams, lines: Sequence[Line]) -> list[list[float]]:
    """For each line the chance, 0..1, that each of its clauses holds a part of the answer, if the line answers at all."""
    if not lines:
        return []
    forms = [clause.search for line in lines for clause in line.clauses]
    starts = np.cumsum([0, *(len(line.clauses) for line in lines[:-1])])
    scores = np.split(choosers().crossing.scores(question.search, forms), starts[1:])
    by_line = [crossed(part) for part in scores]
    known = read(question, grams, lines)
    known |= {name: np.concatenate([each[name] for each in by_line]) for name in by_line[0]}
    trees = choosers().clauses
    chances = 1 / (1 + np.exp(-trees.scores(np.stack([known[name] for name in trees.names], axis=1))))
    return [part.tolist() for part in np.split(chances, starts[1:])]


def read(question: Question, grams: Grams, lines: Sequence[Line]) -> dict[str, Column]:
    """The readings of every clause of one line or more, without those of crossed words."""
    forms = [clause.search for line in lines for clause in line.clauses]
    group = np.repeat(np.arange(len(lines)), [len(line.clauses) for line in lines])
    vectors = vectors_of(load_embedder(), [question.search, *forms])
    around = [f"{line.passage.document.title} {line.before}" for line in lines]
    texts = Texts(forms, group, around, vectors[1:], vectors[0])
    # Of several sentences read at once none may change what another says, so that what looks across all is left out.
    known = {name: column for name, column in readings(question.search, grams, texts).items() if name not in _ACROSS}
    return known | {"fit": np.array([fit(question, form) for form in forms])}
