"""Documents go into a store: added, put in place of an older reading, or found unchanged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from index.settings import Settings
from index.steps import Steps
from index.store import Store
from index.types import Document

DUPLICATE = "duplicate"


@dataclass
class Merge:
    """One writing of a store and what it did so far; `dirty` says whether the store differs from before."""

    store: Store
    steps: Steps
    settings: Settings
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    dirty: bool = False
    _seen: set[str] = field(default_factory=set)

    @property
    def read(self) -> int:
        """How many documents came, each origin once."""
        return len(self._seen)

    def put(self, document: Document) -> None:
        """Merges one document; what its origin gave before makes way, and the place in the order stays."""
        if document.origin in self._seen:
            # The same file was named twice, for example by itself and by its folder.
            return
        self._seen.add(document.origin)
        old = self.store.by_origin(document.origin)
        if old is None:
            self.added += 1
            self._write(self._with_free_id(document), self.store.next_position())
            return
        position, before = old
        if _content(document) == _content(before):
            self.unchanged += 1
            if document.sha256 != before.sha256:
                self.store.set_sha256(before.id, document.sha256)
                self.dirty = True
            return
        self.replaced += 1
        self.store.drop(before.id)
        self._write(self._with_free_id(document), position)

    def remove(self, document_id: str) -> None:
        """Removes a document with its chunks."""
        self.store.drop(document_id)
        self.dirty = True

    def mark_duplicates(self) -> None:
        """Marks the later of two near-duplicates with "duplicate"; both stay, and stay citable.

        The same words about another place are no copy: each place keeps its own row of a table.
        """
        documents = self.store.documents()
        places = {document.id: document.places for document in documents}
        order = {document.id: position for position, document in enumerate(documents)}
        later = {
            max(one, other, key=order.__getitem__)
            for one, others in self.steps.duplicates(documents).items()
            for other in others
            if one != other and places[one] == places[other]
        }
        for document in documents:
            quality = _own_quality(document) + ((DUPLICATE,) if document.id in later else ())
            if quality != document.quality:
                self.store.set_quality(document.id, quality)
                self.dirty = True

    def _write(self, document: Document, position: int) -> None:
        self.dirty = True
        self.store.put(document, self.steps.chunk(document, self.settings), position)

    def _with_free_id(self, document: Document) -> Document:
        # Two origins may give one id, such as two copies of a file; both are kept, told apart by a number.
        free, number = document.id, 1
        while self.store.holds(free):
            number += 1
            free = f"{document.id}~{number}"
        return document if free == document.id else replace(document, id=free)


def _content(document: Document) -> Document:
    # The checksum of a .jsonl corpus changes with any of its lines, and the id may have been given here.
    return replace(document, id="", sha256="" if document.record else document.sha256, quality=_own_quality(document))


def _own_quality(document: Document) -> tuple[str, ...]:
    return tuple(code for code in document.quality if code != DUPLICATE)
