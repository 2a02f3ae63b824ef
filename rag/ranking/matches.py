"""Where the tokens of a question stand in many texts, found at once with numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rag.ranking.grams import Grams

_CODES = 1 << 16
_BLOCK = 40
_ENDS = "。!?;\n！？；"


@dataclass(frozen=True, slots=True)
class Matches:
    """Every place at which one of G tokens stands in one of C texts, in the order of the places.

    `gram`, `text` and `place` are parallel; a place counts from the beginning of all texts joined by line breaks.
    `sentence` numbers the sentence, `block` the stretch of 40 characters that a place lies in. `starts` is where each
    text begins, `lengths` its length, `bodies` where the passage itself begins after its title, headings and places.
    """

    gram: NDArray[np.int64]
    text: NDArray[np.int64]
    place: NDArray[np.int64]
    sentence: NDArray[np.int64]
    block: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    bodies: NDArray[np.int64]


def find(grams: Grams, texts: Sequence[str], bodies: Sequence[int]) -> Matches:
    """All matches; `bodies[i]` is how many characters of text i come before its passage."""
    joined = "\n".join(texts)
    lowered = joined.lower()
    # A few letters grow when they are lowered, and then places would no longer be those of the texts.
    joined = lowered if len(lowered) == len(joined) else joined
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    ends = np.cumsum(lengths + 1)
    starts = ends - lengths - 1
    place, gram = _pairs(grams, codes)
    if grams.others:
        place, gram = _with_others(grams, joined, place, gram)
    text = np.searchsorted(ends, place, side="right")
    stops = np.flatnonzero(_is_end()[np.minimum(codes, _CODES - 1)])
    block = text * (len(joined) // _BLOCK + 2) + (place - starts[text]) // _BLOCK
    return Matches(
        gram, text, place, np.searchsorted(stops, place), block, starts, lengths, starts + np.asarray(bodies)
    )


@cache
def _is_end() -> NDArray[np.bool_]:
    """Which code points end a sentence; the last place stands for all that lie beyond the table."""
    ends = np.zeros(_CODES, dtype=np.bool_)
    ends[[ord(mark) for mark in _ENDS]] = True
    return ends


def _pairs(grams: Grams, codes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pairs = grams.pairs
    if not len(pairs.keys) or len(codes) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    # Few characters begin a token, so most of the text is passed over by one look into a table.
    at = np.flatnonzero(pairs.begins[codes[:-1] % _CODES])
    keys = codes[at].astype(np.uint64) << np.uint64(32) | codes[at + 1]
    found = np.searchsorted(pairs.keys, keys)
    found[found == len(pairs.keys)] = 0
    same = pairs.keys[found] == keys
    return at[same], pairs.numbers[found[same]]


def _with_others(
    grams: Grams, joined: str, place: NDArray[np.int64], gram: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    places, numbers = [], []
    for number, token in grams.others:
        at = joined.find(token)
        while at >= 0:
            places.append(at)
            numbers.append(number)
            at = joined.find(token, at + len(token))
    every = np.concatenate([place, np.array(places, dtype=np.int64)])
    order = np.argsort(every, kind="stable")
    return every[order], np.concatenate([gram, np.array(numbers, dtype=np.int64)])[order]
