"""What honest Chinese puts side by side: counts of words and of neighbours, and vectors of words by their neighbours."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.tables import Counts
from index.quality.spinning.tokens import BREAK, FIGURE, LATIN, cut, kind_of

WORDS, VECTORS, DIMENSIONS = 50_000, 20_000, 24
LEAST_PAIR = 6


def count(texts: Iterable[str]) -> Counts:
    """The counts of simplified texts: the commonest words, the pairs of them seen six times and more, and vectors."""
    numbers: dict[str, int] = {"<b>": BREAK, "<n>": FIGURE, "<l>": LATIN}
    pieces = [np.array([*(_number(word, numbers) for word in cut(text)), BREAK], dtype=np.int32) for text in texts]
    stream = np.concatenate(pieces)
    often = np.bincount(stream, minlength=len(numbers))
    order = np.concatenate(([BREAK, FIGURE, LATIN], 3 + np.argsort(-often[3:], kind="stable")))[:WORDS]
    place = np.full(len(numbers), WORDS, dtype=np.int64)
    place[order] = np.arange(len(order))
    names = list(numbers)
    strings = [names[number] for number in order]
    placed = place[stream]
    words = np.maximum(often[order], 1).astype(np.float32)
    first, second = placed[:-1], placed[1:]
    both = (first < WORDS) & (second < WORDS)
    keys, pairs = np.unique(first[both] * len(strings) + second[both], return_counts=True)
    enough = pairs >= LEAST_PAIR
    keys, pairs = keys[enough], pairs[enough].astype(np.float32)
    before, after = _vectors(keys, pairs, words)
    kinds = np.array([0, 0, 0, *(kind_of(word) for word in strings[3:])], dtype=np.uint8)
    return Counts(strings, words, kinds, keys.astype(np.uint32), pairs, before, after)


def _number(word: str, numbers: dict[str, int]) -> int:
    sign = word[0]
    if "一" <= sign <= "鿿":
        return numbers.setdefault(word, len(numbers))
    return FIGURE if sign.isdigit() else LATIN if sign.isalpha() else BREAK


def _vectors(
    keys: NDArray[np.int64], pairs: NDArray[np.float32], words: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The two sides of a singular value decomposition of the positive associations of neighbours."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from scipy.sparse.linalg import svds  # type: ignore[import-untyped]

    first, second = np.divmod(keys, len(words))
    near = (first < VECTORS) & (second < VECTORS)
    first, second, pairs = first[near], second[near], pairs[near]
    association = np.log((pairs + 0.5) / (words[first] * words[second] / words.sum() + 0.5))
    kept = association > 0
    size = min(VECTORS, len(words))
    matrix = csr_matrix((association[kept], (first[kept], second[kept])), (size, size), dtype=np.float32)
    left, strengths, right = svds(matrix, k=DIMENSIONS, random_state=20170619)
    root = np.sqrt(strengths)
    return (left * root).astype(np.float32), (right.T * root).astype(np.float32)
