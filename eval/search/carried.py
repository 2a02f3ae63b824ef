"""What the search text of a chunk may carry above its passage: nothing, a title, headings, places, a date, neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.forms import short_form
from index.sentences import sentence_spans
from index.tables import body_start
from index.types import Chunk, Document

# The lines above the passage of chunk number `at` of a document.
Carrying = Callable[[Document, Sequence[Chunk], int], list[str]]


@dataclass(frozen=True, slots=True)
class Carried:
    """A search text: `text[body:]` is the passage, what stands above it are lines of context."""

    text: str
    body: int


def _nothing(document: Document, chunks: Sequence[Chunk], at: int) -> list[str]:
    return []


def _title(document: Document, chunks: Sequence[Chunk], at: int) -> list[str]:
    return [short_form(document.title, "spun" in document.quality)]


def _headings(document: Document, chunks: Sequence[Chunk], at: int) -> list[str]:
    path = (part for part in chunks[at].heading if part != document.title)
    return [*_title(document, chunks, at), *(short_form(part, "spun" in document.quality) for part in path)]


def _places(document: Document, chunks: Sequence[Chunk], at: int) -> list[str]:
    return [*_headings(document, chunks, at), *map(short_form, document.places)]


def _date(document: Document, chunks: Sequence[Chunk], at: int) -> list[str]:
    published = document.published
    written = [f"{published[:4]}年{int(published[5:7])}月{int(published[8:10])}日"] if published else []
    return [*_places(document, chunks, at), *written]


def _before(document: Document, chunks: Sequence[Chunk], at: int) -> list[str]:
    return [*_places(document, chunks, at), *_neighbour(document, chunks, at - 1, last=True)]


def _around(document: Document, chunks: Sequence[Chunk], at: int) -> list[str]:
    return [*_before(document, chunks, at), *_neighbour(document, chunks, at + 1, last=False)]


def _neighbour(document: Document, chunks: Sequence[Chunk], at: int, *, last: bool) -> list[str]:
    """The last or the first sentence of another chunk of the document; none beyond its ends."""
    if not 0 <= at < len(chunks):
        return []
    passage = passage_of(document, chunks[at])
    spans = sentence_spans(passage)
    return [passage[spans[-1 if last else 0].start : spans[-1 if last else 0].end]] if spans else []


CARRYING: Mapping[str, Carrying] = {
    "text": _nothing,
    "title": _title,
    "headings": _headings,
    "places": _places,
    "date": _date,
    "before": _before,
    "around": _around,
}
# What `index.passages` writes.
SHIPPED = "places"


def passage_of(document: Document, chunk: Chunk) -> str:
    """The passage of a chunk in search form, without what stands above it."""
    above = 1 + sum(part != document.title for part in chunk.heading) + len(document.places)
    return chunk.search_text[body_start(chunk.search_text, above) :]


def carried(name: str, document: Document, chunks: Sequence[Chunk], at: int) -> Carried:
    """The search text of chunk number `at` of all those of a document; `name` is one of CARRYING."""
    above = "".join(f"{line}\n" for line in CARRYING[name](document, chunks, at))
    return Carried(above + passage_of(document, chunks[at]), len(above))
