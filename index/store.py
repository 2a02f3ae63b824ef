"""The truth of an index: the documents and chunks of all its parts, seen as one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select

from index import tables
from index.part_store import STORE_FILE, PartStore
from index.remembering import Remembered
from index.tables import DUPLICATE, chunks, documents
from index.types import Candidate, Chunk, Document

PARTS_FOLDER = "parts"
DUPLICATES_FILE = "duplicates.json"
_MANY = 300
# One answer looks at the same chunks several times, and so does the next question about the same thing.
_CHUNKS_KEPT, _CANDIDATES_KEPT = 1024, 4096


@dataclass(frozen=True, slots=True)
class Held:
    """A document of an index by what names it and what it came from, without its text."""

    id: str
    position: int
    origin: str
    file: str
    title: str
    source: str
    record: str
    sha256: str
    fingerprint: str
    digest: str
    places: str
    part: str

    @property
    def path(self) -> str:
        """The file that it came from, alone or as a record of it."""
        return self.origin[: -len(self.record) - 1] if self.record else self.origin


_HELD = [documents.c[name] for name in Held.__dataclass_fields__ if name != "part"]


class Store:
    """A reading view of the parts of one generation, in the order in which documents came.

    `copies` maps the id of a near-copy to that of the document that counts in its place; such documents carry the
    quality code "duplicate".
    """

    def __init__(self, parts: Mapping[str, PartStore], copies: Mapping[str, str]) -> None:
        self._parts = dict(parts)
        self._copies = copies
        self._asked = 0
        # Which part a document was seen in, so that whoever got its chunks need not look through all parts for it.
        self._home: dict[str, PartStore] = {}
        self._kept_chunks: Remembered[str, Chunk] = Remembered(_CHUNKS_KEPT)
        self._kept_candidates: Remembered[str, Candidate] = Remembered(_CANDIDATES_KEPT)

    @classmethod
    def open(cls, folder: Path, parts: Sequence[str]) -> Store:
        """The parts with these names of the generation in `folder`."""
        opened = {name: PartStore.open(folder / PARTS_FOLDER / name / STORE_FILE) for name in parts}
        return cls(opened, read_copies(folder))

    def close(self) -> None:
        """Gives the connections back."""
        for part in self._parts.values():
            part.close()

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        home = self._home.get(document_id)
        parts = (home,) if home else self._parts.values()
        found = next(filter(None, (part.document(document_id) for part in parts)), None)
        return self._marked(found) if found else None

    def documents(self) -> tuple[Document, ...]:
        """All documents, in their order."""
        every = [pair for part in self._parts.values() for pair in part.documents()]
        return tuple(self._marked(document) for _, document in sorted(every, key=lambda pair: pair[0]))

    def held(self) -> list[Held]:
        """Every document in their order, without reading the texts."""
        return sorted(self._held_where(select(*_HELD)), key=lambda one: one.position)

    def held_under(self, path: str) -> list[Held]:
        """The documents that came from this file, be it as one document or as several records of it."""
        origin = documents.c.origin
        records = [(origin > f"{path}{mark}") & (origin < f"{path}{chr(ord(mark) + 1)}") for mark in "#!"]
        found = self._held_where(select(*_HELD).where((origin == path) | records[0] | records[1]))
        return [one for one in found if one.path == path]

    def held_at(self, origin: str) -> Held | None:
        """The document that came from this origin, or None."""
        # Whoever asks for very many origins is answered from a list of all, which takes a moment to make.
        self._asked += 1
        if self._asked > _MANY:
            return self._by_origin.get(origin)
        return next(iter(self._held_where(select(*_HELD).where(documents.c.origin == origin))), None)

    def held_alike(self, sha256: str, title: str) -> list[Held]:
        """The documents with this checksum or this title."""
        return self._held_where(select(*_HELD).where((documents.c.sha256 == sha256) | (documents.c.title == title)))

    def held_named(self, name: str, path: str) -> list[Held]:
        """The documents that a person may mean by a name, which as a file or folder has this path, in their order."""
        # No store takes half a surrogate, and no document is named by one: such a name can only be a path.
        name = name.encode("utf-8", "replace").decode("utf-8")
        origin = documents.c.origin
        within = [(origin > f"{path}{mark}") & (origin < f"{path}{chr(ord(mark) + 1)}") for mark in "#!/"]
        exact = (documents.c.id == name) | origin.in_([name, path])
        query = select(*_HELD).where(
            exact | within[0] | within[1] | within[2] | (documents.c.file == name) | (documents.c.title == name)
        )
        return sorted(self._held_where(query), key=lambda one: one.position)

    def held_as(self, document_id: str) -> Held | None:
        """The document with this id, without its text."""
        if self._asked > _MANY:
            return self._by_id.get(document_id)
        # Most parts do not hold it, and a near-copy that is read asks for the document that it repeats.
        name = self._part_of.get(document_id)
        query = select(*_HELD).where(documents.c.id == document_id)
        return next(iter(self._held_where(query, (name,))), None) if name is not None else None

    def row_of(self, held: Held) -> int:
        """The number of a document in its part."""
        return self._parts[held.part].column("id").index(held.id)

    def last_position(self) -> int:
        """The position of the last document; −1 when there is none."""
        last = [part.rows(select(func.max(documents.c.position)))[0][0] for part in self._parts.values()]
        return max((position for position in last if position is not None), default=-1)

    @cached_property
    def _by_origin(self) -> dict[str, Held]:
        return {one.origin: one for one in self.held()}

    @cached_property
    def _by_id(self) -> dict[str, Held]:
        return {one.id: one for one in self.held()}

    def _held_where(self, query: Select[Any], parts: Sequence[str] = ()) -> list[Held]:
        """The documents that a query gives in the named parts, in all of them where none is named."""
        names = parts or self._parts
        return [Held(**row._mapping, part=name) for name in names for row in self._parts[name].rows(query)]

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks with these ids, by id; ids that the store does not hold are left out."""
        return self._kept_chunks.of(ids, lambda missing: self._read_chunks(missing).items())

    def _read_chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        found: dict[str, Chunk] = {}
        for name, wanted in self._by_part(ids).items():
            here = self._parts[name].chunks(wanted)
            self._home.update((chunk.document_id, self._parts[name]) for chunk in here.values())
            found |= here
        return found

    def candidates(self, ids: Sequence[str]) -> list[Candidate]:
        """The chunks with these ids as ranking looks at them, in the order of the ids; ids not held are left out."""
        found = self._kept_candidates.of(ids, self._read_candidates)
        return [found[chunk_id] for chunk_id in ids if chunk_id in found]

    def _read_candidates(self, ids: Sequence[str]) -> Iterator[tuple[str, Candidate]]:
        for name, wanted in self._by_part(ids).items():
            for row in self._parts[name].candidates(wanted):
                one = tables.candidate_of(row, name, self._copies)
                yield one.chunk_id, one

    def _by_part(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """The ids of chunks by the part that holds their document; those of unknown documents are left out."""
        asked: dict[str, list[str]] = {}
        for chunk_id in ids:
            name = self._part_of.get(tables.parts_of_id(chunk_id)[0])
            if name is not None:
                asked.setdefault(name, []).append(chunk_id)
        return asked

    @cached_property
    def _part_of(self) -> dict[str, str]:
        """The part of every document: a question finds its passages in a few of many parts."""
        return {row[0]: name for name, part in self._parts.items() for row in part.rows(select(documents.c.id))}

    def chunks_of(self, document_id: str) -> tuple[Chunk, ...]:
        """The chunks of one document, in their order."""
        return next(filter(None, (part.chunks_of(document_id) for part in self._parts.values())), ())

    def search_texts(self) -> Iterator[tuple[str, str]]:
        """The id and the search text of every chunk, part by part."""
        for part in self._parts.values():
            yield from part.search_texts()

    def place_names(self) -> frozenset[str]:
        """Every place that a document or a chunk is attributed to."""
        columns = (documents.c.places, chunks.c.places)
        lists = {
            row[0]
            for part in self._parts.values()
            for column in columns
            for row in part.rows(select(column).distinct())
        }
        return frozenset(place for text in lists for place in tables.strings(text))

    def newest(self) -> str | None:
        """The latest date of publication, as an ISO date, or None when no document has one."""
        dates = [part.rows(select(func.max(documents.c.published)))[0][0] for part in self._parts.values()]
        return max(filter(None, dates), default=None)

    @property
    def copies(self) -> Mapping[str, str]:
        """The id of every near-copy, with the id of the document that counts for it."""
        return self._copies

    def _marked(self, document: Document) -> Document:
        leader = self._copies.get(document.id)
        if leader is None:
            return document
        first = self.held_as(leader)
        reason = f"与《{first.title}》（{first.file}）内容基本相同" if first else "与另一份资料内容基本相同"
        return replace(
            document, quality=(*document.quality, DUPLICATE), reasons=(*document.reasons, (DUPLICATE, reason))
        )


def read_copies(folder: Path) -> dict[str, str]:
    """The near-copies of the generation in `folder`; none where the file is missing, which the manifest then tells."""
    try:
        found: dict[str, str] = json.loads((folder / DUPLICATES_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def write_copies(folder: Path, copies: Mapping[str, str]) -> None:
    """Writes the near-copies of a generation."""
    text = json.dumps(dict(sorted(copies.items())), ensure_ascii=False, separators=(",", ":"))
    (folder / DUPLICATES_FILE).write_text(text, encoding="utf-8")
