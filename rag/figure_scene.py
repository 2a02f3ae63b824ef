"""Whether a figure stands in the year, the part of the year and the place in which its evidence has it."""

from __future__ import annotations

import re

from rag.figures import Figure
from rag.labels import date_before
from rag.reading import Text, related
from rag.wording import SENTENCE_STOPS, bounds

_PARTS_OF_YEAR = re.compile("[上下]半年|第[1-4]季度")


def same_scene(figure: Figure, text: Text, other: Figure, other_text: Text) -> bool:
    """Whether the year and the place that govern the figure are among those of the other's sentence, where it has any."""
    start, end = bounds(other_text.plain, other.start, SENTENCE_STOPS)
    years = {date.year for date in other_text.dates if start <= date.start < end and date.year}
    if not _same_part_of_year(text.plain[: figure.start], other_text.plain[start:end]):
        return False
    year = _year_before(figure, text)
    if years and year is not None and year not in years:
        return False
    place = text.place_before(figure.start)
    places = [
        mention.name for mention in other_text.places if start <= mention.start < end and not mention.is_incidental
    ]
    return not places or place is None or any(related(place, name) for name in places)


def _same_part_of_year(before: str, unit: str) -> bool:
    """Whether the half or the quarter that a sentence names last is named where the figure stands, if any is."""
    said, told = _PARTS_OF_YEAR.findall(before), _PARTS_OF_YEAR.findall(unit)
    return not (said and told) or said[-1] in told


def _year_before(figure: Figure, text: Text) -> int | None:
    date = date_before(figure.start, text)
    return date.year if date else None
