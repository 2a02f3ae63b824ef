"""One revision of an index: which documents stay, which go, and the parts that hold what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.base import Base
from index.cleaning.site import SiteLines
from index.derive import embed_all
from index.generations import Draft
from index.keyword_draft import KeywordDraft
from index.model_choice import ModelOfIndex
from index.naming import named_documents, path_text
from index.part import PartEntry
from index.parts_draft import PartsDraft
from index.pipeline import is_of_this_program
from index.predecessor import predecessor
from index.prepare import Prepared, prepare
from index.resume import Saved, Standing
from index.steps import FileRead, Gathering, Progress, Steps
from index.store import Held
from index.tables import DUPLICATE, document_of_row
from index.tally import Tally
from index.types import BuildReport, Document


class Revision:
    """A new generation in the making over the parts of an old one.

    `base` holds the parts of the old generation; `saved` is what a killed writer had finished.
    """

    def __init__(
        self,
        draft: Draft,
        base: Base,
        saved: Saved,
        steps: Steps,
        model: ModelOfIndex,
        keywords: KeywordDraft,
    ) -> None:
        self.store, self.steps, self.settings = base.store, steps, base.settings
        self.tally = Tally()
        self.new_ids: set[str] = set()
        self.sites: dict[str, SiteLines] = {}
        self.titles: dict[str, str] = {}
        self._base, self._saved, self._model, self._keywords = base, saved, model, keywords
        self._standing = Standing(set(saved.whole), dict(saved.instead))
        self._parts = PartsDraft(draft, base, saved, self._standing)
        self._read_files: set[str] = set()
        self._unchanged_files: set[str] = set()
        self._broken: set[str] = set()
        self._gone: dict[str, set[str]] = {}
        self._seen: set[str] = set()
        self._ids: set[str] = set()
        self._confirmed: set[str] = set()
        self._position = max([base.store.last_position(), *(one.position for one in saved.held)]) + 1

    @property
    def gone_ids(self) -> frozenset[str]:
        """The documents of the old generation that are not in the new one, or not as they were."""
        return frozenset(document_id for ids in self._gone.values() for document_id in ids)

    @property
    def next_part(self) -> int:
        """A number that no part has."""
        return self._parts.next_part

    @property
    def is_changed(self) -> bool:
        """Whether the new generation differs from the old one."""
        return bool(self._gone or self._parts.is_begun or self._confirmed)

    def gathered(self, paths: Sequence[Path]) -> Iterator[FileRead]:
        """What reading the files under the paths gives, in order."""
        self._standing.is_reading = True
        asked = Gathering(self.settings, self.holds, self._model.setting, self._model.is_light, self.sites)
        return self.steps.gather(paths, asked)

    def take(self, found: FileRead) -> int:
        """Merges what was read of a file; gives how many documents came so far."""
        for prepared in found.prepared:
            self.put(prepared)
        if found.prepared or found.unchanged:
            self._read_files.add(found.origin)
        if found.unchanged:
            self._unchanged_files.add(found.origin)
        if found.unread:
            self._broken.add(found.origin)
        # What a file no longer has goes, unless a part of it could not be read: then nobody knows.
        if found.is_last and found.origin in self._read_files and found.origin not in self._broken:
            self._end_of_file(found.origin)
            self._standing.whole.add(found.origin)
        return len(self._seen)

    def seen_files(self) -> frozenset[str]:
        """The files that gave a document, now or when they were read last."""
        return frozenset(self._read_files)

    def newly_read_files(self) -> frozenset[str]:
        """The files that were read now, so that what was said of them before holds no longer."""
        return frozenset(self._read_files - self._unchanged_files)

    def unseen(self) -> list[Held]:
        """The documents of the last generation that nothing was said about yet."""
        return [one for one in self.store.held() if one.origin not in self._seen and one.id not in self.gone_ids]

    def named(self, names: Sequence[str]) -> list[Held]:
        """The documents that a person means; UnknownDocumentError when a name fits none, or several files."""
        meant: dict[str, Held] = {}
        for name in names:
            held = {one.id: one for one in self.store.held_named(name, path_text(Path(name).resolve()))}
            known = [(one.id, one.origin, one.file, one.title) for one in held.values()]
            meant |= {document_id: held[document_id] for document_id in named_documents(known, [name])}
        return list(meant.values())

    def report(self) -> BuildReport:
        """What was done so far, without the counts of what there is."""
        return self.tally.report()

    def holds(self, origin: str, sha256: str) -> bool:
        """Whether the index, or what a killed writer left, holds a whole file as this program would read it."""
        for held, is_saved in ((self._saved.under(origin), True), (self.store.held_under(origin), False)):
            if held and all(one.sha256 == sha256 and is_of_this_program(one.fingerprint) for one in held):
                for one in held:
                    self._keep(one, is_saved)
                return True
        return False

    def put(self, prepared: Prepared) -> bool:
        """Merges one document; false when its origin gave one in this revision already."""
        if prepared.origin in self._seen:
            return False
        old, saved = self.store.held_at(prepared.origin), self._saved.at(prepared.origin)
        for held in (saved, old):
            if held and (held.fingerprint, held.sha256) == (prepared.fingerprint, prepared.sha256):
                self._keep(held, held is saved)
                return True
        old = old or predecessor(prepared, self._base, self._is_free)
        if old is None:
            self.tally.added += 1
            self._write(prepared, None)
            return True
        self._drop(old)
        self._count(old, prepared.origin, prepared.sha256, prepared.fingerprint)
        if old.origin != prepared.origin and old.sha256 == prepared.sha256:
            # The same file under another name stays the document that people have cited.
            prepared = prepared.renamed(old.id)
        if title := self.titles.get(old.id):
            prepared = self._titled(document_of_row(prepared.row), prepared.fingerprint, title)
        self._standing.instead[prepared.id] = old.id
        self._write(prepared, old.position)
        return True

    def _count(self, old: Held, origin: str, sha256: str, fingerprint: str) -> None:
        """Counts a document that stands for an older one."""
        if old.origin != origin and old.sha256 == sha256:
            self.tally.moved += 1
        elif old.fingerprint == fingerprint:
            # A record of a corpus that changed elsewhere: only the checksum of the file is another.
            self.tally.unchanged += 1
        else:
            self.tally.replaced += 1

    def _keep(self, held: Held, is_saved: bool) -> None:
        self._seen.add(held.origin)
        if not is_saved:
            self.tally.unchanged += 1
            return
        self._confirmed.add(held.id)
        self._ids.add(held.id)
        self.new_ids.add(held.id)
        old = self.store.held_at(held.origin) or self.store.held_as(self._saved.instead.get(held.id, ""))
        if old is None:
            self.tally.added += 1
        elif old.id not in self._gone.get(old.part, set()):
            self._count(old, held.origin, held.sha256, held.fingerprint)
            self._drop(old)

    def _end_of_file(self, origin: str) -> None:
        """Removes what the index still holds of a file that was read whole and no longer has it."""
        for one in self.store.held_under(origin):
            if one.origin not in self._seen:
                self.remove(one)

    def remove(self, held: Held) -> None:
        """Removes a document with its chunks."""
        self._drop(held)
        self.tally.removed += 1

    def retitle(self, held: Held, title: str) -> None:
        """Gives a document another title, which it keeps when its file is read again."""
        document = self.store.document(held.id)
        if document is not None:
            self.titles[held.id] = title
            self._drop(held)
            self._write(self._titled(document, held.fingerprint, title), held.position)

    def _titled(self, document: Document, fingerprint: str, title: str) -> Prepared:
        """A document with another title; it is cut and embedded again, because its passages carry the title."""
        altered = replace(
            document,
            title=title,
            quality=tuple(code for code in document.quality if code != DUPLICATE),
            reasons=tuple(pair for pair in document.reasons if pair[0] != DUPLICATE),
        )
        return prepare(altered, self.steps.chunk(altered, self.settings), fingerprint, self.steps.sign)

    def adopt(self, document: Document, fingerprint: str) -> None:
        """Takes a document over that was read already, for an index of an older form."""
        pieces = self.steps.chunk(document, self.settings)
        self.put(prepare(document, pieces, fingerprint, self.steps.sign))

    def finish(self, progress: Progress) -> tuple[PartEntry, ...]:
        """Completes the parts of the new generation; gives the entries of all."""
        progress(0, None, "整理资料")
        entries = self._parts.finish(self._gone, self._confirmed)
        for name, part in self._saved.parts.items():
            kept = self._confirmed & {one.id for one in self._saved.held if one.part == name}
            self._keywords.add_stored(part.folder, kept)
        return entries

    def _write(self, prepared: Prepared, position: int | None) -> None:
        self._seen.add(prepared.origin)
        free = self._free_id(prepared)
        if free != prepared.id:
            prepared = prepared.renamed(free)
        self._ids.add(prepared.id)
        self.new_ids.add(prepared.id)
        if position is None:
            position = self._position
            self._position += 1
        given = prepared.vectors
        vectors = embed_all(self._model.embedder, prepared.search_texts) if given is None else given.astype(np.float32)
        self._keywords.add(prepared)
        self._parts.write(prepared, vectors, position)

    def __enter__(self) -> Revision:
        return self

    def __exit__(self, *_: object) -> None:
        """Gives up what is not finished, so that nothing writes into the draft any more."""
        self._keywords.abandon()
        self._parts.abandon()

    def _drop(self, held: Held) -> None:
        self._gone.setdefault(held.part, set()).add(held.id)
        self._keywords.remove(held.id)

    def _free_id(self, prepared: Prepared) -> str:
        # Two origins may give one id, such as two copies of a file; both are kept, told apart by a number.
        free, number = prepared.id, 1
        while free in self._ids or self._is_taken(free):
            number += 1
            free = f"{prepared.id}~{number}"
        return free

    def _is_taken(self, document_id: str) -> bool:
        held = self.store.held_as(document_id)
        return held is not None and document_id not in self._gone.get(held.part, set())

    def _is_free(self, held: Held) -> bool:
        """Whether nothing was said about a document of the last generation yet."""
        return held.origin not in self._seen and held.id not in self._gone.get(held.part, set())
