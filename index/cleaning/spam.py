"""Words of other trades pressed into the middle of a text: 「企小樹屋業」."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.cleaning.grams import frequent_han_pairs
from index.cleaning.simple import simple_form
from index.cleaning.words import cut_word, is_word, words
from index.normalise.characters import simplify
from index.normalise.spun import spun_terms
from index.types import Noise

if TYPE_CHECKING:
    import ahocorasick_rs

TERMS = Path(__file__).parent.parent / "data" / "spam_terms.txt"
LEAST_COUNT = 3
LEAST_REJOINED = 2
LEAST_SHARE = 0.25
SCATTER = 0.6
FUNCTION_WORDS = frozenset("的和与及等是在对为从向所之了将把被以由")
# Two characters with one of these are syntax (知责于心、担责于身), not a name.
SMALL_WORDS = frozenset("于的和与在了为之以而")
SENTINEL = "\0"
LONGEST = 6
REASON = "插入的广告词"


@lru_cache(maxsize=1)
def spam_terms() -> dict[str, str]:
    """Term to kind: 「always」 is spam wherever it stands, 「inside」 only where it cuts a word in two."""
    terms = {}
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            term, kind = line.split("\t")[:2]
            terms[simplify(term)] = kind
    return terms


def _frequent_strings(text: str) -> dict[str, list[int]]:
    """Han strings of 2 to 6 characters that stand at least three times, ever between other characters, the longest first.

    Words of the dictionary are left out. Each string comes with where it stands; a longer one can only be frequent where
    the two shorter ones in it are.
    """
    frequent: dict[str, list[int]] = {}
    places = frequent_han_pairs(text, LEAST_COUNT)
    text += SENTINEL
    for length in range(2, LONGEST + 1):
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at in places:
            found[text[at : at + length]].append(at)
        standing: set[int] = set()
        for string, hits in found.items():
            if len(hits) >= LEAST_COUNT:
                standing.update(hits)
                if is_word(string):
                    continue
                apart = _apart(hits, length) if string[0] in string[1:] else hits
                if _is_scattered(text, apart, length):
                    frequent[string] = apart
        places = [at for at in places if at in standing and at + 1 in standing]
    return dict(sorted(frequent.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def injected_strings(simple: str) -> dict[str, list[int]]:
    """Strings that cut words in two all through a simplified text, with where they stand.

    A string counts when its removal joins at least two different dictionary words and a quarter of its occurrences.
    """
    found: dict[str, list[int]] = {}
    parts: set[str] = set()
    for string, hits in _frequent_strings(simple).items():
        size = len(string)
        if string in parts or string in spun_terms() or (size == 2 and set(string) & SMALL_WORDS):
            continue
        joined = [word for at in hits if (word := cut_word(simple, at, at + size)) and word[0] != word[-1]]
        # A string made of whole words (全省职工) is a natural phrase more often than a name, so it needs more evidence.
        strength = 2 if _is_phrase(string) else 1
        if len(set(joined)) >= LEAST_REJOINED * strength and len(joined) >= LEAST_SHARE * strength * len(hits):
            found[string] = hits
            parts |= {string[at:end] for at in range(size) for end in range(at + 1, size + 1)}
    return found


def _apart(places: list[int], size: int) -> list[int]:
    """Those of the ascending places that do not overlap the one taken before."""
    taken: list[int] = []
    for at in places:
        if not taken or at >= taken[-1] + size:
            taken.append(at)
    return taken


def _is_phrase(string: str) -> bool:
    return all(len(word) > 1 or word in FUNCTION_WORDS for word in words(string))


def _is_scattered(text: str, hits: list[int], length: int) -> bool:
    """Whether a string stands between ever other characters; part of a set phrase has the same neighbours again.

    The text ends with a sentinel, which also stands before its first character.
    """
    least = SCATTER * len(hits)
    return len({text[at + length] for at in hits}) >= least and len({text[at - 1] for at in hits}) >= least


@lru_cache(maxsize=8)
def find_spam(text: str) -> tuple[Noise, ...]:
    """Every occurrence of an injected string and of the known terms; the text may be traditional."""
    simple = simple_form(text)
    found = [
        Noise(at, at + len(string), REASON) for string, places in injected_strings(simple).items() for at in places
    ]
    certain, cutting = _known_terms(simple)
    # One ordinary word that seems to cut another may be chance (展示交流区); several, or one beside known spam, are not.
    if len({simple[vote.start : vote.end] for vote in cutting}) < 2 and len(cutting) < 3 and not (found or certain):
        cutting = []
    return tuple(found + certain + cutting)


def _known_terms(simple: str) -> tuple[list[Noise], list[Noise]]:
    """Votes on terms that are always spam, and on ordinary words that cut another in two."""
    certain, cutting = [], []
    terms, finder = _term_finder()
    # The automaton takes no lone surrogates; one sign in place of each keeps the offsets.
    whole = simple.encode("utf-8", "replace").decode("utf-8")
    for number, start, end in finder.find_matches_as_indexes(whole, overlapping=True):
        # The injector links its words with 「到」 and 「在」; the linking word goes where that joins a word again.
        if start and simple[start - 1] in "到在去找" and cut_word(simple, start - 1, end):
            certain.append(Noise(start - 1, end, REASON))
        elif terms[number] == "always":
            certain.append(Noise(start, end, REASON))
        elif cut_word(simple, start, end):
            cutting.append(Noise(start, end, REASON))
    return certain, cutting


@lru_cache(maxsize=1)
def _term_finder() -> tuple[tuple[str, ...], ahocorasick_rs.AhoCorasick]:
    """The kinds of the terms, and what finds them all in one pass, as (number of the term, start, end)."""
    import ahocorasick_rs

    terms = spam_terms()
    return tuple(terms.values()), ahocorasick_rs.AhoCorasick(list(terms))
