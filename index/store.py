"""The truth of an index: documents and chunks in one SQLite file, by SQLAlchemy Core."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Select, StaticPool, create_engine, delete, func, insert, select, update
from sqlalchemy.engine import Row

from index import tables
from index.tables import chunks, documents
from index.types import Chunk, Document

STORE_FILE = "store.sqlite"
_BATCH = 500


class Store:
    """The documents and chunks of one index, in the order in which they came.

    One connection is held for as long as the store is open, so that a reader keeps its generation even
    after a writer has removed the file; a lock lets the threads of a server share it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection = engine.connect()
        self._lock = threading.RLock()

    @classmethod
    def create(cls, path: Path) -> Store:
        """A new, empty store at `path` that can be written."""
        store = cls.writable(path)
        tables.metadata.create_all(store._connection)
        return store

    @classmethod
    def writable(cls, path: Path) -> Store:
        """The store at `path`, opened for a writer.

        Nobody reads a store before it is published and whoever publishes it makes it durable, so no journal
        is kept on disk and nothing is synced in between.
        """
        store = cls(_engine(f"{path.absolute().as_uri()}?mode=rwc"))
        store._connection.exec_driver_sql("PRAGMA journal_mode=MEMORY")
        store._connection.exec_driver_sql("PRAGMA synchronous=OFF")
        return store

    @classmethod
    def open(cls, path: Path) -> Store:
        """The store at `path`, opened for reading only; a published one never changes, so none locks it."""
        return cls(_engine(f"{path.absolute().as_uri()}?mode=ro&immutable=1"))

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()
        self._engine.dispose()

    def put(self, document: Document, pieces: Iterable[Chunk], position: int) -> None:
        """Writes a document at its position among all, with its chunks, in place of what had its id."""
        with self._lock:
            self.drop(document.id)
            self._connection.execute(insert(documents), {"position": position} | tables.document_row(document))
            rows = [tables.chunk_row(chunk) for chunk in pieces]
            if rows:
                self._connection.execute(insert(chunks), rows)

    def drop(self, document_id: str) -> None:
        """Removes a document and its chunks, if it is there."""
        with self._lock:
            self._connection.execute(delete(chunks).where(chunks.c.document_id == document_id))
            self._connection.execute(delete(documents).where(documents.c.id == document_id))

    def set_quality(self, document_id: str, quality: tuple[str, ...]) -> None:
        """Replaces the quality codes of a document."""
        with self._lock:
            self._connection.execute(
                update(documents).where(documents.c.id == document_id).values(quality=tables.dump(quality))
            )

    def set_sha256(self, document_id: str, sha256: str) -> None:
        """Replaces the checksum of the file that a document came from."""
        with self._lock:
            self._connection.execute(update(documents).where(documents.c.id == document_id).values(sha256=sha256))

    def commit(self) -> None:
        """Ends the writing: commits, and compacts the file so that nothing of a removed document is left."""
        with self._lock:
            self._connection.commit()
            self._connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        rows = self._rows(select(documents).where(documents.c.id == document_id))
        return tables.document_of(rows[0]) if rows else None

    def by_origin(self, origin: str) -> tuple[int, Document] | None:
        """The position and the document that came from this origin, or None."""
        rows = self._rows(select(documents).where(documents.c.origin == origin))
        return (rows[0].position, tables.document_of(rows[0])) if rows else None

    def holds(self, document_id: str) -> bool:
        """Whether a document has this id."""
        return bool(self._rows(select(documents.c.id).where(documents.c.id == document_id)))

    def next_position(self) -> int:
        """The position after the last document."""
        last: int | None = self._rows(select(func.max(documents.c.position)))[0][0]
        return 0 if last is None else last + 1

    def documents(self) -> tuple[Document, ...]:
        """All documents, in their order."""
        return tuple(tables.document_of(row) for row in self._rows(select(documents).order_by(documents.c.position)))

    def names(self) -> list[tuple[str, str, str, str]]:
        """Of every document its id, origin, file and title, in their order, without reading the texts."""
        columns = (documents.c.id, documents.c.origin, documents.c.file, documents.c.title)
        return [tuple(row) for row in self._rows(select(*columns).order_by(documents.c.position))]

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks with these ids, by id; ids that the store does not hold are left out."""
        found: dict[str, Chunk] = {}
        for start in range(0, len(ids), _BATCH):
            query = select(chunks).where(chunks.c.id.in_(ids[start : start + _BATCH]))
            found |= {row.id: tables.chunk_of(row) for row in self._rows(query)}
        return found

    def chunks_of(self, document_id: str) -> tuple[Chunk, ...]:
        """The chunks of one document, in their order."""
        query = select(chunks).where(chunks.c.document_id == document_id).order_by(chunks.c.ordinal)
        return tuple(tables.chunk_of(row) for row in self._rows(query))

    def search_texts(self) -> Iterator[tuple[str, str]]:
        """The id and the search text of every chunk, in the order of documents and of chunks within them."""
        query = (
            select(chunks.c.id, chunks.c.search_text)
            .join(documents, documents.c.id == chunks.c.document_id)
            .order_by(documents.c.position, chunks.c.ordinal)
        )
        yield from (tuple(row) for row in self._rows(query))

    def counts(self) -> tuple[int, int]:
        """How many documents and how many chunks there are."""
        many: list[int] = [self._rows(select(func.count()).select_from(table))[0][0] for table in (documents, chunks)]
        return many[0], many[1]

    def place_names(self) -> frozenset[str]:
        """Every place that a document or a chunk is attributed to."""
        columns = (documents.c.places, chunks.c.places)
        lists = [row[0] for column in columns for row in self._rows(select(column).distinct())]
        return frozenset(place for text in lists for place in tables.strings(text))

    def newest(self) -> str | None:
        """The latest date of publication, as an ISO date, or None when no document has one."""
        latest: str | None = self._rows(select(func.max(documents.c.published)))[0][0]
        return latest

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Everything the store holds, row by row in a fixed order, for a fingerprint."""
        for query in (
            select(documents).order_by(documents.c.position),
            select(chunks).order_by(chunks.c.document_id, chunks.c.ordinal),
        ):
            yield from (tuple(row) for row in self._rows(query))

    def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with self._lock:
            return self._connection.execute(query).all()


def _engine(uri: str) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, check_same_thread=False)

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)
