"""Where a text names places: every name of the gazetteer that stands there as a name and not as part of another word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.places.gazetteer import Name, names
from index.places.letters import letter_signs, letters_in
from index.places.standing import stands

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_SURROGATES = re.compile("[\ud800-\udfff]")


class Named(NamedTuple):
    """A name of the gazetteer that stands at [start, end) of a text."""

    start: int
    end: int
    name: Name


def named_in(text: str) -> list[Named]:
    """The names that stand in a text in search form, in order and without overlap; the longest of each position wins."""
    automaton, entries = _automaton()
    if not text.isascii():
        # The automaton reads well-formed text; a lone surrogate is part of no name.
        text = _SURROGATES.sub("\ufffd", text)
    matches = automaton.find_matches_as_indexes(text, overlapping=True)
    if not matches:
        return []
    hits = [Named(start, end, entries[number]) for number, start, end in matches if number < len(entries)]
    if len(hits) < len(matches):
        hits += [Named(*letter) for letter in letters_in(text)]
    plain = {hit.start: hit.name for hit in hits if not hit.name.is_weak}
    found: list[Named] = []
    free = 0
    for hit in sorted(hits, key=_longest_first):
        start, end, name = hit
        if start < free:
            continue
        before = found[-1].name if found and free == start else None
        if end - start == 1 or stands(text, start, end, name, before, plain.get(end)):
            found.append(hit)
            free = end
    return found


def _longest_first(hit: Named) -> tuple[int, int]:
    return hit.start, -hit.end


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[Name]]:
    """The automaton of all names, in the order of the list, and of the signs of one-letter names behind them."""
    from ahocorasick_rs import AhoCorasick, Implementation

    entries = [name for group in names().values() for name in group]
    patterns = [*(name.text for name in entries), *letter_signs()]
    return AhoCorasick(patterns, implementation=Implementation.DFA), entries
