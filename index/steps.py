"""The steps that a build is made of, as values: who reads, who cuts, who embeds, who signs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.cleaning.site import SiteLines
from index.prepare import Prepared, Signer
from index.settings import Settings
from index.types import Chunk, Document

if TYPE_CHECKING:
    from index.embedding import Embedder


class Progress(Protocol):
    """Told how far a build is: `done` of `total` (None while unknown) of the step `what`, in Chinese."""

    def __call__(self, done: int, total: int | None, what: str) -> None:
        """One step further; what it raises ends the build and leaves the index as it was."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, a part of one or a line that gave no document, and why (Chinese)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """What reading a file, or a stretch of a long one, gave.

    `unchanged` says that the index holds all of it already; `is_last` that nothing more of this file comes; `size` is its
    bytes, `done` and `total` those of all that is to be read.
    """

    origin: str
    sha256: str
    prepared: tuple[Prepared, ...] = ()
    unread: tuple[Unread, ...] = ()
    unchanged: bool = False
    is_last: bool = True
    size: int = 0
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Gathering:
    """What a reader is told: how to cut, whether the index holds a file as it is (origin, sha256), who embeds.

    Without an embedder the writer embeds, which is right for a model too heavy to be loaded by every reading process.
    `sites` counts what the pages of each site share; readers add to it.
    """

    settings: Settings
    is_held: Callable[[str, str], bool]
    embedder_setting: str | None = None
    embeds: bool = False
    sites: dict[str, SiteLines] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a build."""

    gather: Callable[[Sequence[Path], Gathering], Iterator[FileRead]]
    chunk: Callable[[Document, Settings], Sequence[Chunk]]
    embedder: Callable[[str | None], Embedder]
    sign: Signer


def standard_steps() -> Steps:
    """The steps of this project's own rooms."""
    from index.chunking import chunk_document
    from index.embedding import load_embedder
    from index.gather import gather
    from index.quality import signature

    return Steps(gather, chunk_document, load_embedder, signature)


def silent(done: int, total: int | None, what: str) -> None:
    """Progress that nobody looks at."""
