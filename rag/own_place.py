"""The figure of a place itself: that of a part of it is not told where the whole, a city or the country, was asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.places import is_within, narrowest
from rag.choosing.chooser import chances
from rag.extract import Extract, first_ranked
from rag.terms import Asked
from rag.types import Passage, Question

# A question of the whole country, or of the document that holds for all of it.
_NATIONWIDE = re.compile(r"全国|我国|(?:产改|改革)方案|中央(?!企业)")

# The place's own sentence must speak of this share of what that of its part speaks of.
AS_MUCH = 0.8
MOST_READ = 12


def of_the_place(question: Question, terms: Asked, chosen: list[Extract], passages: Sequence[Passage]) -> list[Extract]:
    """The chosen extracts, led by the best one of the asked place itself where the first is of a part of it.

    A part is told as before where the place itself has no sentence that says as much.
    """
    places = narrowest(list(question.places))
    if not question.places and _NATIONWIDE.search(question.search):
        places = ["全国"]
    if len(places) != 1 or not chosen or question.kind != "figure" or not _of_a_part(chosen[0], places[0]):
        return chosen
    first = chosen[0]
    for extract in first_ranked(question, terms, passages, MOST_READ):
        alike = extract.fitting >= first.fitting and extract.covered >= AS_MUCH * first.covered
        if alike and not _of_a_part(extract, places[0]):
            # What was found by reading everything is weighed as the chosen sentence was.
            learned = chances(question, terms.grams, [extract.line])
            return [replace(extract, chance=float(learned[0]))]
    return chosen


def _of_a_part(extract: Extract, place: str) -> bool:
    """Whether all places that an extract is about lie within the place without being it."""
    about = narrowest(list(extract.places))
    if place == "全国":
        return bool(about) and "全国" not in about
    return bool(about) and all(each != place and is_within(each, place) for each in about)
