"""An extract: a run of clauses of one sentence, with what it is worth, and what a reader of it knows already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.places import is_within
from index.types import Span
from rag.lines import Line
from rag.runs import leading_time, parts


@dataclass(frozen=True)
class Extract:
    """A run of clauses of one sentence with what it is worth: its score, how much it covers, how well it fits.

    `chance` is the learned chance, 0..1, that its sentence answers the question; 0 where it was not asked for.
    `weighed` is that chance where the span reader has read the passage too.
    """

    line: Line
    start: int
    end: int
    score: float
    covered: float
    fitting: float
    search: str
    places: tuple[str, ...]
    chance: float = 0.0
    weighed: float = 0.0

    @property
    def marks(self) -> tuple[Span, ...]:
        """Original spans of the run, with the sentence's leading time clause where the run would lose its year."""
        lead = leading_time(self.line, self.start, self.search)
        spans = self.line.parts(self.start, self.end)
        return (*self.line.parts(lead.start, lead.end), *spans) if lead else spans

    @property
    def text(self) -> str:
        """The verbatim words of the marks."""
        document = self.line.passage.document
        return "".join(document.text[mark.start : mark.end] for mark in self.marks)


def widened(extract: Extract) -> Extract:
    """What governs an extract: its part between semicolons, or the whole sentence where a colon rules over its parts."""
    line = extract.line
    start, end = line.start, line.end
    if not any("：" in clause.search for clause in line.clauses if clause.start < extract.start):
        for part in parts(line.clauses):
            if part[0].start <= extract.start < part[-1].end:
                start = part[0].start
            if part[0].start < extract.end <= part[-1].end:
                end = part[-1].end
    form = "".join(clause.search for clause in line.clauses if start <= clause.start < end)
    places = extract.places if (start, end) != (line.start, line.end) else line.places
    return replace(extract, start=start, end=end, search=form, places=places)


def around(line: Line) -> str:
    """What a reader of the sentence already knows: title, headings and places, in the search form of the chunk."""
    chunk, document = line.passage.chunk, line.passage.document
    return " ".join([document.title, *chunk.heading, *document.places, *chunk.places])


def attributed(places: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether any of the places is, or lies within, one of the wanted ones (promise 3: cities are never crossed)."""
    return _attributed(tuple(places), tuple(wanted))


# A question asks this of every candidate, every sentence and every run of clauses, of the same few places.
@lru_cache(maxsize=4096)
def _attributed(places: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(is_within(place, target) for place in places for target in wanted)
