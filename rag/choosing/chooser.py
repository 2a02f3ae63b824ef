"""The chooser: the chance that each sentence of the passages answers the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding import load_embedder
from rag.choosing.documents import Documents
from rag.choosing.models import choosers
from rag.choosing.readings import Texts, Whole, readings
from rag.choosing.wants import Column
from rag.lines import Line
from rag.ranking.grams import Grams
from rag.types import Passage, Question
from rag.vectors import vectors_of
from rag.wanted import fit

_LEAST_CHANCE = 1e-4
_MOST_RANK = 15.0
# More lines than that no passage has.
_MOST_LINES = 1000


def chances(question: Question, grams: Grams, lines: Sequence[Line]) -> Column:
    """The chance, 0..1, that each line answers the question; lines of one passage stand together, best passage first."""
    if not lines:
        return np.zeros(0)
    table, trees = choosers().crossing, choosers().sentences
    known = read(question, grams, lines) | crossed(table.scores(question.search, [line.search for line in lines]))
    chance: Column = 1 / (1 + np.exp(-trees.scores(np.stack([known[name] for name in trees.names], axis=1))))
    return chance


def crossed(scores: Column) -> dict[str, Column]:
    """The readings of a table of crossed words."""
    return {"crossed": scores, "crossed_trails": scores - scores.max(initial=-np.inf)}


def read(question: Question, grams: Grams, lines: Sequence[Line]) -> dict[str, Column]:
    """The readings of one line or more, without those of crossed words."""
    passages: list[Passage] = []
    group = np.zeros(len(lines), dtype=np.int64)
    for number, line in enumerate(lines):
        if not passages or passages[-1].chunk.id != line.passage.chunk.id:
            passages.append(line.passage)
        group[number] = len(passages) - 1
    forms = [line.search for line in lines]
    # The chooser learned by the shipped model, whichever model the library is searched with.
    vectors = vectors_of(load_embedder(), [question.search, *forms])
    texts = Texts(
        forms,
        group,
        [_around(passage) for passage in passages],
        vectors[1:],
        vectors[0],
        _documents(lines, passages, group),
    )
    fitting = {"fit": np.array([fit(question, form) for form in forms])}
    return readings(question.search, grams, texts) | _ranked(passages, group) | fitting


def _documents(lines: Sequence[Line], passages: Sequence[Passage], group: Whole) -> Documents:
    numbers: dict[str, int] = {}
    above: list[str] = []
    for passage in passages:
        if passage.document.id not in numbers:
            numbers[passage.document.id] = len(numbers)
            above.append(" ".join([passage.document.title, *passage.document.places]))
    of = np.array([numbers[passage.document.id] for passage in passages], dtype=np.int64)[group]
    place = np.array([line.passage.chunk.ordinal * _MOST_LINES + line.ordinal for line in lines], dtype=np.int64)
    return Documents(of, place, above)


def _around(passage: Passage) -> str:
    chunk, document = passage.chunk, passage.document
    return " ".join([document.title, *chunk.heading, *document.places, *chunk.places])


def _ranked(passages: Sequence[Passage], group: np.typing.NDArray[np.int64]) -> dict[str, Column]:
    """What retrieval says of the passage that each line is of."""
    chance = np.clip([passage.score for passage in passages], _LEAST_CHANCE, 1 - _LEAST_CHANCE)
    odds = np.log(chance / (1 - chance))
    rank = np.minimum(np.searchsorted(np.sort(-odds), -odds).astype(np.float64), _MOST_RANK)
    others = np.sort(odds)[::-1]
    return {
        "odds": odds[group],
        "odds_behind": (odds - odds.max())[group],
        "passage_rank": rank[group],
        "lead": np.full(len(group), others[0] - others[1] if len(others) > 1 else 0.0),
    }
