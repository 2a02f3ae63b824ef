"""The normal form in which an answer and a gold string are compared, with the boundary rule for figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.normalise import search_form

# Citation marks in every form that Chinese models write (【1】, [1,2], 【资料1】); a year in brackets is part of a document's number.
MARK = r"[【\[［]\s*(?:资料|来源|引文)?\s*\d{1,3}(?:\s*[、,，;；~～—–-]\s*\d{1,3})*\s*[】\]］]"
_MARKERS = re.compile(rf"(?:{MARK})+")
_MARKERS_BETWEEN_DIGITS = re.compile(rf"(?<=\d){_MARKERS.pattern}(?=\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w%‰.]+(?=\d)")
_LONE_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)")
_KEPT = frozenset("%‰.|")
KEPT_CHARACTERS = 2000


def without_markers(text: str) -> str:
    """The text without its citation marks 【n】; a blank stays between two digits, so that no two figures join."""
    return _MARKERS.sub("", _MARKERS_BETWEEN_DIGITS.sub(" ", text)).strip()


def normal(text: str, spun: bool = False) -> str:
    """The search form without blanks and punctuation.

    What parts two figures stays as 「|」 (2021-10-22 10:17 is five figures, not one), a point between digits stays as the
    decimal point, and so do % and ‰.
    """
    # Gold strings and sentences come back again and again; whole answers of a megabyte do not.
    return _kept(text, spun) if len(text) <= KEPT_CHARACTERS else _normal(text, spun)


def _normal(text: str, spun: bool) -> str:
    parted = _BETWEEN_DIGITS.sub("|", _LONE_POINT.sub(" ", search_form(text, spun)))
    return "".join(char for char in parted if char.isalnum() or char in _KEPT)


_kept = lru_cache(maxsize=16384)(_normal)


def holds(text: str, wanted: str) -> bool:
    """Whether the text contains a gold string, both already in the normal form.

    A string that begins or ends with a digit must not touch another digit or a decimal point: 9个 is not met by 119个.
    Nothing but punctuation is contained in no text.
    """
    if not wanted:
        return False
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?![\d.])" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def groups_met(text: str, groups: Sequence[Sequence[str]], spun: bool = False) -> int:
    """How many groups have a string that the text contains; neither side needs to be in the normal form."""
    form = normal(text, spun)
    return sum(any(holds(form, normal(wanted)) for wanted in group) for group in groups)


def has_figure(text: str) -> bool:
    """Whether the text names a figure, in whatever script (三家 does, 一些 does not)."""
    return any(char.isdigit() for char in normal(text))
