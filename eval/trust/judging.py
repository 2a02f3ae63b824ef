"""What the extractor says to a question over given passages, and what the judge of refusals reads in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.library import Library
from rag import refuse
from rag.extract import extract
from rag.extracting import TOP_PASSAGES
from rag.ranking.ranker import chances
from rag.refusing.readings import readings
from rag.retriever import Ranked, loaded, passages, query_of
from rag.telling import tell
from rag.terms import weigh
from rag.types import Passage, Question


@dataclass(frozen=True, slots=True)
class Judged:
    """The words told, the sentence that they come from, its record, and the readings; empty when nothing was found."""

    told: str = ""
    sentence: str = ""
    record: str = ""
    readings: dict[str, float] | None = None


def judged(library: Library, question: Question, found: Sequence[Passage]) -> Judged:
    """The extract of the passages with its readings."""
    terms = weigh(question, library)
    extracts = extract(question, terms, found)
    if not extracts:
        return Judged()
    line = extracts[0].line
    told = "".join(tell(each, question)[0] for each in extracts)
    read = readings(question, terms, extracts, found, library)
    return Judged(told, line.search, line.passage.document.record, read)


def of_document(library: Library, question: Question, document_id: str) -> list[Passage]:
    """All passages of one document, best first."""
    query = query_of(question)
    candidates = library.candidates(sorted(chunk.id for chunk in library.chunks_of(document_id)))
    scores = chances(library, query, candidates, {})
    ranked = [Ranked(one, score) for one, score in zip(candidates, scores, strict=True)]
    return loaded(library, sorted(ranked, key=lambda each: (-each.score, each.candidate.chunk_id)))


def without(library: Library, question: Question, records: Collection[str]) -> list[Passage]:
    """The best passages of all other documents."""
    found = passages(library, question, TOP_PASSAGES + 20)
    return [passage for passage in found if passage.document.record not in records][:TOP_PASSAGES]


def reaches_extract(library: Library, question: Question) -> bool:
    """Whether the question is one that the extract answers, and not the door or a table."""
    return question.kind != "which" and refuse.at_the_door(question, library) is None
