"""Retrieval: both legs find candidates, the ranker weighs them, and places guard them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from index.library import Library
from index.remembering import Remembered
from index.types import Candidate
from rag.extract import attributed
from rag.ranking.cross_encoder import MOST, rescored
from rag.ranking.query import Query
from rag.ranking.ranker import chances
from rag.types import Passage, Question

# How many chunks each leg is asked for.
DEPTH = 100
# Spun text says what another document says, and says it less reliably.
SPUN_SHARE = 0.9
# One answer asks for the same words several times: at the asked places, at any, for more passages or for fewer.
_MOST_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with the chance, 0..1, that it answers the question."""

    candidate: Candidate
    score: float


_rankings: WeakKeyDictionary[Library, Remembered[tuple[Query, int], list[Ranked]]] = WeakKeyDictionary()


def found(library: Library, query: Query, depth: int) -> dict[str, float]:
    """The chunks that either leg finds, with the score of the keyword leg, or 0."""
    weights = query.weights()
    words = f"{query.search} {query.wordings}"
    keyword = {hit.chunk_id: hit.score for hit in library.keyword_hits(words, depth, weights.__getitem__)}
    near = library.vector_hits(query.search, depth)
    return keyword | {hit.chunk_id: 0.0 for hit in near if hit.chunk_id not in keyword}


def ranked(library: Library, question: Question, depth: int, guard: bool) -> list[Ranked]:
    """All candidates that a leg of this depth finds, best first; ties keep the order of chunk ids.

    With `guard`, only passages attributed to the question's places are kept.
    """
    asked = (query_of(question), depth)
    known = _rankings.setdefault(library, Remembered(_MOST_REMEMBERED))
    best = known.of([asked], lambda missing: [(one, _of_all_places(library, *one)) for one in missing])[asked]
    if guard and question.places:
        best = [each for each in best if attributed(each.candidate.places, question.places)]
    name = library.settings.reranker
    return best if name is None else _reordered(name, question, best)


def _of_all_places(library: Library, query: Query, depth: int) -> list[Ranked]:
    """All candidates for a query, best first."""
    keyword = found(library, query, depth)
    candidates = library.candidates(sorted(keyword))
    scores = chances(library, query, candidates, keyword)
    every = [
        Ranked(one, score * SPUN_SHARE if "spun" in one.quality else score)
        for one, score in zip(candidates, scores, strict=True)
    ]
    return sorted(every, key=lambda each: (-each.score, each.candidate.chunk_id))


def _reordered(name: str, question: Question, best: Sequence[Ranked]) -> list[Ranked]:
    """The first passages in the order of a cross-encoder, the others behind them as they are."""
    first, rest = best[:MOST], best[MOST:]
    scores = rescored(name, question.standalone, [each.candidate.search_text for each in first])
    again = [Ranked(each.candidate, score) for each, score in zip(first, scores, strict=True)]
    lowest = min(scores, default=0.0)
    behind = [Ranked(each.candidate, min(each.score, lowest)) for each in rest]
    return [*sorted(again, key=lambda each: (-each.score, each.candidate.chunk_id)), *behind]


def by_document(every: Sequence[Ranked]) -> list[Ranked]:
    """The best passage of each document, in the order of the ranking."""
    first: dict[str, Ranked] = {}
    for each in every:
        first.setdefault(each.candidate.document_id, each)
    return list(first.values())


def query_of(question: Question) -> Query:
    """What is searched for: the question, and the wordings of documents for its plain speech."""
    return Query(question.search, " ".join(other for term in question.terms for other in term.alternatives))


def passages(library: Library, question: Question, top: int) -> list[Passage]:
    """The best passages for a question, at most `top`, guarded to its places."""
    return loaded(library, ranked(library, question, DEPTH, guard=True)[:top])


def loaded(library: Library, best: Sequence[Ranked]) -> list[Passage]:
    """The passages of ranked candidates, with their documents."""
    chunks = library.chunks([each.candidate.chunk_id for each in best])
    return [
        Passage(chunk, library.document(chunk.document_id), each.score)
        for chunk, each in zip(chunks, best, strict=True)
    ]
