"""Questions that the library can answer, offered beside a refusal; each was tried before it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from index.library import Library
from index.measures import Measure, measures
from rag.extract import attributed
from rag.lines import lines
from rag.retriever import passages
from rag.types import Passage, Question

MOST = 3
# Each try is an answer of its own; a candidate is a measure that a passage speaks of, so that few tries are in vain.
TRIES = 4
NEAR = 8


def suggestions(
    library: Library, question: Question, near: list[Passage], answers: Callable[[str], bool]
) -> tuple[str, ...]:
    """Up to three questions that do have an answer: the same measure elsewhere first, then what the place speaks of."""
    offered: list[str] = []
    candidates = dict.fromkeys(text for text in _candidates(library, question, near) if text != question.text)
    for text in list(candidates)[:TRIES]:
        if len(offered) == MOST:
            break
        if answers(text):
            offered.append(text)
    return tuple(offered)


def _candidates(library: Library, question: Question, near: list[Passage]) -> Iterator[str]:
    asked = [measure for measure in measures() if measure.said_in(question.search)]
    # Without a place in the question, what was found is from everywhere already.
    elsewhere = passages(library, replace(question, places=()), NEAR) if question.places or not near else near[:NEAR]
    for measure in asked:
        yield from (_ask(place, measure) for place in _places_with(measure, elsewhere))
    held = [place for place in question.places if place in library.place_names()]
    for passage in [*near, *elsewhere]:
        place = (held or list(passage.document.places) or [""])[0]
        said = " ".join(line.search for line in lines(passage) if attributed(line.places, [place]))
        yield from (_ask(place, measure) for measure in [each for each in measures() if each.said_in(said)][:1])


def _places_with(measure: Measure, found: list[Passage]) -> Iterator[str]:
    for passage in found:
        if measure.said_in(passage.chunk.search_text) and passage.document.places:
            yield passage.document.places[0]


def _ask(place: str, measure: Measure) -> str:
    return (
        f"{place}有多少{measure.unit}{measure.name}？" if measure.unit else f"{place}在{measure.name}方面有什么做法？"
    )
