"""The tables of the store, and how a record becomes a row and a row becomes the record again."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from index.types import Candidate, Chunk, Document, Heading, Noise, Span

# The quality code of a near-copy of another document.
DUPLICATE = "duplicate"

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("published", Text),
    Column("origin", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("headings", Text, nullable=False),
    Column("noise", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("quality", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("pages", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    # What the reader was given for this document alone, so that a second reading of the same can be left out.
    Column("fingerprint", Text, nullable=False),
    # Of the whole row and its chunks, so that two indexes can be compared without reading them.
    Column("digest", Text, nullable=False),
)
Index("documents_origin", documents.c.origin)
Index("documents_sha256", documents.c.sha256)
Index("documents_title", documents.c.title)
Index("documents_file", documents.c.file)

# Rows are numbered in the order of documents and of chunks within them: the row of a chunk is that of its vector.
chunks = Table(
    "chunks",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("marks", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("places", Text, nullable=False),
)
Index("chunks_id", chunks.c.document_id, chunks.c.ordinal)

# The columns of a prepared row: what the place in the index adds stands apart.
DOCUMENT_COLUMNS = tuple(column.name for column in documents.columns if column.name != "position")
CHUNK_COLUMNS = tuple(column.name for column in chunks.columns if column.name != "row")
SEARCH_TEXT = CHUNK_COLUMNS.index("search_text")


def dump(values: Iterable[Any]) -> str:
    """A list of plain values as JSON text."""
    listed = list(values)
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")) if listed else "[]"


# The places and codes of a few documents come again with every candidate.
@lru_cache(maxsize=16_384)
def strings(text: str) -> tuple[str, ...]:
    """The strings of a JSON list."""
    return tuple(json.loads(text)) if text != "[]" else ()


def document_row(document: Document, fingerprint: str) -> tuple[Any, ...]:
    """The values of DOCUMENT_COLUMNS for a document, but the digest, which covers the chunks too."""
    return (
        document.id,
        document.text,
        document.title,
        document.source,
        document.published,
        document.origin,
        document.file,
        document.record,
        document.sha256,
        dump((h.start, h.end, h.level, h.text) for h in document.headings),
        dump((n.start, n.end, n.reason) for n in document.noise),
        dump(document.places),
        dump(document.quality),
        document.card,
        document.author,
        document.number,
        document.level,
        dump(document.pages),
        dump(document.reasons),
        fingerprint,
    )


def document_of(row: Any) -> Document:
    """The document of a row."""
    return Document(
        id=row.id,
        text=row.text,
        title=row.title,
        source=row.source,
        published=row.published,
        origin=row.origin,
        file=row.file,
        record=row.record,
        sha256=row.sha256,
        headings=tuple(Heading(*parts) for parts in json.loads(row.headings)),
        noise=tuple(Noise(*parts) for parts in json.loads(row.noise)),
        places=strings(row.places),
        quality=strings(row.quality),
        card=row.card,
        author=row.author,
        number=row.number,
        level=row.level,
        pages=tuple(json.loads(row.pages)),
        reasons=tuple((code, reason) for code, reason in json.loads(row.reasons)),
    )


def document_of_row(values: Sequence[Any]) -> Document:
    """The document that `document_row` made these values of."""
    return document_of(SimpleNamespace(**dict(zip(DOCUMENT_COLUMNS, values, strict=False))))


def chunk_row(chunk: Chunk) -> tuple[Any, ...]:
    """The values of CHUNK_COLUMNS for a chunk."""
    return (
        chunk.document_id,
        chunk.ordinal,
        chunk.start,
        chunk.end,
        dump((mark.start, mark.end) for mark in chunk.marks),
        dump(chunk.heading),
        chunk.search_text,
        dump(chunk.places),
    )


def chunk_of(row: Any) -> Chunk:
    """The chunk of a row."""
    return Chunk(
        id=chunk_id(row.document_id, row.ordinal),
        document_id=row.document_id,
        ordinal=row.ordinal,
        start=row.start,
        end=row.end,
        marks=tuple(Span(*parts) for parts in json.loads(row.marks)),
        heading=strings(row.heading),
        search_text=row.search_text,
        places=strings(row.places),
    )


def chunk_of_row(values: Sequence[Any]) -> Chunk:
    """The chunk whose values of CHUNK_COLUMNS these are."""
    return chunk_of(SimpleNamespace(**dict(zip(CHUNK_COLUMNS, values, strict=True))))


def candidate_of(values: Sequence[Any], part: str, copies: Container[str]) -> Candidate:
    """The candidate of a row as `PartStore.candidates` gives it; `copies` are the documents that are near-copies."""
    document_id, ordinal, row, search_text, heading, places, title, around, quality = values
    of_document, codes = strings(around), strings(quality)
    return Candidate(
        chunk_id=chunk_id(document_id, ordinal),
        document_id=document_id,
        search_text=search_text,
        body=body_start(search_text, 1 + sum(part != title for part in strings(heading)) + len(of_document)),
        places=(*strings(places), *of_document),
        quality=(*codes, DUPLICATE) if document_id in copies else codes,
        part=part,
        row=row - 1,
    )


def body_start(search_text: str, lines: int) -> int:
    """Where the passage begins in a chunk's search text, below so many lines of title, headings and places."""
    at = 0
    for _ in range(lines):
        at = search_text.find("\n", at) + 1
    return at


def chunk_id(document_id: str, ordinal: int) -> str:
    """The id of a chunk."""
    return f"{document_id}#{ordinal}"


def parts_of_id(chunk_id: str) -> tuple[str, int]:
    """The document and the ordinal that an id of a chunk is made of; ordinal −1 for what is none."""
    document_id, _, ordinal = chunk_id.rpartition("#")
    return document_id, int(ordinal) if ordinal.isdecimal() else -1
