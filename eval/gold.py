"""Gold evidence found in the documents of a library: the spans that a citation or a passage must overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eval.dataset import GoldEvidence, GoldQuestion
from eval.normal import groups_met
from index.types import Document, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A gold span in one document, with every other verbatim copy of its text in that document."""

    document_id: str
    spans: tuple[Span, ...]

    def overlaps(self, document_id: str, start: int, end: int) -> bool:
        """Whether [start, end) of that document shares a code point with the span or one of its copies."""
        return document_id == self.document_id and any(span.start < end and start < span.end for span in self.spans)


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of proof that is needed; any of the alternatives will do, and none means it was not found."""

    alternatives: tuple[Place, ...]

    def overlaps(self, document_id: str, start: int, end: int) -> bool:
        """Whether [start, end) of that document overlaps one of the alternatives."""
        return any(place.overlaps(document_id, start, end) for place in self.alternatives)


@dataclass(frozen=True, slots=True)
class Gold:
    """The proof of one question; `problems` says in Chinese which evidence the library does not hold."""

    units: tuple[Unit, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """All gold spans of the question."""
        return tuple(place for unit in self.units for place in unit.alternatives)


class Shelf:
    """The documents of a library by id, and by the names that gold evidence calls them: file, record or id."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_id: dict[str, Document] = {}
        self._by_name: dict[str, list[Document]] = {}
        for document in documents:
            self._by_id[document.id] = document
            for name in dict.fromkeys((document.file, document.record, document.id)):
                self._by_name.setdefault(name, []).append(document)

    def get(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        return self._by_id.get(document_id)

    def locate(self, question: GoldQuestion) -> Gold:
        """The proof of a question.

        Spans that each meet every answer group alone are alternatives of one unit, because a page may state a fact
        twice; every other span is a unit of its own. A comparison needs all of its spans. Evidence that is not found
        becomes a unit that nothing can meet, so that it scores zero.
        """
        whole: list[Place] = []
        units: list[Unit] = []
        problems: list[str] = []
        for evidence in question.evidence:
            found = self._find(evidence)
            if found is None:
                problems.append(f"{question.id}：库中没有证据所在的资料 {evidence.document}，或其内容已变。")
                units.append(Unit(()))
                continue
            document, span = found
            place = Place(document.id, copies(document.text, span))
            if question.type != "compare" and _proves_all(document, span, question):
                whole.append(place)
            else:
                units.append(Unit((place,)))
        joined = [Unit(tuple(whole))] if whole else []
        return Gold((*joined, *units), tuple(problems))

    def _find(self, evidence: GoldEvidence) -> tuple[Document, Span] | None:
        for document in self._by_name.get(evidence.document, ()):
            if evidence.span is None:
                start = document.text.find(evidence.quote)
                if start >= 0:
                    return document, Span(start, start + len(evidence.quote))
            elif document.sha256 == evidence.sha256 and evidence.span.end <= len(document.text):
                return document, evidence.span
        return None


def copies(text: str, span: Span) -> tuple[Span, ...]:
    """The span and every other place where the same words stand, in order."""
    words = text[span.start : span.end]
    found, at = [span], text.find(words)
    while at >= 0:
        if at != span.start:
            found.append(Span(at, at + len(words)))
        at = text.find(words, at + len(words))
    return tuple(sorted(found))


def _proves_all(document: Document, span: Span, question: GoldQuestion) -> bool:
    """Whether the span alone meets every group, read without noise, and with plain words if the page is spun."""
    text = document.text
    kept, at = [], span.start
    for noise in document.noise:
        if noise.start < span.end and at < noise.end:
            kept.append(text[at : max(at, noise.start)])
            at = max(at, noise.end)
    kept.append(text[at : span.end])
    needed = len(question.answers)
    return any(
        groups_met("".join(kept), question.answers, spun) == needed for spun in (False, "spun" in document.quality)
    )
