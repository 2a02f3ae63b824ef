"""The ranker: the chance that each candidate passage answers a question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from index.types import Candidate
from rag.ranking.forest import Forest
from rag.ranking.grams import grams_of
from rag.ranking.matches import find
from rag.ranking.query import Query
from rag.ranking.readings import Column, Legs, readings

DATA = Path(__file__).parents[1] / "data"
FOREST_FILE = "ranker.npz"
CALIBRATION_FILE = "ranker.json"
SCORE = "score"


class Seen(Protocol):
    """What the ranker asks a library."""

    def idf(self, token: str) -> float:
        """The inverse document frequency of a token."""
        ...

    def likeness(self, query_search_form: str, candidates: Sequence[Candidate], /) -> Sequence[float]:
        """The cosine between a question in search form and each candidate."""
        ...


@dataclass(frozen=True, slots=True)
class Ranker:
    """A forest, and the logistic curve that makes a chance of its score and a few readings; `bias` is its intercept."""

    forest: Forest
    bias: float
    weights: Mapping[str, float]

    def chances(self, read: Mapping[str, Column]) -> Column:
        """The chance of each candidate, 0..1, from its readings by name."""
        matrix = np.stack([read[name] for name in self.forest.names], axis=1)
        known = {**read, SCORE: self.forest.scores(matrix)}
        logit = self.bias + sum(weight * known[name] for name, weight in self.weights.items())
        chances: Column = 1 / (1 + np.exp(-logit))
        return chances


@cache
def ranker() -> Ranker:
    """The ranker that is shipped."""
    curve = json.loads((DATA / CALIBRATION_FILE).read_text(encoding="utf-8"))
    return Ranker(Forest.load(DATA / FOREST_FILE), curve["bias"], curve["weights"])


def chances(library: Seen, query: Query, candidates: Sequence[Candidate], keyword: Mapping[str, float]) -> list[float]:
    """The chance that each candidate answers a query; `keyword` has the scores of the keyword leg."""
    if not candidates:
        return []
    found = read(library, query, candidates, keyword)
    documents = [one.document_id for one in candidates]
    return _by_passage(ranker().chances(found), found["bm25_needed"] + found["likeness"], documents)


def _by_passage(chances: Column, strength: Column, documents: Sequence[str]) -> list[float]:
    """Each document's best chance, whole for the passage of it that says most of the query and less for its others.

    The ranker learns from questions whose right document is known but not the passage in it, so that it tells documents
    apart and not the passages of one.
    """
    best: dict[str, tuple[float, float]] = {}
    for document, chance, strong in zip(documents, chances.tolist(), strength.tolist(), strict=True):
        before = best.get(document, (0.0, 1e-9))
        best[document] = (max(before[0], chance), max(before[1], strong))
    return [
        best[document][0] * (0.5 + 0.5 * max(0.0, strong) / best[document][1])
        for document, strong in zip(documents, strength.tolist(), strict=True)
    ]


def read(
    library: Seen, query: Query, candidates: Sequence[Candidate], keyword: Mapping[str, float]
) -> dict[str, Column]:
    """The readings of one candidate or more."""
    grams = grams_of(query, library.idf)
    matches = find(grams, [one.search_text for one in candidates], [one.body for one in candidates])
    numbers: dict[str, int] = {}
    legs = Legs(
        np.array([keyword.get(one.chunk_id, 0.0) for one in candidates]),
        # Products of equal rows may differ in the last digit, and equals must stay equal.
        np.array([round(near, 6) for near in library.likeness(query.search, candidates)]),
        np.array([numbers.setdefault(one.document_id, len(numbers)) for one in candidates]),
    )
    return readings(grams, matches, legs)
