"""Plain search: hits by document, each by its best passage; never refuses and never merges duplicates."""

from __future__ import annotations

from typing import Any

from index.library import Library
from rag.question import understand
from rag.retriever import ranked_passages


def search(library: Library, query: str, top: int) -> list[dict[str, Any]]:
    """Up to `top` documents (or `.jsonl` records) in the form of the design's contract; `text` is the passage."""
    hits: list[dict[str, Any]] = []
    seen: set[str] = set()
    for passage in ranked_passages(library, understand(query), depth=max(100, 4 * top), guard=False):
        chunk, document = passage.chunk, passage.document
        if document.id in seen:
            continue
        seen.add(document.id)
        hits.append(
            {
                "rank": len(hits) + 1,
                "score": round(passage.score, 6),
                "document_id": document.id,
                "record": document.record,
                "file": document.file,
                "title": document.title,
                "start": chunk.start,
                "end": chunk.end,
                "text": document.text[chunk.start : chunk.end],
            }
        )
        if len(hits) == top:
            break
    return hits
