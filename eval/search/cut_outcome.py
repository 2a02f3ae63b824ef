"""What one cut of some libraries finds: both legs, and a ranker that was trained over this very cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from eval.gold import Gold
from eval.reply import Found
from eval.retrieval import documents_found, first_ranks
from eval.search.cut_sets import Asked
from eval.search.recut import Cut, Recut
from index.embedding import Embedder
from rag.question import understand
from rag.ranking.ranker import read
from rag.retriever import query_of
from rag.training.gathering import Read
from rag.training.train_ranker import crossed, fitted, matrix

DEPTH = 100
MEASURES = ("hit_1", "hit_10", "ndcg_10")
LEGS = ("keyword", "vectors", "whole")
# A piece of proof counts as read when one of so many passages has it.
_READ = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as one cut of the library answers it: what each leg finds, and what the ranker reads."""

    gold: Gold
    legs: dict[str, Sequence[str]]
    ids: Sequence[str]
    read: Read


@dataclass(frozen=True, slots=True)
class Outcome:
    """For each leg and measure a value a question, by set; and the share of proof in the first passages, where known."""

    chunks: int
    values: dict[str, dict[str, list[float]]]
    proof: list[float]


def answered(recut: Recut, asked: Asked) -> list[Answered]:
    """All questions of a set, put to both legs and read for the ranker."""
    rows = []
    for words, gold in asked.questions:
        query = query_of(understand(words))
        weights = query.weights()
        keyword = recut.worded(f"{query.search} {query.wordings}", DEPTH, weights.__getitem__)
        near = recut.nearest(query.search, DEPTH)
        candidates = recut.candidates(sorted({*keyword, *near}))
        right = np.array([_is_right(gold, one.document_id) for one in candidates])
        documents = tuple(one.document_id for one in candidates)
        made = Read(read(recut, query, candidates, keyword), right, documents, len(gold.units))
        legs: dict[str, Sequence[str]] = {"keyword": list(keyword), "vectors": near}
        rows.append(Answered(gold, legs, [one.chunk_id for one in candidates], made))
    return rows


def _is_right(gold: Gold, document_id: str) -> bool:
    return any(place.document_id == document_id for place in gold.places)


def ranked(every: dict[str, list[Answered]], training: frozenset[str]) -> dict[str, list[list[str]]]:
    """The chunks of every question in the order of a ranker that never saw it, for all sets."""
    sets = {name: [one.read for one in rows] for name, rows in every.items() if name in training}
    names = tuple(next(iter(sets.values()))[0].readings)
    scores: dict[str, list[NDArray[np.float64]]] = crossed(sets, names)
    booster = fitted(sets, names)
    for name, rows in every.items():
        if name not in training:
            scores[name] = [booster.predict(matrix(one.read, names)) for one in rows]
    return {
        name: [
            [one.ids[at] for at in np.argsort(-score, kind="stable")]
            for one, score in zip(rows, scores[name], strict=True)
        ]
        for name, rows in every.items()
    }


def outcome(cuts: dict[str, list[Cut]], sets: Sequence[Asked], name: str, embedder: Embedder) -> Outcome:
    """What one size and one kind of search text are worth over all sets."""
    every: dict[str, list[Answered]] = {}
    spans: dict[str, tuple[int, int]] = {}
    chunks = 0
    for asked in sets:
        with TemporaryDirectory() as place:
            recut = Recut(cuts[asked.name], name, embedder, Path(place) / "keywords")
            every[asked.name] = answered(recut, asked)
            chunks += len(recut)
            spans |= {one: recut.span(one) for row in every[asked.name] for one in row.ids}
    orders = ranked(every, frozenset(asked.name for asked in sets if asked.is_training))
    values: dict[str, dict[str, list[float]]] = {}
    proof: list[float] = []
    for asked in sets:
        rows = every[asked.name]
        for leg in LEGS:
            order = orders[asked.name] if leg == "whole" else [row.legs[leg] for row in rows]
            hits = [[_found(one, spans) for one in ids] for ids in order]
            found = documents_found(list(zip([row.gold for row in rows], hits, strict=True)))
            for measure in MEASURES:
                values.setdefault(f"{leg} {measure}", {})[asked.name] = [one[measure] for one in found]
            if leg == "whole" and not asked.is_training:
                proof += [_proved(row.gold, hit[:_READ]) for row, hit in zip(rows, hits, strict=True)]
    return Outcome(chunks, values, proof)


def _found(chunk_id: str, spans: dict[str, tuple[int, int]]) -> Found:
    return Found(chunk_id.rpartition("#")[0], *spans.get(chunk_id, (0, 0)))


def _proved(gold: Gold, passages: Sequence[Found]) -> float:
    ranks = first_ranks(gold, passages)
    return sum(rank is not None for rank in ranks) / max(1, len(ranks))
