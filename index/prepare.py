"""A document made ready for an index: its rows, its tokens, its vectors and its signature, all of plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import analyse
from index.measures.evidence import evidence_of
from index.tables import SEARCH_TEXT, chunk_row, document_row, dump
from index.types import Chunk, Document

if TYPE_CHECKING:
    from index.embedding import Embedder

Signature = NDArray[np.uint32]
Signer = Callable[[Document], Signature]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one document puts into an index, cheap to send from a reading process to the writing one.

    `row` and `chunks` hold the values of the tables' columns, `tokens` the tokens of each chunk parted by blanks,
    `vectors` (chunks, d) in half precision, or None where the writer embeds. `fingerprint` is of what the reader was given,
    `evidence` holds the rows of `index.measures.evidence`, which follow from the rest.
    """

    id: str
    origin: str
    title: str
    source: str
    record: str
    sha256: str
    places: str
    fingerprint: str
    digest: str
    row: tuple[Any, ...]
    chunks: tuple[tuple[Any, ...], ...]
    tokens: tuple[str, ...]
    signature: Signature
    vectors: NDArray[np.float16] | None
    evidence: tuple[tuple[Any, ...], ...] = ()

    @property
    def search_texts(self) -> list[str]:
        """The search text of each chunk."""
        return [chunk[SEARCH_TEXT] for chunk in self.chunks]

    def renamed(self, document_id: str) -> Prepared:
        """The same with another id, for two origins that would give one id."""
        row = (document_id, *self.row[1:])
        chunks = tuple((document_id, *chunk[1:]) for chunk in self.chunks)
        return replace(self, id=document_id, row=row, chunks=chunks, digest=digest_of(row, chunks))


def prepare(document: Document, pieces: Sequence[Chunk], fingerprint: str, sign: Signer) -> Prepared:
    """The rows of a document and its chunks, without vectors."""
    chunks = tuple(chunk_row(chunk) for chunk in pieces)
    row = document_row(document, fingerprint)
    texts = [chunk.search_text for chunk in pieces]
    return Prepared(
        id=document.id,
        origin=document.origin,
        title=document.title,
        source=document.source,
        record=document.record,
        sha256=document.sha256,
        places=dump(document.places),
        fingerprint=fingerprint,
        digest=digest_of(row, chunks),
        row=row,
        chunks=chunks,
        tokens=tuple(" ".join(analyse(text)) for text in texts),
        signature=sign(document),
        vectors=None,
        evidence=tuple(one.row for one in evidence_of(document, pieces)),
    )


def with_vectors(prepared: Sequence[Prepared], embedder: Embedder) -> list[Prepared]:
    """The same documents with their vectors, all chunks embedded in one call, which takes a third of the time of many."""
    vectors = embedder.embed([text for one in prepared for text in one.search_texts]).astype(np.float16)
    filled, at = [], 0
    for one in prepared:
        filled.append(replace(one, vectors=vectors[at : at + len(one.chunks)]))
        at += len(one.chunks)
    return filled


def digest_of(row: tuple[Any, ...], chunks: tuple[tuple[Any, ...], ...]) -> str:
    """A hexadecimal digest of 16 digits of all that is stored of a document."""
    whole = repr((row, chunks)).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(whole, digest_size=8).hexdigest()
