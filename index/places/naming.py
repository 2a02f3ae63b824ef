"""Where a text names places: every name of the gazetteer that stands there as a name and not as part of another word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.places.gazetteer import Name, names
from index.places.letters import letters_in
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
    hits = [Named(low, high, entries[number]) for number, low, high in automaton.find_matches_as_indexes(text, True)]
    letters = [Named(*letter) for letter in letters_in(text)]
    if not hits and not letters:
        return []
    plain = {hit.start: hit.name for hit in hits if not hit.name.is_weak}
    found: list[Named] = []
    free = 0
    for hit in sorted([*hits, *letters], key=_longest_first):
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
    from ahocorasick_rs import AhoCorasick, Implementation

    entries = [name for group in names().values() for name in group]
    return AhoCorasick([name.text for name in entries], implementation=Implementation.DFA), entries
