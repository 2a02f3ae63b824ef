"""The one search form of a text and its map back: simplified, half-width, lower case, numerals as digits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from index.normalise.characters import DOUBLED, IS_COMPOUND, IS_RESHAPED, IS_UNSEEN, fold_and_look, simplify
from index.normalise.edits import Draft
from index.normalise.layout import blank_edits, compound_edits, doubled_edits, part_clauses, unseen_edits
from index.normalise.pinyin import pinyin_edits
from index.normalise.spun import spun_edits
from index.numerals import number_edits
from index.types import SearchForm, Span

__all__ = ["normalise", "normalise_marks", "part_of_form", "search_form"]

_ROUNDS = 4
_SHORT = 256


def normalise(text: str, spun: bool = False) -> SearchForm:
    """The search form of a whole text; `spun` also puts back the plain words of synonym-spun text.

    The same expression gives the same form in a question and in a document, and normalising a search form changes nothing.
    """
    return _normalise(Draft.of(text), spun)


def normalise_marks(text: str, marks: Sequence[Span], spun: bool = False) -> SearchForm:
    """The search form of the parts of a text that count, joined; its offsets are those of `text`.

    A word that noise had cut in two is whole again: 蚌埠小樹屋市 without 小樹屋 reads 蚌埠市.
    """
    return _normalise(Draft.of(text, marks), spun)


def search_form(text: str, spun: bool = False) -> str:
    """The search form's text alone."""
    return _short_form(text, spun) if len(text) <= _SHORT else normalise(text, spun).text


# An answer takes the same sentences and clauses apart, weighs them and verifies what is told of them.
@lru_cache(maxsize=8192)
def _short_form(text: str, spun: bool) -> str:
    return normalise(text, spun).text


def part_of_form(form: SearchForm, start: int, end: int) -> str:
    """The part of a document's search form whose characters begin in [start, end) of the document."""
    return form.text[bisect_left(form.starts, start) : bisect_left(form.starts, end)]


def _normalise(draft: Draft, spun: bool) -> SearchForm:
    # A change can make room for another (a blank that only now stands next to a Han character), so the steps run until nothing
    # changes; most texts are done after the second look, which finds nothing to do.
    for _ in range(_ROUNDS):
        before = draft.text
        _fold(draft)
        if spun:
            draft.apply(spun_edits(draft.text))
        draft.apply(number_edits(draft.text))
        if draft.text == before:
            break
    return draft.search_form()


def _fold(draft: Draft) -> None:
    draft.text, flags = fold_and_look(draft.text)
    if flags & IS_UNSEEN:
        draft.apply(unseen_edits(draft.text))
    if flags & IS_COMPOUND:
        draft.apply(compound_edits(draft.text))
    draft.apply(pinyin_edits(draft.text))
    draft.text = part_clauses(draft.text)
    if flags & DOUBLED:
        draft.apply(doubled_edits(draft.text))
    draft.apply(blank_edits(draft.text))
    if flags & IS_RESHAPED:
        draft.text = simplify(draft.text)
