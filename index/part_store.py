"""The documents and chunks of one part of an index, in one SQLite file, by SQLAlchemy Core."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Select, StaticPool, create_engine, func, select, text
from sqlalchemy.engine import Row

from index import tables
from index.prepare import Prepared
from index.tables import CHUNK_COLUMNS, DOCUMENT_COLUMNS, chunks, documents
from index.types import Chunk, Document

STORE_FILE = "store.sqlite"
_BATCH = 400
_ROWID = text("documents.rowid")


def _quoted(column: str) -> str:
    return f'"{column}"'


def _inserting(table: str, columns: Sequence[str]) -> str:
    named = ", ".join(map(_quoted, columns))
    return f"INSERT INTO {table} ({named}) VALUES ({', '.join('?' * len(columns))})"


_INSERT_DOCUMENT = _inserting("documents", (*DOCUMENT_COLUMNS, "position"))
_INSERT_CHUNK = _inserting("chunks", CHUNK_COLUMNS)


_DOCUMENT = f"SELECT {', '.join(map(_quoted, DOCUMENT_COLUMNS))} FROM documents WHERE id = ?"

# A law has hundreds of chunks, of which a question wants a few.
_CHUNKS = (
    "WITH wanted (document_id, ordinal) AS (VALUES {}) "
    f"SELECT {', '.join(f'c.{_quoted(column)}' for column in CHUNK_COLUMNS)} "
    "FROM wanted JOIN chunks AS c USING (document_id, ordinal)"
)
# What ranking needs of many chunks at once, without the text of a document being read.
_CANDIDATES = (
    "WITH wanted (document_id, ordinal) AS (VALUES {}) "
    'SELECT c.document_id, c.ordinal, c."row", c.search_text, c.heading, c.places, d.title, d.places, d.quality '
    "FROM wanted JOIN chunks AS c USING (document_id, ordinal) JOIN documents AS d ON d.id = c.document_id"
)


class PartStore:
    """One connection to one file, held for as long as it is open, shared by threads through a lock.

    A reader keeps its file so even after a writer has removed the name.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection = engine.connect()
        # Every question asks many parts for many rows; the driver itself gives them in half the time.
        self._driver: Any = self._connection.connection.driver_connection
        self._lock = threading.RLock()

    @classmethod
    def create(cls, path: Path) -> PartStore:
        """A new, empty store at `path` that can be written.

        Nobody reads it before it is published and whoever publishes it makes it durable, so no journal is kept on
        disk and nothing is synced in between.
        """
        store = cls(_engine(f"{path.absolute().as_uri()}?mode=rwc"))
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "page_size=8192"):
            store._connection.exec_driver_sql(f"PRAGMA {pragma}")
        tables.metadata.create_all(store._connection)
        return store

    @classmethod
    def open(cls, path: Path) -> PartStore:
        """The store at `path`, opened for reading only; a published one never changes, so none locks it."""
        return cls(_engine(f"{path.absolute().as_uri()}?mode=ro&immutable=1"))

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()
        self._engine.dispose()

    def put(self, prepared: Prepared, position: int) -> None:
        """Writes a document at its position among all, with its chunks."""
        with self._lock:
            self._connection.exec_driver_sql(_INSERT_DOCUMENT, (*prepared.row, prepared.digest, position))
            if prepared.chunks:
                self._connection.exec_driver_sql(_INSERT_CHUNK, list(prepared.chunks))

    def copy_from(self, path: Path, dropped: Iterable[str]) -> None:
        """Copies the rows of another store, but for the documents dropped; rows are numbered anew, in their order."""
        columns = ", ".join(f'"{column.name}"' for column in documents.columns)
        named = ", ".join(f'"{column}"' for column in CHUNK_COLUMNS)
        with self._lock:
            self._connection.commit()
            self._connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS dropped (id TEXT PRIMARY KEY)")
            gone = [(document_id,) for document_id in dropped]
            if gone:
                self._connection.exec_driver_sql("INSERT INTO dropped VALUES (?)", gone)
            # A file cannot be attached inside a transaction.
            self._connection.commit()
            self._connection.exec_driver_sql("ATTACH ? AS other", (f"{path.absolute().as_uri()}?mode=ro",))
            self._connection.exec_driver_sql(
                f"INSERT INTO documents ({columns}) SELECT {columns} FROM other.documents "
                "WHERE id NOT IN (SELECT id FROM dropped) ORDER BY other.documents.rowid"
            )
            self._connection.exec_driver_sql(
                f"INSERT INTO chunks ({named}) SELECT {named} FROM other.chunks "
                "WHERE document_id NOT IN (SELECT id FROM dropped) ORDER BY other.chunks.row"
            )
            self._connection.exec_driver_sql("DELETE FROM dropped")
            self._connection.commit()
            self._connection.exec_driver_sql("DETACH other")

    def alter(self, document_id: str, **values: Any) -> None:
        """Replaces columns of one document."""
        with self._lock:
            self._connection.execute(documents.update().where(documents.c.id == document_id).values(values))

    def commit(self) -> None:
        """Ends the writing."""
        with self._lock:
            self._connection.commit()

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        with self._lock:
            found = self._driver.execute(_DOCUMENT, (document_id,)).fetchone()
        return tables.document_of_row(found) if found else None

    def documents(self) -> Iterator[tuple[int, Document]]:
        """Every document with its position, in the order in which they were written."""
        for row in self.rows(select(documents).order_by(_ROWID)):
            yield row.position, tables.document_of(row)

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks with these ids, by id; ids that the store does not hold are left out."""
        found: dict[str, Chunk] = {}
        for start in range(0, len(ids), _BATCH):
            wanted = [tables.parts_of_id(chunk_id) for chunk_id in ids[start : start + _BATCH]]
            query = _CHUNKS.format(", ".join(["(?, ?)"] * len(wanted)))
            with self._lock:
                rows = self._driver.execute(query, [value for pair in wanted for value in pair]).fetchall()
            every = map(tables.chunk_of_row, rows)
            found |= {chunk.id: chunk for chunk in every}
        return found

    def candidates(self, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        """The columns of CANDIDATE for the chunks with these ids; ids that the store does not hold are left out."""
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(ids), _BATCH):
            wanted = [tables.parts_of_id(chunk_id) for chunk_id in ids[start : start + _BATCH]]
            query = _CANDIDATES.format(", ".join(["(?, ?)"] * len(wanted)))
            with self._lock:
                found += self._driver.execute(query, [value for pair in wanted for value in pair]).fetchall()
        return found

    def chunks_of(self, document_id: str) -> tuple[Chunk, ...]:
        """The chunks of one document, in their order."""
        query = select(chunks).where(chunks.c.document_id == document_id).order_by(chunks.c.ordinal)
        return tuple(tables.chunk_of(row) for row in self.rows(query))

    def search_texts(self) -> list[tuple[str, str]]:
        """The id and the search text of every chunk, in the order of their rows."""
        query = select(chunks.c.document_id, chunks.c.ordinal, chunks.c.search_text).order_by(chunks.c.row)
        return [(tables.chunk_id(row.document_id, row.ordinal), row.search_text) for row in self.rows(query)]

    def first_search_text(self) -> str:
        """The search text of the first chunk; "" when there is none."""
        rows = self.rows(select(chunks.c.search_text).order_by(chunks.c.row).limit(1))
        return str(rows[0][0]) if rows else ""

    def column(self, name: str) -> list[Any]:
        """The values of one column of the documents, in the order in which they were written."""
        return [row[0] for row in self.rows(select(documents.c[name]).order_by(_ROWID))]

    def counts(self) -> tuple[int, int]:
        """How many documents and how many chunks there are."""
        many: list[int] = [self.rows(select(func.count()).select_from(table))[0][0] for table in (documents, chunks)]
        return many[0], many[1]

    def rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        """The rows that a query gives."""
        with self._lock:
            return self._connection.execute(query).all()


def _engine(uri: str) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, check_same_thread=False)

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)
