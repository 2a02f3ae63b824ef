"""What was taken from one file: the records behind `changai inspect`, plain enough for JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part of a document's text with what was found about it: `text` stands at [start, end)."""

    start: int
    end: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """How often a reason was given, over how many characters, and which part of all characters that is (0 to 1)."""

    reason: str
    parts: int
    characters: int
    share: float


@dataclass(frozen=True, slots=True)
class InspectedDocument:
    """One document of a file: what is known about it, its text, and the parts of it that do not count.

    `noise` is sorted and disjoint; `holes` are sentences from which a figure or a name was taken, which stay text but are
    not quoted as if whole. `characters` and `kept` count visible characters. `quality` holds (code, reason) pairs.
    """

    title: str
    source: str
    published: str | None
    author: str
    number: str
    level: str
    places: tuple[str, ...]
    file: str
    record: str
    headings: int
    pages: int
    characters: int
    kept: int
    quality: tuple[tuple[str, str], ...]
    noise: tuple[MarkedPart, ...]
    holes: tuple[MarkedPart, ...]
    shares: tuple[Share, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file or folder, its documents in order, what could not be read and why, and how many more were left out."""

    name: str
    format: str
    size: int
    documents: tuple[InspectedDocument, ...]
    skipped: tuple[str, ...]
    left_out: int
