"""The figure of a place itself: a county's, or an enterprise's, is not told where its city was asked about."""

from __future__ import annotations

from collections.abc import Sequence

from index.places import is_within, narrowest
from rag.extract import Extract, rank
from rag.terms import Asked
from rag.types import Passage, Question

# The place's own sentence must speak of this share of what that of its part speaks of.
AS_MUCH = 0.8
MOST_READ = 12


def of_the_place(question: Question, terms: Asked, chosen: list[Extract], passages: Sequence[Passage]) -> list[Extract]:
    """The chosen extracts, led by the best one of the asked place itself where the first is of a part of it.

    A part is told as before where the place itself has no sentence that says as much.
    """
    places = narrowest(list(question.places))
    if len(places) != 1 or not chosen or question.kind != "figure" or not _of_a_part(chosen[0], places[0]):
        return chosen
    first = chosen[0]
    for extract in rank(question, terms, passages)[:MOST_READ]:
        alike = extract.fitting >= first.fitting and extract.covered >= AS_MUCH * first.covered
        if alike and not _of_a_part(extract, places[0]):
            return [extract]
    return chosen


def _of_a_part(extract: Extract, place: str) -> bool:
    """Whether all places that an extract is about lie within the place without being it."""
    about = narrowest(list(extract.places))
    return bool(about) and all(each != place and is_within(each, place) for each in about)
