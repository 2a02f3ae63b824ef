"""The terms that a slip of typing is mended to: measures, places, words of the field, phrases of plain speech."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TypeVar

from index.measures import measures
from index.normalise import search_form
from index.places import Place, places
from rag.lexicon import domain_words, lookalikes, plain_speech, watched_terms
from rag.pinyin import sounds, spelled, syllables

Signs = TypeVar("Signs", str, tuple[str, ...])
_HAN = re.compile("[\u3400-\u9fff]{2,16}")
# A shorter term with a character left out is too often another term (用人单位, 用单位的钱).
SHORTEST_CUT = 5
SHORTEST_SWAPPED = 4
SHORTEST_DOUBLED = 3
# Plain words of two characters are mostly verbs, and have too many neighbours in sound and shape.
SHORTEST_PLAIN = 3
# A phrase with one of these is a way of talking (住的地方), not a term.
GRAMMAR = frozenset("的了着过在是有没不怎多几")
# A county of fewer characters is called like any word, one of more is seldom typed in full.
COUNTY = 3
# So many ways of reading a term aloud are kept.
MOST_READINGS = 8
# A shorter run of letters may be any abbreviation.
SHORTEST_SPELLED = 4


@dataclass(frozen=True, slots=True)
class Watched:
    """The terms, and by its first two signs what may stand in a question in place of one, in no order.

    `by_sound`: pairs of folded syllables → (syllables, term); `by_shape`: pairs of characters → (wrong string, term) with a
    character left out, typed twice, misplaced or taken for another; `by_letters`: a term's pinyin → the terms.
    """

    terms: frozenset[str]
    by_sound: dict[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]
    by_shape: dict[str, tuple[tuple[str, str], ...]]
    by_letters: dict[str, tuple[str, ...]]


@cache
def watched() -> Watched:
    """The terms and what stands for them, worked out once."""
    named, plain = _han(_names()), _han(_plain_terms())
    terms = named | {term for term in plain if len(term) >= SHORTEST_PLAIN and not GRAMMAR & set(term)}
    sounded = [(syllables, term) for term in terms for syllables in _readings(term)]
    misshapen = [(wrong, term) for term in terms for wrong in set(_misshapen(term)) - terms]
    letters: dict[str, list[str]] = {}
    for term in sorted(named | plain):
        spelling = spelled(term)
        # 西安 is spelled like 先.
        if len(spelling) >= SHORTEST_SPELLED and spelling not in syllables():
            letters.setdefault(spelling, []).append(term)
    return Watched(
        terms,
        _by_first_two(sounded),
        _by_first_two(misshapen),
        {each: tuple(found) for each, found in letters.items()},
    )


def _names() -> Iterator[str]:
    for measure in measures():
        yield from measure.aliases
    for place in places().values():
        if place.level in {"province", "city"}:
            yield from (search_form(place.full_name), search_form(place.name))
        elif place.level == "county":
            yield from _county_names(place)
    yield from domain_words()
    yield from watched_terms()


def _county_names(place: Place) -> Iterator[str]:
    """The name of a county with what it is (柯桥区), and the short name where it is a city of its own (常熟)."""
    bare = place.full_name.removeprefix(place.parent or "")
    if len(bare) == COUNTY:
        yield search_form(bare)
    if bare.endswith("市") and place.name == bare[:-1] and len(bare) == COUNTY:
        yield search_form(place.name)


def _plain_terms() -> Iterator[str]:
    for plain, wordings in plain_speech().items():
        yield from (plain, *wordings)


def _han(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(term for term in terms if _HAN.fullmatch(term))


def _by_first_two(pairs: Iterable[tuple[Signs, str]]) -> dict[Signs, tuple[tuple[Signs, str], ...]]:
    found: dict[Signs, list[tuple[Signs, str]]] = {}
    # Whoever finds several puts them in order; sorting all would take a cold command a tenth of a second.
    for signs, term in pairs:
        found.setdefault(signs[:2], []).append((signs, term))
    return {start: tuple(each) for start, each in found.items()}


def _readings(term: str) -> Iterator[tuple[str, ...]]:
    """The ways in which a term may be read aloud, in folded syllables; none when the table lacks a character."""
    table = sounds()
    if all(character in table for character in term):
        for number, syllables in enumerate(product(*(table[character] for character in term))):
            if number == MOST_READINGS:
                return
            yield syllables


def _misshapen(term: str) -> Iterator[str]:
    """The term with a character taken for one that looks like it, an inner one left out or typed twice, or two swapped."""
    alike = lookalikes()
    for at, character in enumerate(term):
        yield from (term[:at] + other + term[at + 1 :] for other in alike.get(character, ()))
        if 0 < at < len(term) - 1:
            if len(term) >= SHORTEST_CUT:
                yield term[:at] + term[at + 1 :]
            if len(term) >= SHORTEST_DOUBLED:
                yield term[: at + 1] + term[at:]
        if at + 1 < len(term) and len(term) >= SHORTEST_SWAPPED:
            yield term[:at] + term[at + 1] + character + term[at + 2 :]
