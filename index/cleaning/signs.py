"""Which patterns a text can match at all: each names the strings without one of which it cannot, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ahocorasick_rs


@dataclass(frozen=True, slots=True)
class Signed:
    """A kind of noise: its reason, the `signs` of which a text must hold one, and the pattern that decides."""

    reason: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]


def signed(reason: str, signs: str, pattern: str, flags: int = 0) -> Signed:
    """A `Signed` whose signs are parted by blanks."""
    return Signed(reason, tuple(signs.split()), re.compile(pattern, flags))


class Gate:
    """Kinds of noise behind one search for all their signs, so that most texts meet few patterns or none."""

    def __init__(self, kinds: Sequence[Signed]) -> None:
        self.kinds = tuple(kinds)

    def matches(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and reason of every match that is not empty; lone surrogates must be gone from the text."""
        owners, finder = self._finder
        signs = {number for number, _, _ in finder.find_matches_as_indexes(text, overlapping=True)}
        for owner in sorted({owner for number in signs for owner in owners[number]}):
            kind = self.kinds[owner]
            for found in kind.pattern.finditer(text):
                if found.end() > found.start():
                    yield found.start(), found.end(), kind.reason

    @cached_property
    def _finder(self) -> tuple[list[list[int]], ahocorasick_rs.AhoCorasick]:
        """Which kinds own each sign, and what finds the signs."""
        import ahocorasick_rs

        owners: dict[str, list[int]] = {}
        for number, kind in enumerate(self.kinds):
            for sign in kind.signs:
                owners.setdefault(sign, []).append(number)
        return list(owners.values()), ahocorasick_rs.AhoCorasick(list(owners))
