"""Plain character-bigram BM25: the baseline that every other figure of the laboratory is compared with."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

# Letters and figures of any script; Han characters are letters to Python.
_RUN = re.compile(r"[^\W_]+")
# A code point has 21 bits, so two of them, or one alone, make one number.
_CODE_BITS = 21


def bigrams(text: str) -> Iterator[str]:
    """The pairs of neighbouring letters or figures, in lower case; one that stands alone is a token by itself.

    Everything else parts: no pair spans a blank or a punctuation mark. The text is taken as it stands, without any
    normal form but the case.
    """
    for run in _RUN.findall(text.lower()):
        if len(run) == 1:
            yield run
        for left, right in pairwise(run):
            yield left + right


class BigramBM25:
    """BM25 as Lucene has it over `bigrams`, held in memory as one posting list a token.

    score(q, d) = sum over the tokens t of q, each as often as it stands there, of
    ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + k1 * (1 - b + b * |d| / avg)),
    where n of N texts hold t, f is how often d does, and |d| counts tokens (Robertson and Zaragoza 2009, with the idf of
    Lucene, which is never negative; the constant factor k1 + 1 changes no rank and is left out).
    """

    def __init__(self, texts: Sequence[str], k1: float = 1.2, b: float = 0.75) -> None:
        """Index the texts, each by its position; a title belongs in front of its text."""
        lengths = np.zeros(len(texts), dtype=np.int64)
        keys, counts, sizes = [], [], []
        for at, text in enumerate(texts):
            found = _keys(text)
            lengths[at] = len(found)
            unique, often = np.unique(found, return_counts=True)
            keys.append(unique)
            counts.append(often.astype(np.uint16))
            sizes.append(len(unique))
        every = np.concatenate([*keys, np.zeros(0, np.int64)])
        keys.clear()
        # A stable sort keeps the positions of a posting list in order, whatever the machine.
        order = np.argsort(every, kind="stable")
        every = every[order]
        starts = np.flatnonzero(np.concatenate([np.ones(min(len(every), 1), bool), every[1:] != every[:-1]]))
        self._terms, self._bounds = every[starts], np.append(starts, len(every))
        self._positions = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)[order]
        self._counts = np.concatenate([*counts, np.zeros(0, np.uint16)])[order]
        self._size = len(texts)
        self._norms = k1 * (1 - b + b * lengths / max(float(lengths.mean()) if len(texts) else 0.0, 1e-9))

    def search(self, query: str, top: int) -> list[tuple[int, float]]:
        """The best `top` texts as (position, score), best first, ties by position; no text without a common token."""
        scores = np.zeros(self._size)
        for key, often in zip(*np.unique(_keys(query), return_counts=True), strict=True):
            at = int(np.searchsorted(self._terms, key))
            if at == len(self._terms) or self._terms[at] != key:
                continue
            part = slice(self._bounds[at], self._bounds[at + 1])
            texts, count = self._positions[part], self._counts[part].astype(np.float64)
            idf = np.log1p((self._size - len(texts) + 0.5) / (len(texts) + 0.5))
            scores[texts] += often * idf * count / (count + self._norms[texts])
        return _best(scores, top)

    def search_many(self, queries: Sequence[str], top: int) -> list[list[tuple[int, float]]]:
        """What `search` finds for each query, in order."""
        return [self.search(query, top) for query in queries]


def _best(scores: NDArray[np.float64], top: int) -> list[tuple[int, float]]:
    found = np.flatnonzero(scores > 0)
    if top < 1 or not len(found):
        return []
    if len(found) > top:
        # Only what reaches the score of the last place needs sorting; all its equals stay in for the tie.
        last = np.partition(scores[found], len(found) - top)[len(found) - top]
        found = found[scores[found] >= last]
    order = np.argsort(-scores[found], kind="stable")[:top]
    return [(int(at), float(scores[at])) for at in found[order]]


def _keys(text: str) -> NDArray[np.int64]:
    """The tokens of `bigrams` as numbers, in no particular order; the whole text is taken at once, for speed."""
    codes = np.frombuffer(text.lower().encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    inside = np.zeros(len(codes) + 2, dtype=bool)
    inside[1:-1] = _letters()[codes]
    paired = inside[1:-2] & inside[2:-1]
    alone = inside[1:-1] & ~inside[:-2] & ~inside[2:]
    return np.concatenate([(codes[:-1] << _CODE_BITS | codes[1:])[paired], codes[alone]])


@lru_cache(maxsize=1)
def _letters() -> NDArray[np.bool_]:
    """Which code points `_RUN` matches, one entry each."""
    return np.fromiter((chr(code).isalnum() for code in range(sys.maxunicode + 1)), dtype=bool)
