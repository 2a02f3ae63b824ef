"""The search form of the counted parts of a document, made once and shared by all that look into it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.normalise import normalise_marks, search_form
from index.types import Noise, SearchForm, Span


def counted_form(text: str, noise: Sequence[Noise], spun: bool) -> SearchForm:
    """The search form of what no noise covers; `noise` is sorted and disjoint."""
    return _form(text, counted_spans(len(text), noise), spun)


def counted_spans(length: int, noise: Sequence[Noise]) -> tuple[Span, ...]:
    """The spans of [0, length) that no noise covers; `noise` is sorted and disjoint."""
    spans = []
    at = 0
    for vote in noise:
        if at < vote.start:
            spans.append(Span(at, vote.start))
        at = max(at, vote.end)
    if at < length:
        spans.append(Span(at, length))
    return tuple(spans)


# Reading, cutting and signing a document follow each other, so the last few are enough.
@lru_cache(maxsize=4)
def _form(text: str, spans: tuple[Span, ...], spun: bool) -> SearchForm:
    return normalise_marks(text, spans, spun)


# Titles, headings and names of places come again with every passage under them.
@lru_cache(maxsize=4096)
def short_form(text: str, spun: bool = False) -> str:
    """The search form of a short text that is asked for again and again."""
    return search_form(text, spun)
