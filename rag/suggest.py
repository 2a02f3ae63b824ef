"""Questions that the library can answer, offered beside a refusal; each was tried before it is offered."""

from __future__ import annotations

from collections.abc import Callable

from index.library import Library
from index.measures import measures
from rag.question import understand
from rag.types import Passage, Question

MOST = 3
TRIES = 8


def suggestions(
    library: Library, question: Question, near: list[Passage], answers: Callable[[Question], bool]
) -> tuple[str, ...]:
    """Up to three questions about the same place or the nearest passages that do have an answer."""
    offered: list[str] = []
    for text in list(dict.fromkeys(_candidates(library, question, near)))[:TRIES]:
        if len(offered) == MOST:
            break
        if text != question.text and answers(understand(text)):
            offered.append(text)
    return tuple(offered)


def _candidates(library: Library, question: Question, near: list[Passage]) -> list[str]:
    """Questions built from the measures that the nearest passages, or else the first documents, speak of."""
    places = [place for place in question.places if place in library.place_names()]
    texts = [(passage.document.places, passage.chunk.search_text) for passage in near]
    if not texts:
        texts = [
            (document.places, chunk.search_text)
            for document in library.documents()[:12]
            for chunk in library.chunks_of(document.id)[:4]
        ]
    found = []
    for document_places, text in texts:
        place = (places or list(document_places) or [""])[0]
        for measure in measures():
            if measure.said_in(text):
                asked = f"有多少{measure.unit}{measure.name}" if measure.unit else f"在{measure.name}方面有什么做法"
                found.append(f"{place}{asked}？")
    return found
