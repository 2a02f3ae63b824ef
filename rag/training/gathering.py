"""The readings of every candidate of a question, as the ranker will see them, and whether it answers the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.library import Library
from index.types import Candidate
from rag.question import understand
from rag.ranking.ranker import read
from rag.ranking.readings import Column
from rag.retriever import query_of
from rag.training.asked import Asked

DEPTH = 150
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Read:
    """One question: the readings of its candidates by name, which of them are right, and of which document each is."""

    readings: dict[str, Column]
    right: NDArray[np.bool_]
    documents: tuple[str, ...]
    wanted: int


class HeldOut:
    """A library seen through another embedding model: its vectors are made anew, in memory, and searched one by one."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        self.library = library
        self._embedder = embedder
        self._ids, texts = [], []
        for chunk_id, text in library.search_texts():
            self._ids.append(chunk_id)
            texts.append(text)
        blocks = [embedder.embed(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
        self._rows = np.concatenate(blocks).astype(np.float16).astype(np.float32)
        self._row_of = {chunk_id: row for row, chunk_id in enumerate(self._ids)}

    def idf(self, token: str) -> float:
        """That of the library."""
        return self.library.idf(token)

    def nearest(self, search: str, depth: int) -> list[str]:
        """The chunks nearest to a question in search form."""
        near = self._rows @ self._embedder.embed([search])[0]
        best = np.argpartition(-near, min(depth, len(near) - 1))[:depth]
        return [self._ids[row] for row in best[np.argsort(-near[best], kind="stable")]]

    def likeness(self, search: str, candidates: Sequence[Candidate]) -> list[float]:
        """The cosine of each candidate."""
        rows = self._rows[[self._row_of[one.chunk_id] for one in candidates]]
        return [float(near) for near in rows @ self._embedder.embed([search])[0]]


def gathered(held_out: HeldOut, asked: Sequence[Asked]) -> Iterator[Read]:
    """What is read for each question that has a candidate."""
    library = held_out.library
    record_of = {one.id: one.record or one.file for one in library.held()}
    for each in asked:
        query = query_of(understand(each.question))
        weights = query.weights()
        words = f"{query.search} {query.wordings}"
        hits = library.keyword_hits(words, DEPTH, weights.__getitem__)
        keyword = {hit.chunk_id: hit.score for hit in hits}
        candidates = library.candidates(sorted({*keyword, *held_out.nearest(query.search, DEPTH)}))
        if candidates:
            documents = tuple(record_of[one.document_id] for one in candidates)
            right = np.array([document in each.records for document in documents])
            yield Read(read(held_out, query, candidates, keyword), right, documents, len(each.records))
