"""Names found in texts: an automaton over their plain parts says where one may begin, a pattern whether it stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from index.measures.taxonomy import GAP, NUMBER

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_DIGITS = "0123456789"
# Behind the first digit of a number.
_MORE = "\0"
# A gap stays within its clause and its item of a list, and short, so that matching stays linear.
_SPECIAL = {
    GAP: r"[^,，。;；:：!！?？、\s]{0,8}?",
    NUMBER: r"\d{1,15}(?:\.\d{1,6})?[余多]?",
    _MORE: r"\d{0,14}(?:\.\d{1,6})?[余多]?",
}
_BETWEEN = re.compile(f"[{re.escape(GAP + NUMBER)}]+")


class NameFinder:
    """Finds these names in texts; most texts hold the plain parts of none, and no pattern is tried on them."""

    def __init__(self, names: Collection[str]) -> None:
        ordered = sorted(names)
        opened: dict[str, list[str]] = {}
        for name in ordered:
            for first in _DIGITS if name.startswith(NUMBER) else name[0]:
                opened.setdefault(first, []).append(first + _MORE + name[1:] if name.startswith(NUMBER) else name)
        self._opened = {first: tuple(words) for first, words in opened.items()}
        self._patterns: dict[str, re.Pattern[str]] = {}
        parts = {name: tuple(part for part in _BETWEEN.split(name) if part) for name in ordered}
        shared = Counter(part for held in parts.values() for part in held)
        # A name is expected where its longest part stands, of two the one that fewer names have; what opens it tells where.
        expected: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, held in parts.items():
            anchor = max(held, key=lambda part: (len(part), -shared[part]))
            others = tuple(part for part in held if part != anchor)
            expected.setdefault(anchor, []).append((others, held[0] if name.startswith(held[0]) else NUMBER))
        self._expected = tuple(expected.values())
        self._automaton = _automaton_of(list(expected))

    def is_in(self, form: str) -> bool:
        """Whether a search form holds a name."""
        return next(self.all_in(form), None) is not None

    def all_in(self, form: str) -> Iterator[tuple[int, int]]:
        """Where names begin and end in a search form, in order; of those that begin at one place the longest."""
        for start in self._starts(form):
            pattern = self._patterns.get(form[start]) or self._pattern(form[start])
            found = pattern.match(form, start) if pattern else None
            if found is not None:
                yield start, found.end()

    def _pattern(self, first: str) -> re.Pattern[str] | None:
        """The pattern of the names that begin with this sign, made when it is needed: a text needs few of them."""
        if first in self._opened:
            self._patterns[first] = _compiled(self._opened[first])
        return self._patterns.get(first)

    def _starts(self, form: str) -> Collection[int]:
        try:
            matches = self._automaton.find_matches_as_indexes(form, overlapping=True)
        except UnicodeEncodeError:
            # The automaton reads well-formed text; in one with half of a surrogate pair a name is looked for everywhere.
            return range(len(form))
        openings = {
            opening
            for anchor in {match[0] for match in matches}
            for others, opening in self._expected[anchor]
            if all(map(form.__contains__, others))
        }
        return sorted({start for opening in openings for start in _starts_of(opening, form)}) if openings else ()


def _starts_of(opening: str, form: str) -> Iterator[int]:
    if opening == NUMBER:
        yield from (at for at, sign in enumerate(form) if sign in _DIGITS)
        return
    at = form.find(opening)
    while at >= 0:
        yield at
        at = form.find(opening, at + 1)


@lru_cache(maxsize=4096)
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_tree(words))


def pattern_of(name: str) -> re.Pattern[str]:
    """The pattern of one name."""
    return _compiled((name,))


def _automaton_of(parts: list[str]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, Implementation

    return AhoCorasick(parts, implementation=Implementation.DFA)


def _tree(words: Sequence[str]) -> str:
    """A pattern of words as a tree of their beginnings, which prefers the longest."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[0], []).append(word[1:])
    branches = [(_SPECIAL.get(first) or re.escape(first)) + _tail(rest) for first, rest in tails.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _tail(rest: list[str]) -> str:
    longer = [word for word in rest if word]
    if not longer:
        return ""
    return f"(?:{_tree(longer)})?" if len(longer) < len(rest) else _tree(longer)
