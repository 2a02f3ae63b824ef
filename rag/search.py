"""Plain search: hits by document, each by its best passage; never refuses and never merges duplicates."""

from __future__ import annotations

from typing import Any

from index.library import Library
from rag.question import understand
from rag.retriever import DEPTH, by_document, loaded, ranked
from rag.types import Passage


def search(library: Library, query: str, top: int) -> list[dict[str, Any]]:
    """Up to `top` documents (or `.jsonl` records) in the form of the design's contract; `text` is the passage."""
    question = understand(query, rarity=library)
    best = by_document(ranked(library, question, max(DEPTH, 4 * top), guard=False))[:top]
    return [_hit(rank, passage) for rank, passage in enumerate(loaded(library, best), start=1)]


def _hit(rank: int, passage: Passage) -> dict[str, Any]:
    chunk, document = passage.chunk, passage.document
    return {
        "rank": rank,
        "score": round(passage.score, 6),
        "document_id": document.id,
        "record": document.record,
        "file": document.file,
        "title": document.title,
        "start": chunk.start,
        "end": chunk.end,
        "text": document.text[chunk.start : chunk.end],
    }
