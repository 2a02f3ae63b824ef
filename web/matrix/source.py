"""The one joint between the page of the matrix and its engine: what the page needs, and how a library gives it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING, Protocol

from index.errors import ChangaiError
from index.measures import Cell, Measure, matrix, measures
from index.measures.corrections import CORRECTIONS_FILE, Correction, add_correction

if TYPE_CHECKING:
    from pathlib import Path

    from index.library import Library

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much was read: documents, and the cities that they are about."""

    documents: int
    cities: int


class MatrixSource(Protocol):
    """What the page and REST need of a matrix; safe to share between threads."""

    def cells(self) -> tuple[Cell, ...]:
        """Every cell, by place and in the order of the measures."""
        ...

    def measures(self) -> Sequence[Measure]:
        """The taxonomy, in its order."""
        ...

    def extent(self) -> Extent:
        """How much was read."""
        ...

    def text(self, document_id: str) -> str:
        """The text of a document, which the offsets of evidence point into; UnknownDocumentError when it is gone."""
        ...

    def correct(self, correction: Correction) -> None:
        """Keeps what a person said of a cell; OSError when it cannot be kept."""
        ...


class LibraryMatrix:
    """The matrix of the newest index; all cells are held until a newer index or correction comes."""

    def __init__(self, newest: Callable[[], Library]) -> None:
        self._newest = newest
        self._lock = Lock()
        self._held: tuple[Library, object, tuple[Cell, ...]] | None = None

    def cells(self) -> tuple[Cell, ...]:
        """Every cell, with what staff corrected."""
        library = self._newest()
        stamp = _stamp(library.settings.folder)
        with self._lock:
            if self._held is None or self._held[0] is not library or self._held[1] != stamp:
                self._held = (library, stamp, matrix(library))
            return self._held[2]

    def warm(self) -> None:
        """Begins to read the cells in the background, so that the first person who opens the page need not wait."""
        Thread(target=self._read_ahead, daemon=True).start()

    def measures(self) -> Sequence[Measure]:
        """The taxonomy of this process."""
        return measures()

    def extent(self) -> Extent:
        """How much the newest index holds."""
        # The answers' table counts the cities; the two must say the same.
        from rag.table import cities_held

        library = self._newest()
        return Extent(library.manifest.documents, cities_held(library))

    def text(self, document_id: str) -> str:
        """The text of a document of the newest index."""
        return self._newest().document(document_id).text

    def correct(self, correction: Correction) -> None:
        """Writes the correction beside the index, where every rebuild finds it."""
        add_correction(self._newest().settings.folder, correction)

    def _read_ahead(self) -> None:
        try:
            self.cells()
        except ChangaiError:
            # Whoever opens the page is told the same.
            log.exception("the matrix could not be read ahead")


def _stamp(folder: Path) -> tuple[int, int]:
    """What changes with the file of corrections."""
    try:
        found = (folder / CORRECTIONS_FILE).stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
