"""From extracts and evidence to numbered citations, with the context that a citation leans on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from index.places import find_places, is_within
from index.types import Document, Span
from rag.extract import Extract
from rag.types import Citation, Context, Evidence, Verdict

# Characters of context shown before and after a quote on its card.
SHOWN_AROUND = 60
# Context stops at noise longer than this, in characters: what was injected is not shown even beside a quote.
SHOWN_NOISE = 1


def evidence_of(extract: Extract) -> Evidence:
    """The evidence behind an extract: one quote from its first to its last mark, leaning on headings and its place."""
    passage = extract.line.passage
    marks = extract.marks
    start, end = marks[0].start, marks[-1].end
    places = extract.places
    return Evidence(
        passage.document,
        start,
        end,
        marks,
        _context(passage.document, start, end, passage.chunk.heading, places),
        places,
    )


def passage_evidence(
    document: Document, marks: Sequence[Span], heading: Sequence[str], places: Sequence[str]
) -> Evidence:
    """A whole passage as evidence, which is what an LLM answers from."""
    start, end = marks[0].start, marks[-1].end
    return Evidence(document, start, end, tuple(marks), _context(document, start, end, heading, places), tuple(places))


def _context(
    document: Document, start: int, end: int, heading: Sequence[str], places: Sequence[str]
) -> tuple[Context, ...]:
    """Title, headings, and the nearest earlier words that name the place, each with its offsets where it stands."""
    found = [
        _standing(document, document.title, start),
        *(_standing(document, text, start) for text in heading),
    ]
    found += [mention for place in places if (mention := _naming(document, place, start, end)) is not None]
    return tuple(dict.fromkeys(found))


def _standing(document: Document, text: str, before: int) -> Context:
    """Where a heading or title stands before the quote; offsets are 0 when it is metadata only."""
    at = document.text.rfind(text, 0, before)
    at = at if at >= 0 else document.text.find(text)
    return Context(text, at, at + len(text)) if at >= 0 else Context(text, 0, 0)


def _naming(document: Document, place: str, start: int, end: int) -> Context | None:
    """The nearest mention of a place before the quote; None when the quote itself names it or nothing does."""
    if any(mention.full_name == place for mention in find_places(document.text[start:end])):
        return None
    for reach in (600, start):
        low = max(0, start - reach)
        named = [
            mention
            for mention in find_places(document.text[low:start])
            if mention.full_name == place or is_within(mention.full_name, place)
        ]
        if named:
            last = named[-1]
            return Context(document.text[low + last.start : low + last.end], low + last.start, low + last.end)
    return None


class Numbering:
    """Numbers citations by first use; the same quote of the same document keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int, tuple[Span, ...]], int] = {}
        self.citations: list[Citation] = []

    def number(self, evidence: Evidence, verdict: Verdict) -> int:
        """The number of this evidence, new on first use."""
        key = (evidence.document.id, evidence.start, evidence.end, evidence.marks)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.citations.append(_citation(self._numbers[key], evidence, verdict))
        return self._numbers[key]


def _citation(number: int, evidence: Evidence, verdict: Verdict) -> Citation:
    document = evidence.document
    return Citation(
        number=number,
        document_id=document.id,
        title=document.title,
        source=document.source,
        published=document.published,
        places=evidence.places or document.places,
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        marks=evidence.marks,
        file=document.file,
        context=evidence.context,
        quality=document.quality,
        verdict=verdict,
        before=document.text[_shown_from(document, evidence.start) : evidence.start],
        after=document.text[evidence.end : _shown_to(document, evidence.end)],
        card=document.card,
        page=bisect_right(document.pages, evidence.start) or None,
        reasons=tuple(reason for _, reason in document.reasons),
    )


def _shown_from(document: Document, start: int) -> int:
    """Where the context before a quote begins: no further back than the last stretch of noise (a menu, a file head)."""
    behind = [noise.end for noise in document.noise if noise.end <= start and noise.end - noise.start > SHOWN_NOISE]
    return max([0, start - SHOWN_AROUND, *behind])


def _shown_to(document: Document, end: int) -> int:
    ahead = [noise.start for noise in document.noise if noise.start >= end and noise.end - noise.start > SHOWN_NOISE]
    return min([len(document.text), end + SHOWN_AROUND, *ahead])
