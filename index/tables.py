"""The tables of the store, and how a record becomes a row and a row becomes the record again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text
from sqlalchemy.engine import Row

from index.types import Chunk, Document, Heading, Noise, Span

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("published", Text),
    Column("origin", Text, nullable=False, unique=True),
    Column("file", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("headings", Text, nullable=False),
    Column("noise", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("quality", Text, nullable=False),
    Column("card", Text, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("marks", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("places", Text, nullable=False),
)


def dump(values: Iterable[Any]) -> str:
    """A list of plain values as JSON text."""
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))


def strings(text: str) -> tuple[str, ...]:
    """The strings of a JSON list."""
    return tuple(json.loads(text)) if text != "[]" else ()


def document_row(document: Document) -> dict[str, Any]:
    """The row of a document, without its position."""
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "source": document.source,
        "published": document.published,
        "origin": document.origin,
        "file": document.file,
        "record": document.record,
        "sha256": document.sha256,
        "headings": dump((h.start, h.end, h.level, h.text) for h in document.headings),
        "noise": dump((n.start, n.end, n.reason) for n in document.noise),
        "places": dump(document.places),
        "quality": dump(document.quality),
        "card": document.card,
    }


def document_of(row: Row[Any]) -> Document:
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
    )


def chunk_row(chunk: Chunk) -> dict[str, Any]:
    """The row of a chunk."""
    return {
        "id": chunk.id,
        "document_id": chunk.document_id,
        "ordinal": chunk.ordinal,
        "start": chunk.start,
        "end": chunk.end,
        "marks": dump((mark.start, mark.end) for mark in chunk.marks),
        "heading": dump(chunk.heading),
        "search_text": chunk.search_text,
        "places": dump(chunk.places),
    }


def chunk_of(row: Row[Any]) -> Chunk:
    """The chunk of a row."""
    return Chunk(
        id=row.id,
        document_id=row.document_id,
        ordinal=row.ordinal,
        start=row.start,
        end=row.end,
        marks=tuple(Span(*parts) for parts in json.loads(row.marks)),
        heading=strings(row.heading),
        search_text=row.search_text,
        places=strings(row.places),
    )
