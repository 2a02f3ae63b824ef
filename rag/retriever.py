"""Retrieval: both legs fused by chunk id, re-ranked by what the question wants, guarded by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.library import Library
from rag.extract import attributed
from rag.question import understand
from rag.terms import coverage, weigh
from rag.types import Passage, Question

# How many chunks each leg is asked for.
DEPTH = 100
# Weights of the fused score. The keyword leg leads: on Chinese questions about named measures it is the better leg, and
# equal votes were measured elsewhere to be worse than the better leg alone.
KEYWORD_WEIGHT = 0.45
VECTOR_WEIGHT = 0.15
COVERAGE_WEIGHT = 0.4
YEAR_BONUS = 0.05
SPUN_PENALTY = 0.03


@dataclass(frozen=True, slots=True)
class LegScores:
    """Scores of one chunk by leg, each divided by the leg's best, 0 when the leg did not find it."""

    keyword: float = 0.0
    vector: float = 0.0


def fuse(library: Library, query: str, depth: int) -> dict[str, LegScores]:
    """Chunks that either leg finds for a query in the search form, by chunk id."""
    keyword = library.keyword_hits(query, depth)
    vector = library.vector_hits(query, depth)
    best = max((hit.score for hit in keyword), default=1.0) or 1.0
    by_keyword = {hit.chunk_id: hit.score / best for hit in keyword}
    by_vector = {hit.chunk_id: max(hit.score, 0.0) for hit in vector}
    return {
        chunk_id: LegScores(by_keyword.get(chunk_id, 0.0), by_vector.get(chunk_id, 0.0))
        for chunk_id in dict.fromkeys([*by_keyword, *by_vector])
    }


def passages(library: Library, question: Question, top: int) -> list[Passage]:
    """The best passages for a question, at most `top`, guarded to its places."""
    return ranked_passages(library, question, DEPTH, guard=True)[:top]


def ranked_passages(library: Library, question: Question, depth: int, guard: bool) -> list[Passage]:
    """All passages that a leg of this depth finds, best first; ties keep the order of chunk ids.

    With `guard`, only passages attributed to the question's places are kept.
    """
    terms = weigh(question, library)
    expansion = " ".join(other for term in question.terms for other in term.alternatives)
    fused = fuse(library, f"{question.search} {expansion}".strip(), depth)
    found = []
    for chunk in library.chunks(list(fused)):
        document = library.document(chunk.document_id)
        if guard and question.places and not attributed((*chunk.places, *document.places), question.places):
            continue
        legs = fused[chunk.id]
        score = KEYWORD_WEIGHT * legs.keyword + VECTOR_WEIGHT * legs.vector
        score += COVERAGE_WEIGHT * coverage(terms, chunk.search_text)
        if question.years and any(year in chunk.search_text for year in question.years):
            score += YEAR_BONUS
        if "spun" in document.quality:
            score -= SPUN_PENALTY
        found.append(Passage(chunk, document, score))
    return sorted(found, key=lambda passage: (-passage.score, passage.chunk.id))


class PassageRetriever(BaseRetriever):
    """The retrieval of this library as a LangChain retriever: any chain can use it in place of its own."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Any
    top: int = 12

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        """Passages for a plain question, best first; metadata carries ids, offsets, title, source, date and places."""
        return [as_langchain(passage) for passage in passages(self.library, understand(query), self.top)]


def as_langchain(passage: Passage) -> LangChainDocument:
    """A passage as a LangChain document whose content is the verbatim text of the chunk."""
    chunk, document = passage.chunk, passage.document
    return LangChainDocument(
        id=chunk.id,
        page_content=document.text[chunk.start : chunk.end],
        metadata={
            "document_id": document.id,
            "title": document.title,
            "source": document.source,
            "published": document.published,
            "places": list(chunk.places or document.places),
            "start": chunk.start,
            "end": chunk.end,
            "score": passage.score,
        },
    )
