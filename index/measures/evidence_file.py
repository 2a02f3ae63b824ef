"""The evidence of one part of an index, in one SQLite file beside its store, from which it is derived."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.measures.evidence import Evidence, evidence_of
from index.measures.naming import names_any
from index.measures.taxonomy import taxonomy_digest

if TYPE_CHECKING:
    from index.prepare import Prepared
    from index.types import Document

EVIDENCE_FILE = "evidence.sqlite"


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """What is shown of a document that holds evidence."""

    document_id: str
    title: str
    file: str
    published: str | None
    is_spun: bool

    @classmethod
    def of(cls, document: Document) -> EvidenceSource:
        """What is shown of this document."""
        return cls(document.id, document.title, document.file, document.published, "spun" in document.quality)


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence and the document that it stands in."""

    source: EvidenceSource
    evidence: Evidence


_SOURCE, _EVIDENCE = tuple(EvidenceSource.__dataclass_fields__), tuple(Evidence.__dataclass_fields__)


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


_SCHEMA = f"""
CREATE TABLE made_with (taxonomy TEXT NOT NULL);
CREATE TABLE sources ({_listed(_SOURCE)}, PRIMARY KEY (document_id));
CREATE TABLE evidence (document_id TEXT NOT NULL, {_listed(_EVIDENCE)});
CREATE INDEX evidence_measure ON evidence (measure);
"""


class EvidenceWriter:
    """Collects the evidence of a part in the making; what it copies may be of another taxonomy, then all is derived anew."""

    def __init__(self) -> None:
        self._shown: list[Shown] = []
        self._is_whole = True

    def put(self, prepared: Prepared) -> None:
        """Takes the evidence that came with a document."""
        if prepared.evidence:
            from index.tables import document_of_row

            source = EvidenceSource.of(document_of_row(prepared.row))
            self._shown += [Shown(source, Evidence(*row)) for row in prepared.evidence]

    def copy(self, folder: Path, dropped: Set[str]) -> None:
        """Takes that of another part, but for the documents dropped."""
        if is_fresh(folder):
            kept = read_evidence(folder / EVIDENCE_FILE)
            self._shown += [one for one in kept if one.source.document_id not in dropped]
        else:
            self._is_whole = False

    def close(self, folder: Path) -> None:
        """Writes the file of the part in `folder`, whose store is finished."""
        if self._is_whole:
            write_evidence(folder / EVIDENCE_FILE, self._shown)
        else:
            derive_evidence(folder, folder)


def write_evidence(path: Path, shown: Iterable[Shown]) -> None:
    """Writes a new file with this evidence."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        # Whoever publishes the file makes it durable.
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute("PRAGMA synchronous=OFF")
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO made_with VALUES (?)", (taxonomy_digest(),))
        sources: dict[str, EvidenceSource] = {}
        for one in shown:
            sources[one.source.document_id] = one.source
            connection.execute(
                f"INSERT INTO evidence VALUES (?{', ?' * len(_EVIDENCE)})", (one.source.document_id, *one.evidence.row)
            )
        connection.executemany(
            f"INSERT INTO sources VALUES (?{', ?' * (len(_SOURCE) - 1)})", map(astuple, sources.values())
        )
        connection.commit()


def derive_evidence(store: Path, target: Path) -> None:
    """Writes the evidence of the part whose store lies in `store` into the folder `target`."""
    write_evidence(target / EVIDENCE_FILE, _derived(store))


def _derived(store: Path) -> Iterator[Shown]:
    from index.part_store import STORE_FILE, PartStore
    from index.tables import parts_of_id

    with closing(PartStore.open(store / STORE_FILE)) as part:
        naming = (parts_of_id(chunk_id)[0] for chunk_id, text in part.search_texts() if names_any(text))
        for document_id in dict.fromkeys(naming):
            document = part.document(document_id)
            if document is not None:
                source = EvidenceSource.of(document)
                yield from (Shown(source, one) for one in evidence_of(document, part.chunks_of(document_id)))


def is_fresh(folder: Path) -> bool:
    """Whether the part in `folder` has evidence that was found with the present taxonomy."""
    try:
        with closing(_reading(folder / EVIDENCE_FILE)) as connection:
            found = connection.execute("SELECT taxonomy FROM made_with").fetchone()
    except sqlite3.Error:
        # There is none, or it cannot be read: both are made again.
        return False
    return found is not None and bool(found[0] == taxonomy_digest())


def read_evidence(path: Path, measure: str = "") -> list[Shown]:
    """The evidence of a file, in its order; of one measure only where it is named."""
    query = f"SELECT {_listed(_SOURCE)}, {_listed(_EVIDENCE)} FROM evidence JOIN sources USING (document_id)"
    query += " WHERE measure = ?" if measure else ""
    with closing(_reading(path)) as connection:
        rows = connection.execute(f"{query} ORDER BY evidence.rowid", (measure,) if measure else ())
        return [_shown(row) for row in rows]


def _shown(row: Sequence[Any]) -> Shown:
    document_id, title, file, published, is_spun, *values = row
    return Shown(EvidenceSource(document_id, title, file, published, bool(is_spun)), Evidence(*values))


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
