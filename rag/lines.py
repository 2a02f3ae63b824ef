"""The lines of a passage: its sentences and clauses without the noise, each with the way back to the original text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from index.counted import CountedText
from index.normalise import search_form
from index.sentences import clause_spans, sentence_spans
from index.types import Span
from rag.types import Passage


@dataclass(frozen=True)
class Clause:
    """A clause of a sentence: offsets in the joined text, its words and their search form."""

    start: int
    end: int
    text: str
    search: str


@dataclass(frozen=True)
class Line:
    """A sentence of a passage as read: its clauses, and the sentence before it in the same passage."""

    passage: Passage
    joined: CountedText
    start: int
    end: int
    ordinal: int
    before: str

    @property
    def text(self) -> str:
        """The sentence without noise, in its original characters."""
        return self.joined.text[self.start : self.end]

    @cached_property
    def search(self) -> str:
        """The search form of the sentence."""
        return search_form(self.text, spun="spun" in self.passage.document.quality)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the sentence, each with its own closing punctuation."""
        spun = "spun" in self.passage.document.quality
        found = []
        for span in clause_spans(self.joined.text, self.start, self.end):
            text = self.joined.text[span.start : span.end]
            found.append(Clause(span.start, span.end, text, search_form(text, spun=spun)))
        return tuple(found)

    def parts(self, start: int, end: int) -> tuple[Span, ...]:
        """Original spans behind joined characters [start, end)."""
        return self.joined.original(start, end)


def lines(passage: Passage) -> list[Line]:
    """The sentences of a passage, noise cut out before they are split, because spam may hold full stops."""
    joined = CountedText.of(passage.document, passage.chunk.marks)
    spun = "spun" in passage.document.quality
    found: list[Line] = []
    before = ""
    for ordinal, span in enumerate(sentence_spans(joined.text)):
        found.append(Line(passage, joined, span.start, span.end, ordinal, before))
        before = search_form(joined.text[span.start : span.end], spun=spun)
    return found
