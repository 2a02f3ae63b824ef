"""Words of other trades pressed into the middle of a text: 「企小樹屋業」."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from index.cleaning.words import HAN, cut_word, is_word, words
from index.normalise.characters import simplify
from index.normalise.spun import spun_terms
from index.types import Noise

TERMS = Path(__file__).parent.parent / "data" / "spam_terms.txt"
RUN = re.compile(f"[{HAN}]+")
LEAST_COUNT = 3
LEAST_REJOINED = 2
LEAST_SHARE = 0.25
SCATTER = 0.6
FUNCTION_WORDS = frozenset("的和与及等是在对为从向所之了将把被以由")
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


def _frequent_strings(text: str) -> dict[str, int]:
    """Han strings of 2 to 6 characters that occur at least three times and are no dictionary words, the longest first."""
    counts: Counter[str] = Counter()
    for run in RUN.findall(text):
        for length in range(2, LONGEST + 1):
            counts.update(run[at : at + length] for at in range(len(run) - length + 1))
    frequent = {
        string: count
        for string, count in counts.items()
        if count >= LEAST_COUNT and not is_word(string) and string not in spun_terms()
    }
    return dict(sorted(frequent.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def injected_strings(simple: str) -> dict[str, int]:
    """Strings that cut words in two all through a simplified text, with how often they occur.

    A string counts when its removal joins at least two different dictionary words and a quarter of its occurrences.
    """
    found: dict[str, int] = {}
    for string, count in _frequent_strings(simple).items():
        if any(string in longer for longer in found):
            continue
        hits = [hit.start() for hit in re.finditer(re.escape(string), simple)]
        if not _scattered(simple, hits, len(string)):
            continue
        joined = [word for at in hits if (word := cut_word(simple, at, at + len(string))) and word[0] != word[-1]]
        # A string made of whole words (全省职工) is a natural phrase more often than a name, so it needs more evidence.
        strength = 2 if _is_phrase(string) else 1
        if len(set(joined)) >= LEAST_REJOINED * strength and len(joined) >= LEAST_SHARE * strength * len(hits):
            found[string] = count
    return found


def _is_phrase(string: str) -> bool:
    return all(len(word) > 1 or word in FUNCTION_WORDS for word in words(string))


def _scattered(text: str, hits: list[int], length: int) -> bool:
    """Whether a string stands between ever other characters; part of a set phrase has the same neighbours again."""
    before = {text[at - 1 : at] for at in hits}
    after = {text[at + length : at + length + 1] for at in hits}
    return min(len(before), len(after)) >= SCATTER * len(hits)


@lru_cache(maxsize=8)
def find_spam(text: str) -> tuple[Noise, ...]:
    """Every occurrence of an injected string and of the known terms; the text may be traditional."""
    simple = simplify(text)
    found = [
        Noise(hit.start(), hit.end(), REASON)
        for string in injected_strings(simple)
        for hit in re.finditer(re.escape(string), simple)
    ]
    certain, cutting = _known_terms(simple)
    # One ordinary word that seems to cut another may be chance (展示交流区); several, or one beside known spam, are not.
    if len({simple[vote.start : vote.end] for vote in cutting}) < 2 and len(cutting) < 3 and not (found or certain):
        cutting = []
    return tuple(found + certain + cutting)


def _known_terms(simple: str) -> tuple[list[Noise], list[Noise]]:
    """Votes on terms that are always spam, and on ordinary words that cut another in two."""
    certain, cutting = [], []
    for term, kind in spam_terms().items():
        for hit in re.finditer(re.escape(term), simple):
            start, end = hit.span()
            # The injector links its words with 「到」 and 「在」; the linking word goes where that joins a word again.
            if start and simple[start - 1] in "到在去找" and cut_word(simple, start - 1, end):
                certain.append(Noise(start - 1, end, REASON))
            elif kind == "always":
                certain.append(Noise(start, end, REASON))
            elif cut_word(simple, start, end):
                cutting.append(Noise(start, end, REASON))
    return certain, cutting
