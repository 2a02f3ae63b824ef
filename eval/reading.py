"""Exact match and character F1 in the definition of CMRC 2018 (Cui et al. 2019), as its published script computes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

# The punctuation that CMRC's script drops; other signs stay.
_DROPPED = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_HAN = re.compile(r"[\u4e00-\u9fa5]")
# Words and figures of Latin text as NLTK's tokenizer parts them in the cases that Chinese answers hold: 3.5, 1,024, 5G
# and U.S.A are one token each, % is one of its own. Only English contractions (don't) are parted differently there.
_LATIN_TOKEN = re.compile(r"[^\W_]+(?:[.,'][^\W_]+)*|\S")


def exact_match(prediction: str, references: Sequence[str]) -> float:
    """1.0 when the prediction is one of the references after lower-casing and dropping punctuation, else 0.0."""
    given = _bare(prediction)
    return float(any(given == _bare(reference) for reference in references))


def character_f1(prediction: str, references: Sequence[str]) -> float:
    """The best F1 over the references, of the longest common run of segments (characters, Latin words, figures).

    Precision is that run over the prediction's segments, recall over the reference's: a right answer inside a long
    one loses by its length, and a common run is not a bag of common characters.
    """
    given = segments(prediction)
    return max((_f1(given, segments(reference)) for reference in references), default=0.0)


@lru_cache(maxsize=8192)
def segments(text: str) -> tuple[str, ...]:
    """The segments of a text: each Han character, each Latin word or figure; punctuation dropped, lower case."""
    found: list[str] = []
    other: list[str] = []
    for char in text.lower().strip():
        if char in _DROPPED:
            continue
        if _HAN.match(char):
            found += _LATIN_TOKEN.findall("".join(other))
            other.clear()
            found.append(char)
        else:
            other.append(char)
    found += _LATIN_TOKEN.findall("".join(other))
    return tuple(found)


def _f1(given: tuple[str, ...], wanted: tuple[str, ...]) -> float:
    common = longest_common_run(given, wanted)
    if not common:
        return 0.0
    precision, recall = common / len(given), common / len(wanted)
    return 2 * precision * recall / (precision + recall)


def longest_common_run(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest run of segments that stands in both."""
    best = 0
    row = [0] * (len(other) + 1)
    for segment in one:
        above = row
        row = [0] * (len(other) + 1)
        for at, wanted in enumerate(other):
            if segment == wanted:
                row[at + 1] = above[at] + 1
                best = max(best, row[at + 1])
    return best


def _bare(text: str) -> str:
    return "".join(char for char in text.lower().strip() if char not in _DROPPED)
