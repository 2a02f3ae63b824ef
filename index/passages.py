"""Chunks of one document: what it looked like in search form, which headings and places a stretch of it has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from index.forms import counted_form, short_form
from index.places import PlaceMention, chunk_places, find_places, mentions_in, titled_places
from index.sources.headings import TABLE_LEVEL
from index.types import Chunk, Document, Heading, Span


class Passages:
    """A document that was brought into search form, and searched for places, once for all its chunks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._is_spun = "spun" in document.quality
        self._form = counted_form(document.text, document.noise, self._is_spun)
        around = (*document.places, *titled_places(mentions_in(short_form(document.title, False))))
        self._mentions = mentions_in(self._form.text, around)
        self._starts = [mention.start for mention in self._mentions]
        self._known_above: dict[str, list[PlaceMention]] = {"": []}

    def chunk(self, marks: tuple[Span, ...], body_start: int, ordinal: int) -> Chunk:
        """The chunk of some counted spans, whose text below its own headings begins at `body_start`."""
        document = self._document
        path = heading_path(document.text, document.headings, body_start)
        start = bisect_left(self._form.starts, marks[0].start)
        end = bisect_left(self._form.starts, marks[-1].end)
        body = self._form.text[start:end].strip()
        context = [document.title, *(part for part in path if part != document.title), *document.places]
        return Chunk(
            id=f"{document.id}#{ordinal}",
            document_id=document.id,
            ordinal=ordinal,
            start=marks[0].start,
            end=marks[-1].end,
            marks=marks,
            heading=path,
            search_text="\n".join([*(short_form(part, self._is_spun) for part in context), body]),
            places=chunk_places(document.places, self._mentions_between(start, end), body, self._above(path), start),
        )

    def _mentions_between(self, start: int, end: int) -> Sequence[PlaceMention]:
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _above(self, path: Sequence[str]) -> list[PlaceMention]:
        heading = " ".join(path)
        if heading not in self._known_above:
            self._known_above[heading] = find_places(heading, self._document.places)
        return self._known_above[heading]


def heading_path(text: str, headings: Sequence[Heading], at: int) -> tuple[str, ...]:
    """The headings above a position, the highest first; the header row of a table ends with its table."""
    path: list[Heading] = []
    for heading in headings:
        if heading.start > at:
            break
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    while path and path[-1].level == TABLE_LEVEL and "|" in path[-1].text and not _is_table(text, path[-1].end, at):
        path.pop()
    return tuple(heading.text for heading in path)


def _is_table(text: str, start: int, end: int) -> bool:
    return all("|" in line for line in text[start:end].split("\n") if line.strip())
