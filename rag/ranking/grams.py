"""The tokens of a question with their weights: what passages are looked through for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.ranking.query import Query

_CODES = 1 << 16


@dataclass(frozen=True, slots=True)
class Pairs:
    """The tokens of two characters, sorted by `keys` (first code point × 2³² + second); `numbers` are theirs among all.

    `begins` is true at every code point, folded to 16 bits, with which one of them begins.
    """

    keys: NDArray[np.uint64]
    numbers: NDArray[np.int64]
    begins: NDArray[np.bool_]


@dataclass(frozen=True)
class Grams:
    """The distinct tokens of a question, G of them.

    `places` is where each stands first in the question; `rarity` its inverse document frequency in the library;
    `weight` is rarity × necessity: how much it matters that a passage has it.
    """

    tokens: tuple[str, ...]
    places: NDArray[np.int64]
    rarity: NDArray[np.float64]
    weight: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def pairs(self) -> Pairs:
        """The tokens that numpy looks for."""
        numbers = [number for number, token in enumerate(self.tokens) if len(token) == 2]
        keys = np.array([ord(self.tokens[n][0]) << 32 | ord(self.tokens[n][1]) for n in numbers], dtype=np.uint64)
        order = np.argsort(keys)
        begins = np.zeros(_CODES, dtype=np.bool_)
        begins[[ord(self.tokens[n][0]) % _CODES for n in numbers]] = True
        return Pairs(keys[order], np.array(numbers, dtype=np.int64)[order], begins)

    @cached_property
    def others(self) -> tuple[tuple[int, str], ...]:
        """The tokens of one character, of Latin letters and of digits, with their numbers."""
        return tuple((number, token) for number, token in enumerate(self.tokens) if len(token) != 2)


def grams_of(query: Query, rarity: Callable[[str], float]) -> Grams:
    """The tokens of a query, rated by a library's `idf`."""
    weights = query.weights()
    tokens = tuple(weights)
    form = f"{query.search} {query.wordings}".lower()
    rare = np.array([rarity(token) for token in tokens], dtype=np.float64)
    needed = np.array([weights[token] for token in tokens], dtype=np.float64)
    places = np.array([form.find(token) for token in tokens], dtype=np.int64)
    return Grams(tokens, places, rare, rare * needed)
