"""The lines of a passage: its sentences and clauses without the noise, each with the way back to the original text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.cleaning import find_holes
from index.counted import CountedText, paragraphs
from index.normalise import search_form
from index.places import chunk_places, clause_places, find_places, mentions_in, titled_places
from index.sentences import clause_spans, sentence_spans
from index.types import Document, Span
from rag.types import Passage


@dataclass(frozen=True)
class Clause:
    """A clause of a sentence: offsets in the joined text, its words, their search form and their places."""

    start: int
    end: int
    text: str
    search: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A sentence of a passage as read: its clauses, the sentence before it, and the places that it speaks of.

    `search` is its search form and `before` that of the sentence before it.
    """

    passage: Passage
    joined: CountedText
    start: int
    end: int
    ordinal: int
    search: str
    before: str
    places: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence without noise, in its original characters."""
        return self.joined.text[self.start : self.end]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the sentence, each with its own closing punctuation."""
        document = self.passage.document
        spun = "spun" in document.quality
        spans = clause_spans(self.joined.text, self.start, self.end)
        texts = [self.joined.text[span.start : span.end] for span in spans]
        places = clause_places(texts, self.places, document.places)
        return tuple(
            Clause(span.start, span.end, text, search_form(text, spun=spun), spoken)
            for span, text, spoken in zip(spans, texts, places, strict=True)
        )

    def parts(self, start: int, end: int) -> tuple[Span, ...]:
        """Original spans behind joined characters [start, end)."""
        return self.joined.original(start, end)


def lines(passage: Passage) -> list[Line]:
    """The sentences of a passage, noise cut out before they are split, because spam may hold full stops.

    Marks with a line break between them are read apart: a heading is not the beginning of the next paragraph.
    """
    document, heading = passage.document, " ".join(passage.chunk.heading)
    spun = "spun" in document.quality
    found: list[Line] = []
    before = ""
    holes = _holes(document.text) if "holes" in document.quality else ()
    for joined in paragraphs(document, passage.chunk.marks):
        carried: tuple[str, ...] = ()
        for span in sentence_spans(joined.text):
            text = joined.text[span.start : span.end]
            if any(_touch(part, hole) for part in joined.original(span.start, span.end) for hole in holes):
                # A sentence whose figure or name was taken out would be quoted as if it were whole.
                continue
            form = search_form(text)
            # A sentence that names no place, in a document about no one place, speaks of the place named before it.
            carried = _spoken_of(document, form, heading) or carried
            form = search_form(text, spun=True) if spun else form
            found.append(Line(passage, joined, span.start, span.end, len(found), form, before, carried))
            before = form
    return found


@lru_cache(maxsize=64)
def _holes(text: str) -> tuple[Span, ...]:
    return tuple(find_holes(text))


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _spoken_of(document: Document, form: str, heading: str) -> tuple[str, ...]:
    """The places of a sentence in search form by its own words; by its headings only where it names no place itself."""
    names_one = bool(mentions_in(form))
    above = () if names_one or not heading else find_places(heading, document.places)
    known = (*document.places, *titled_places(above))
    return chunk_places(document.places, mentions_in(form, known) if names_one or known else (), form, above)
