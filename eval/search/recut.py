"""A library cut anew in memory: other sizes of chunks and other search texts over the documents of an index."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.search.carried import Carried, carried
from index.analysis import analyse
from index.embedding import Embedder
from index.lexical import Keywords, Weight
from index.types import Candidate, Chunk, Document

# A document with its chunks, in their order.
Cut = tuple[Document, Sequence[Chunk]]
_AT_ONCE = 20_000


class Recut:
    """Chunks with the search texts that `name` of `carried.CARRYING` gives, found by both legs.

    The keyword leg lies in `folder`, which must be new. What the ranker asks of a library it answers as a library does.
    """

    def __init__(self, cuts: Sequence[Cut], name: str, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._candidates: dict[str, Candidate] = {}
        self._places: dict[str, tuple[int, int]] = {}
        for document, chunks in cuts:
            for at, chunk in enumerate(chunks):
                text = carried(name, document, chunks, at)
                self._candidates[chunk.id] = _candidate(document, chunk, text, len(self._candidates))
                self._places[chunk.id] = (chunk.start, chunk.end)
        self._ids = list(self._candidates)
        texts = [one.search_text for one in self._candidates.values()]
        Keywords.build(folder, ((one, " ".join(analyse(text))) for one, text in zip(self._ids, texts, strict=True)))
        self._keywords = Keywords.open(folder)
        blocks = [embedder.embed(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
        self._rows: NDArray[np.float32] = np.concatenate(blocks).astype(np.float16).astype(np.float32)
        self._known: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def idf(self, token: str) -> float:
        """The inverse document frequency of a token, as a library has it."""
        if token not in self._known:
            n = self._keywords.document_frequency(token)
            self._known[token] = log(1 + (len(self) - n + 0.5) / (n + 0.5))
        return self._known[token]

    def worded(self, search: str, k: int, weight: Weight) -> dict[str, float]:
        """The best `k` chunks of the keyword leg with their scores, best first."""
        return {hit.chunk_id: hit.score for hit in self._keywords.search(analyse(search), k, weight)}

    def nearest(self, search: str, k: int) -> list[str]:
        """The `k` chunks whose vectors are nearest to a question in search form, best first."""
        near = self._rows @ self._embedder.embed([search])[0]
        return [self._ids[row] for row in np.argsort(-near, kind="stable")[:k]]

    def likeness(self, search: str, candidates: Sequence[Candidate]) -> list[float]:
        """The cosine of each candidate with a question in search form."""
        rows = self._rows[[one.row for one in candidates]]
        return [float(near) for near in rows @ self._embedder.embed([search])[0]]

    def candidates(self, ids: Sequence[str]) -> list[Candidate]:
        """The chunks with these ids."""
        return [self._candidates[one] for one in ids]

    def span(self, chunk_id: str) -> tuple[int, int]:
        """Where a chunk stands in its document."""
        return self._places[chunk_id]


def _candidate(document: Document, chunk: Chunk, text: Carried, row: int) -> Candidate:
    places = (*chunk.places, *document.places)
    return Candidate(chunk.id, document.id, text.text, text.body, places, document.quality, "", row)
