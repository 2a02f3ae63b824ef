"""The lines of a passage: its sentences and clauses without the noise, each with the way back to the original text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from index.cleaning import find_holes
from index.counted import CountedText, paragraphs
from index.normalise import search_form
from index.places import chunk_places, clause_places, find_places, mentions_in, titled_places
from index.sentences import clause_spans, sentence_spans
from index.types import Document, Span
from rag.types import Passage

_NAME = "[\u4e00-\u9fff·]{2,4}"
_CREDIT = re.compile(
    rf"\s*(?:[△▲]?(?:图[/／:：])?(?:[\u4e00-\u9fff]{{2,6}})?(?:记者|通讯员)\s*{_NAME}(?:[\s、]+{_NAME})*\s*摄(?![影制像取入])|"
    r"[\u4e00-\u9fff]{2,16}供图)\s*(?=[\d\u4e00-\u9fff“《（])"
)


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
        return _clauses(
            self.joined.text, self.start, self.end, self.places, document.places, "spun" in document.quality
        )

    def parts(self, start: int, end: int) -> tuple[Span, ...]:
        """Original spans behind joined characters [start, end)."""
        return self.joined.original(start, end)


def lines(passage: Passage) -> list[Line]:
    """The sentences of a passage, noise cut out before they are split, because spam may hold full stops.

    Marks with a line break between them are read apart: a heading is not the beginning of the next paragraph.
    """
    read = _sentences(_Same(passage.document), passage.chunk.marks, " ".join(passage.chunk.heading))
    return [Line(passage, *sentence) for sentence in read]


class _Same:
    """A document as a key: no other is equal to it, so that none of its many fields need be compared."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


# The fields of a line behind its passage.
_Sentence = tuple[CountedText, int, int, int, str, str, tuple[str, ...]]


# One answer looks through the same passages several times, and so does the next question about the same thing.
@lru_cache(maxsize=1024)
def _sentences(same: _Same, marks: tuple[Span, ...], heading: str) -> tuple[_Sentence, ...]:
    document = same.document
    spun = "spun" in document.quality
    found: list[_Sentence] = []
    before = ""
    holes = _holes(document.text) if "holes" in document.quality else ()
    for joined in paragraphs(document, marks):
        carried: tuple[str, ...] = ()
        for span in map(partial(_without_credit, joined.text), sentence_spans(joined.text)):
            text = joined.text[span.start : span.end]
            if any(_touch(part, hole) for part in joined.original(span.start, span.end) for hole in holes):
                # A sentence whose figure or name was taken out would be quoted as if it were whole.
                continue
            form = search_form(text)
            # A sentence that names no place, in a document about no one place, speaks of the place named before it.
            carried = _spoken_of(document, form, heading) or carried
            form = search_form(text, spun=True) if spun else form
            found.append((joined, span.start, span.end, len(found), form, before, carried))
            before = form
    return tuple(found)


def _without_credit(text: str, span: Span) -> Span:
    """A sentence without the credit of a photograph that stands glued before it."""
    credit = _CREDIT.match(text, span.start, span.end)
    return Span(credit.end(), span.end) if credit else span


@lru_cache(maxsize=8192)
def _clauses(
    joined: str, start: int, end: int, spoken: tuple[str, ...], places: tuple[str, ...], spun: bool
) -> tuple[Clause, ...]:
    """The clauses of the sentence joined[start:end], which speaks of places `spoken` in a document about `places`."""
    spans = clause_spans(joined, start, end)
    texts = [joined[span.start : span.end] for span in spans]
    return tuple(
        Clause(span.start, span.end, text, search_form(text, spun=spun), of)
        for span, text, of in zip(spans, texts, clause_places(texts, spoken, places), strict=True)
    )


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
