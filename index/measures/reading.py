"""Texts read for the places that they name, each once: what reads a sentence asks for it and its clauses again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.normalise import normalise
from index.places import PlaceMention, chunk_places, mentions_in, passage_places
from index.types import SearchForm, Span


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """The search form of a text and the places that it mentions, with offsets in that form and in the text as it stands."""

    form: SearchForm
    in_form: tuple[PlaceMention, ...]
    in_text: tuple[PlaceMention, ...]


# The words of some sentences, which are asked for one after the other.
@lru_cache(maxsize=1024)
def form_of(text: str, spun: bool) -> SearchForm:
    """The search form of a sentence or a clause."""
    return normalise(text, spun)


def mentions_of(text: str, home: Sequence[str] = ()) -> tuple[PlaceMention, ...]:
    """The places that a text mentions, as `find_places` finds them."""
    return _read(text, tuple(home)).in_text


def attributed(text: str, home: Sequence[str], heading: str) -> tuple[str, ...]:
    """The places that a sentence is attributed to, as `passage_places` finds them; a heading speaks for one that names none."""
    read = _read(text, tuple(home))
    if not read.in_form and heading and mentions_of(heading, home):
        return passage_places(home, text, heading)
    return chunk_places(home, read.in_form, read.form.text)


@lru_cache(maxsize=1024)
def _read(text: str, home: tuple[str, ...]) -> PlacesRead:
    form = form_of(text, False)
    found = tuple(mentions_in(form.text, home))
    return PlacesRead(form, found, tuple(_placed(one, form.span(one.start, one.end)) for one in found))


def _placed(mention: PlaceMention, span: Span) -> PlaceMention:
    is_there = span.start == mention.start and span.end == mention.end
    return mention if is_there else replace(mention, start=span.start, end=span.end)
