"""Gold evidence found in the documents of a library: the spans that a citation or a passage must overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

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
    """One piece of proof that is needed; any of the alternatives will do, and none means it was not found.

    `relevance` is the grade of its evidence, the highest where there are several.
    """

    alternatives: tuple[Place, ...]
    relevance: int = 1

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


class Documents(Protocol):
    """The part of a library that scoring reads."""

    def documents(self) -> Iterable[Document]:
        """All documents."""
        ...


class Shelf:
    """The documents of a library by id, and by the names that gold evidence calls them: file, record or id.

    The library is read once, at the first question that is put to the shelf.
    """

    def __init__(self, library: Documents | Iterable[Document]) -> None:
        self._library = library

    def get(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        return self._by_id.get(document_id)

    def named(self, name: str) -> Document | None:
        """The document with this id, record or file name; the first of them when several share it, None without."""
        return self.get(name) or next(iter(self._by_name.get(name, ())), None)

    def locate(self, question: GoldQuestion) -> Gold:
        """The proof of a question.

        Places that each meet every answer group alone are alternatives of one unit, because a page may state a fact
        twice and two pages may report it; every other place is a unit of its own, and so is each of a question without
        answers. A comparison needs all of its places. Evidence that is not found becomes a unit that nothing can meet,
        so that it scores zero.
        """
        enough: list[Unit] = []
        units: list[Unit] = []
        problems: list[str] = []
        # A single piece is one unit whether or not it proves everything, and reading a whole document takes a while.
        several = len(question.evidence) > 1 and question.type != "compare"
        for evidence in question.evidence:
            found, problem = self._find(evidence)
            unit = Unit(tuple(Place(each.id, _spans(each, span)) for each, span in found), evidence.relevance)
            if problem:
                problems.append(f"{question.id}：{problem}")
            if found and several and _proves_all(*found[0], question):
                enough.append(unit)
            else:
                units.append(unit)
        return Gold((*_joined(enough), *units), tuple(problems))

    def _find(self, evidence: GoldEvidence) -> tuple[list[tuple[Document, Span]], str]:
        """The places of one piece of evidence, one or equal copies; a Chinese line when there is none."""
        named = self._by_name.get(evidence.document, [])
        if evidence.whole:
            return _whole(named, evidence.document)
        for document in named:
            if evidence.span is None:
                start = document.text.find(evidence.quote)
                if start >= 0:
                    return [(document, Span(start, start + len(evidence.quote)))], ""
            elif document.sha256 == evidence.sha256 and evidence.span.end <= len(document.text):
                return [(document, evidence.span)], ""
        return [], _absent(evidence.document)

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        library = self._library
        documents = library if isinstance(library, Iterable) else library.documents()
        return {document.id: document for document in documents}

    @cached_property
    def _by_name(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = {}
        for document in self._by_id.values():
            for name in {document.file, document.record, document.id} - {""}:
                found.setdefault(name, []).append(document)
        return found


def copies(text: str, span: Span) -> tuple[Span, ...]:
    """The span and every other place where the same words stand, in order."""
    words = text[span.start : span.end]
    found, at = [span], text.find(words)
    while at >= 0:
        if at != span.start:
            found.append(Span(at, at + len(words)))
        at = text.find(words, at + len(words))
    return tuple(sorted(found))


def _whole(named: list[Document], name: str) -> tuple[list[tuple[Document, Span]], str]:
    """The document of this name as a whole: by id, else by record, else by file; copies of one text all count."""
    for exact in ([each for each in named if each.id == name], [each for each in named if each.record == name], named):
        if exact and all(each.text == exact[0].text for each in exact):
            return [(each, Span(0, len(each.text))) for each in exact], ""
        if exact:
            return [], f"库中有 {len(exact)} 份不同的资料都叫 {name}，分不清证据是哪一份；请改用资料的编号。"
    return [], _absent(name)


def _absent(name: str) -> str:
    return f"库中没有证据所在的资料 {name}，或其内容已变。"


def _spans(document: Document, span: Span) -> tuple[Span, ...]:
    return (span,) if len(span) == len(document.text) else copies(document.text, span)


def _joined(enough: list[Unit]) -> tuple[Unit, ...]:
    if not enough:
        return ()
    places = (place for unit in enough for place in unit.alternatives)
    return (Unit(tuple(places), max(unit.relevance for unit in enough)),)


def _proves_all(document: Document, span: Span, question: GoldQuestion) -> bool:
    """Whether the span alone meets every group, read without noise, and with plain words if the page is spun."""
    if not question.answers:
        return False
    text = document.text
    kept, at = [], span.start
    for noise in document.noise:
        if noise.start < span.end and at < noise.end:
            kept.append(text[at : max(at, noise.start)])
            at = max(at, noise.end)
    kept.append(text[at : span.end])
    needed = len(question.answers)
    forms = {False, "spun" in document.quality}
    return any(groups_met("".join(kept), question.answers, spun) == needed for spun in sorted(forms))
