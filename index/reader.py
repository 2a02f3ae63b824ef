"""Pieces of work for a reading process, and what reads them: bytes to pages, documents, chunks, rows and vectors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.cleaning.site import SiteLines
from index.errors import SourceError
from index.pipeline import fingerprint
from index.prepare import Prepared, prepare, with_vectors
from index.settings import Settings
from index.sources.limits import memory_for, seconds_for
from index.sources.read import Found, Skipped, document_of, file_bytes, pages_in, site_of

if TYPE_CHECKING:
    from index.embedding import Embedder

_SECONDS_A_MEGABYTE = 2.0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it lies, what people call it, the checksum and the number of its bytes."""

    path: str
    name: str
    sha256: str
    size: int

    @property
    def place(self) -> Path:
        """Where it lies; the name of a file may be no Unicode."""
        return Path(os.fsdecode(self.path.encode("utf-8", "surrogateescape")))


@dataclass(frozen=True, slots=True)
class Piece:
    """What a reading process takes at once: files, or the bytes [start, end) of one corpus from its line `first_line`."""

    files: tuple[SourceFile, ...]
    start: int = 0
    end: int = -1
    first_line: int = 1
    is_last: bool = True

    @classmethod
    def of(cls, fields: dict[str, Any]) -> Piece:
        """The piece that `fields` described."""
        return cls(**(fields | {"files": tuple(SourceFile(**file) for file in fields["files"])}))

    @property
    def fields(self) -> dict[str, Any]:
        """The piece as plain values."""
        return asdict(self)

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.end - self.start if self.end >= 0 else sum(file.size for file in self.files)

    @property
    def seconds(self) -> float:
        """How long reading it may take."""
        return max(seconds_for(file.name) for file in self.files) + _SECONDS_A_MEGABYTE * self.size / 2**20

    @property
    def memory(self) -> int:
        """How many bytes of private memory reading it may take."""
        return max(memory_for(file.name) for file in self.files)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What one file of a piece gave: documents, and lines about what gave none (path, reason)."""

    prepared: list[Prepared]
    unread: list[tuple[str, str]]


class Reader:
    """Reads pieces: bytes to pages, to documents, to chunks, to rows and vectors.

    `known` counts, by site, what the pages that the index holds have in common. What a piece adds counts for that piece
    alone, so that a document does not depend on which process read what before.
    """

    def __init__(self, settings: Settings, embedder: Embedder | None, known: Mapping[str, SiteLines]) -> None:
        self._settings = settings
        self._embedder = embedder
        self._known = known

    @classmethod
    def of(cls, setup: dict[str, Any]) -> Reader:
        """The reader that a writer asks a reading process for."""
        from index.embedding import load_embedder
        from index.measures.taxonomy import choose_taxonomy

        choose_taxonomy(Path(setup["measures"]))
        settings = Settings(token_encoding=setup["token_encoding"], chunk_tokens=setup["chunk_tokens"])
        known = {site: SiteLines.from_json(lines) for site, lines in setup["sites"].items()}
        return cls(settings, load_embedder(setup["embedder_setting"]) if setup["embeds"] else None, known)

    def read(self, piece: Piece) -> tuple[list[FileOutcome], dict[str, SiteLines]]:
        """What each file of a piece gave, and the counts of its pages by site, which are looked at before any is cleaned."""
        pages = [self._guarded(file, partial(self._pages, piece, file)) for file in piece.files]
        sites: dict[str, SiteLines] = {}
        for found in (one for of_file in pages for one in of_file if isinstance(one, Found)):
            if site := site_of(found):
                sites.setdefault(site, SiteLines()).add(found.page.text)
        shells = {site: self._known.get(site, SiteLines()).joined(lines).lines() for site, lines in sites.items()}
        outcomes = []
        for file, of_file in zip(piece.files, pages, strict=True):
            made = self._guarded(file, partial(self._prepared, file, of_file, shells))
            prepared = [one for one in made if isinstance(one, Prepared)]
            unread = [(str(one.path), one.reason) for one in made if isinstance(one, Skipped)]
            outcomes.append(FileOutcome(with_vectors(prepared, self._embedder) if self._embedder else prepared, unread))
        return outcomes, sites

    def _pages(self, piece: Piece, file: SourceFile) -> Iterator[Found | Skipped]:
        data = file_bytes(file.place, file.name, piece.start, piece.end)
        yield from pages_in(data, file.place, file.name, piece.first_line)

    def _prepared(
        self, file: SourceFile, pages: Sequence[Found | Skipped], shells: Mapping[str, frozenset[str]]
    ) -> Iterator[Prepared | Skipped]:
        from index.chunking import chunk_document
        from index.quality import signature

        for found in pages:
            if isinstance(found, Skipped):
                yield found
            else:
                document = document_of(found, file.sha256, shells)
                yield prepare(document, chunk_document(document, self._settings), fingerprint(document), signature)

    def _guarded(self, file: SourceFile, read: Callable[[], Iterator[Any]]) -> list[Any]:
        """What reading gives; a fault of the program in one file must not end a build of thousands, and is told."""
        try:
            return list(read())
        except SourceError as error:
            return [Skipped(file.place, str(error))]
        except MemoryError:
            limit = memory_for(file.name) // 2**20
            return [Skipped(file.place, f"文件 {file.name} 需要的内存超过上限 {limit} MB；请拆分或换一种格式后重试。")]
        except Exception as error:
            return [Skipped(file.place, fault(file.name, error))]


def fault(name: str, error: Exception) -> str:
    """The line for a file that this program failed on, with the place in the program."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"，{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else ""
    return f"文件 {name} 读取时程序出错（{type(error).__name__}{where}）；请换一种格式后重试，并把这一行告诉维护人员。"
