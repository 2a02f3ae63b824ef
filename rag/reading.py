"""The evidence of one sentence as the verifier reads it, and where in it a piece of the sentence comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from index.places import find_places, is_within
from rag.dates import Date, find_dates
from rag.figures import Figure, find_figures
from rag.orders import without_orders
from rag.types import Evidence
from rag.wording import bigrams, plain, spans_of

_REACH = 10
_QUOTED = re.compile(r'"[^"\n]{2,24}"')
# A word that stands at more places than these says nothing by its place.
_MOST_PLACES = 64


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at [start, end) of a plain text; incidental within the name of a company or a school."""

    start: int
    end: int
    name: str
    is_incidental: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A plain text with what the checks look for in it; figures inside place names (三门峡市) are left out."""

    plain: str
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    places: tuple[Mention, ...]

    def place_before(self, at: int) -> str | None:
        """The place named last before the character at `at`, which is what the words there speak of; None if none."""
        named = [mention.name for mention in self.places if mention.start < at and not mention.is_incidental]
        return named[-1] if named else None


@dataclass(frozen=True, slots=True)
class Reading:
    """One piece of evidence: its counted text, what surrounds it, the places that it is attributed to, its day of publication."""

    counted: Text
    around: Text
    attributed: tuple[str, ...]
    dates: tuple[Date, ...] = field(default=())
    published: Date | None = None

    @property
    def known_places(self) -> frozenset[str]:
        """Every place that the text, its surroundings or the attribution name."""
        return frozenset(m.name for text in (self.counted, self.around) for m in text.places) | set(self.attributed)

    def may_speak_of(self, place: str | None) -> bool:
        """Whether the evidence may bear out a statement about this place: it is attributed to it, or to none."""
        if place is None or not self.attributed or any(related(place, owner) for owner in self.attributed):
            return True
        return self.names(place)

    def names(self, place: str) -> bool:
        """Whether the counted text itself speaks of this place."""
        return any(mention.name == place and not mention.is_incidental for mention in self.counted.places)


@dataclass(frozen=True, slots=True)
class Source:
    """The place in a reading from which a bigram of the sentence comes, and how much around it agrees."""

    reading: Reading
    at: int
    score: int


@lru_cache(maxsize=512)
def read_text(text: str, spun: bool = False, near: tuple[str, ...] = ()) -> Text:
    """A text with its figures, dates and places; `near` are places that settle which of two namesakes is meant."""
    form = plain(text, spun)
    quoted = [match.span() for match in _QUOTED.finditer(form)]
    places = tuple(
        # A place in the name of a thing (“盐都工匠说”) is not where it happens.
        Mention(m.start, m.end, m.full_name, m.is_incidental or any(a < m.start and m.end < b for a, b in quoted))
        for m in find_places(form, near)
    )
    figures = tuple(f for f in find_figures(form) if not any(p.start <= f.start < p.end for p in places))
    return Text(form, figures, tuple(find_dates(form)), places)


def read_evidence(evidence: Evidence, spun: bool = False) -> Reading:
    """The reading of one piece of evidence."""
    document = evidence.document
    around = "\n".join([document.title, *(context.text for context in evidence.context)])
    attributed = attributed_places(evidence)
    counted, surrounding = (
        read_text(without_orders(_counted(evidence)), spun, attributed),
        read_text(around, spun, attributed),
    )
    published = find_dates(document.published or "")
    day = published[0] if published else None
    if any(date.month for date in counted.dates):
        # The day of publication dates a text that is silent; one that names its months speaks for itself.
        published = [Date(date.year, None, None) for date in published]
    years = {date.year for date in counted.dates if date.year}
    if "比上年" in counted.plain and len(years) == 1:
        published = [*published, *(Date(year - 1, None, None) for year in years)]
    return Reading(
        counted,
        surrounding,
        attributed,
        (*counted.dates, *surrounding.dates, *published),
        day,
    )


def attributed_places(evidence: Evidence) -> tuple[str, ...]:
    """The places of the passage, then those of its document."""
    return tuple(dict.fromkeys([*evidence.places, *evidence.document.places]))


def _counted(evidence: Evidence) -> str:
    """The counted text, with a line break where the text left out between two marks holds one."""
    text = evidence.document.text
    parts: list[str] = []
    last = None
    for mark in evidence.marks:
        if last is not None and "\n" in text[last : mark.start]:
            parts.append("\n")
        parts.append(text[mark.start : mark.end])
        last = mark.end
    return "".join(parts)


def related(one: str, other: str) -> bool:
    """Whether two places are the same or one lies within the other."""
    return one == other or is_within(one, other) or is_within(other, one)


def sources_of(sentence: str, at: int, readings: tuple[Reading, ...]) -> list[Source]:
    """The best places from which the bigram at `at` of the plain sentence may come; more than one when they tie."""
    pair = sentence[at : at + 2]
    near = bigrams(sentence[max(0, at - _REACH) : at + _REACH])
    found = []
    for reading in readings:
        text = reading.counted.plain
        for position in islice(spans_of(pair, text), _MOST_PLACES):
            here = bigrams(text[max(0, position - _REACH) : position + _REACH])
            found.append(Source(reading, position, len(near & here) + _common(sentence, at, text, position)))
    best = max((source.score for source in found), default=0)
    return [source for source in found if source.score == best]


def _common(one: str, i: int, other: str, j: int) -> int:
    """The length of the run around both positions in which the two texts are the same, 24 at most."""
    right = 0
    while right < 12 and i + right < len(one) and j + right < len(other) and one[i + right] == other[j + right]:
        right += 1
    left = 0
    while left < 12 and i - left > 0 and j - left > 0 and one[i - left - 1] == other[j - left - 1]:
        left += 1
    return left + right
