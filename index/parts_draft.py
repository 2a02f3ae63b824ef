"""The parts of a generation in the making: those taken over, those written anew, and those that lost documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import compress
from pathlib import Path

from index.base import Base
from index.codes import coded_parts, codes_file
from index.derive import derive_codes
from index.generations import Draft
from index.part import MOST_CHUNKS, MOST_DOCUMENTS, Part, PartEntry, PartWriter, to_join
from index.prepare import Prepared
from index.resume import Saved, Standing, note_finished
from index.store import PARTS_FOLDER
from index.vectors import Matrix


class PartsDraft:
    """Writes documents into parts; every part that is finished is noted for a writer that comes after a kill."""

    def __init__(self, draft: Draft, base: Base, saved: Saved, standing: Standing) -> None:
        """What a killed writer had finished is taken over at once, so that another kill loses nothing of it."""
        self._draft, self._base, self._saved, self._standing = draft, base, saved, standing
        self._closed: list[PartEntry] = []
        self._writer: PartWriter | None = None
        self.next_part = max(base.next_part, saved.next_part)
        for name, part in saved.parts.items():
            self._link(name, part)
        if saved.parts:
            self._note()

    @property
    def is_begun(self) -> bool:
        """Whether a document was written."""
        return bool(self._closed or self._writer)

    def write(self, prepared: Prepared, vectors: Matrix, position: int) -> None:
        """Writes a document with a vector for each of its chunks."""
        self._writer = self._writer or self._new_writer()
        self._writer.put(prepared, vectors, position)
        if self._writer.documents >= MOST_DOCUMENTS or self._writer.chunks >= MOST_CHUNKS:
            self._close()

    def finish(self, gone: Mapping[str, Set[str]], confirmed: Set[str]) -> tuple[PartEntry, ...]:
        """Closes the last part, writes those again that lost documents, joins small ones; gives the entries of all.

        `gone` are the documents that leave each part of the last generation; of what a killed writer saved, those
        `confirmed` stay.
        """
        self._close()
        entries = {entry.name: entry for entry in self._closed}
        for name, part in self._saved.parts.items():
            unwanted = {one.id for one in self._saved.held if one.part == name} - confirmed
            if unwanted:
                self._draft.discard(f"{PARTS_FOLDER}/{name}")
                self._copy(part, unwanted, entries)
            else:
                entries[name] = part.entry
        for name, part in self._base.parts.items():
            if dropped := gone.get(name, frozenset()):
                self._copy(part, dropped, entries)
            else:
                self._link(name, part)
                entries[name] = part.entry
        while names := to_join(entries.values()):
            entry = self._copied([self._home / name for name in names], frozenset())
            for name in names:
                del entries[name]
                self._draft.discard(f"{PARTS_FOLDER}/{name}")
            entries[entry.name] = entry
        finished = tuple(entries[name] for name in sorted(entries))
        self._code(finished)
        return finished

    def abandon(self) -> None:
        """Gives up what is not finished, so that nothing writes into the draft any more."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None

    @property
    def _home(self) -> Path:
        return self._draft.folder / PARTS_FOLDER

    def _link(self, name: str, part: Part) -> None:
        for path in sorted(part.folder.iterdir()):
            self._draft.link(path, f"{PARTS_FOLDER}/{name}/{path.name}")

    def _code(self, entries: Sequence[PartEntry]) -> None:
        """Gives the parts of a large library their codes: those that they had, or new ones."""
        wanted = coded_parts([entry.chunks for entry in entries], self._base.dimension)
        for entry in compress(entries, wanted):
            name, known = codes_file(entry.name), self._base.parts.get(entry.name)
            if known is not None and (known.generation / name).exists():
                self._draft.link(known.generation / name, name)
            else:
                derive_codes(self._draft.folder, [entry.name])

    def _copy(self, part: Part, dropped: Set[str], entries: dict[str, PartEntry]) -> None:
        if len(dropped) < part.entry.documents:
            copied = self._copied([part.folder], dropped)
            entries[copied.name] = copied

    def _copied(self, folders: Iterable[Path], dropped: Set[str]) -> PartEntry:
        writer = self._new_writer()
        for folder in folders:
            writer.copy(folder, dropped)
        return writer.close()

    def _new_writer(self) -> PartWriter:
        writer = PartWriter(self._home / f"{self.next_part:06d}", self._base.dimension)
        self.next_part += 1
        return writer

    def _close(self) -> None:
        if self._writer is not None:
            self._closed.append(self._writer.close())
            self._writer = None
            if self._standing.is_reading:
                self._note()

    def _note(self) -> None:
        entries = [*(part.entry for part in self._saved.parts.values()), *self._closed]
        note_finished(self._draft.folder, entries, self.next_part, self._base.made_with, self._standing)
