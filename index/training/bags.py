"""Texts as tokens for training: their words, and their characters and pairs, each in two arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.int32]

_AT_ONCE = 20_000


class Cutter(Protocol):
    """What makes tokens of texts."""

    def __len__(self) -> int:
        """How many different tokens there are."""
        ...

    def bags(self, texts: Sequence[str]) -> tuple[Tokens, NDArray[np.int64]]:
        """The tokens of all texts and where those of each begin, with the end of the last."""
        ...


@dataclass(frozen=True, slots=True)
class Bags:
    """Bag i is `tokens[starts[i]:starts[i + 1]]`; `starts` has one more entry than there are bags."""

    tokens: Tokens
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> Tokens:
        return self.tokens[self.starts[number] : self.starts[number + 1]]

    def run(self, first: int, last: int) -> Tokens:
        """The tokens of the bags `first` to `last` − 1 together."""
        return self.tokens[self.starts[first] : self.starts[last]]


def encode(cutter: Cutter, texts: Sequence[str]) -> Bags:
    """One bag a text."""
    parts: list[Tokens] = []
    lengths = np.zeros(len(texts) + 1, dtype=np.int64)
    for first in range(0, len(texts), _AT_ONCE):
        tokens, starts = cutter.bags(texts[first : first + _AT_ONCE])
        parts.append(tokens)
        lengths[first + 1 : first + len(starts)] = np.diff(starts)
    return Bags(np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32), np.cumsum(lengths))


def join(bags: Sequence[Tokens]) -> Bags:
    """The given bags one after the other."""
    starts = np.zeros(len(bags) + 1, dtype=np.int64)
    np.cumsum([len(bag) for bag in bags], out=starts[1:])
    return Bags(np.concatenate(bags), starts)
