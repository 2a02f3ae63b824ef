"""The records of the index, named with the field's nouns; all frozen, all offsets in Unicode code points."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range [start, end) of `Document.text`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True, order=True)
class Noise:
    """A span that a cleaner voted out, with the reason a person can read (in Chinese, e.g. 「导航菜单」)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: its span, its level (1 is the highest) and its text as it stands."""

    start: int
    end: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document: all the text that the reader extracted, never altered, and what is known about it.

    `origin` names where it came from (a resolved path, or path#record for a line of a `.jsonl` corpus) and decides
    what `add` replaces; `file` is the base name shown to people; `record` is the id of a `.jsonl` line or "".
    `sha256` is of the file's bytes. `title` is never empty. `published` is an ISO date or None.
    `places` are the full names of the places that the document as a whole is about (常州市, 中国南方电网).
    `quality` holds codes: "spun", "duplicate", "truncated"; `reasons` says in Chinese why, as (code, reason) pairs.
    `card` is a line such as 「据…整理，非原文」 or "". `number` is a document number (总工发〔2018〕12号) or "", `level` who
    issued it (中央, 省, 市, 县, 企业) or "". `pages` holds where each printed page begins in `text`; () for what has no pages.
    """

    id: str
    text: str
    title: str
    source: str
    published: str | None
    origin: str
    file: str
    record: str
    sha256: str
    headings: tuple[Heading, ...] = ()
    noise: tuple[Noise, ...] = ()
    places: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    card: str = ""
    author: str = ""
    number: str = ""
    level: str = ""
    pages: tuple[int, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The normal form of a text, with its map back.

    `text[i]` came from the original characters [starts[i], ends[i]); len(starts) == len(ends) == len(text).
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The original span behind search characters [start, end); empty at the text's end when start == end."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of one document: `Document.text[start:end]`, of which the parts in `marks` count.

    `id` is `document_id` + "#" + ordinal; `heading` is the path of headings above it; `search_text` is the search form
    of its marks with the context that retrieval needs (title, headings, place); `places` are full place names that the
    passage is attributed to.
    """

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    marks: tuple[Span, ...]
    heading: tuple[str, ...] = ()
    search_text: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found by one leg: its id, the leg's own score (higher is better) and its rank from 1."""

    chunk_id: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk as ranking looks at it, without the text of its document.

    `search_text[body:]` is the passage below its title, headings and places; `places` are those of the chunk and of its
    document together; `part` and `row` say where its vector lies.
    """

    chunk_id: str
    document_id: str
    search_text: str
    body: int
    places: tuple[str, ...]
    quality: tuple[str, ...]
    part: str
    row: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build, add or remove did: how many documents and chunks stand now, and what was skipped and why."""

    documents: int
    chunks: int
    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    moved: int = 0
    skipped: tuple[tuple[str, str], ...] = field(default=())
