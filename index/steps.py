"""The steps that a build is made of, as values: who reads, who cuts, who embeds, who finds duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.settings import Settings
from index.types import Chunk, Document

if TYPE_CHECKING:
    from index.embedding import Embedder


class SkippedPath(Protocol):
    """What a reader gives for a path that it could not read."""

    @property
    def path(self) -> object:
        """The path, as the user gave it or as it was found."""

    @property
    def reason(self) -> str:
        """Why, in Chinese."""


class Progress(Protocol):
    """Told how far a build is: `done` of `total` (None while unknown) of the step `what`, in Chinese."""

    def __call__(self, done: int, total: int | None, what: str) -> None:
        """One step further; what it raises ends the build and leaves the index as it was."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a build; `duplicates` maps a document's id to the ids of its near-duplicates."""

    read: Callable[[Sequence[Path]], Iterable[Document | SkippedPath]]
    chunk: Callable[[Document, Settings], Sequence[Chunk]]
    embedder: Callable[[str | None], Embedder]
    duplicates: Callable[[Sequence[Document]], Mapping[str, Sequence[str]]]


def standard_steps() -> Steps:
    """The steps of this project's own rooms."""
    from index.chunking import chunk_document
    from index.embedding import load_embedder
    from index.quality import duplicates
    from index.sources.read import read_paths

    return Steps(read_paths, chunk_document, load_embedder, duplicates)


def silent(done: int, total: int | None, what: str) -> None:
    """Progress that nobody looks at."""
