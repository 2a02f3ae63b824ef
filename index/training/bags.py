"""Many short lists of token numbers in two arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Bags:
    """Bag i is `tokens[starts[i]:starts[i + 1]]`; `starts` has one more entry than there are bags."""

    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> NDArray[np.int32]:
        return self.tokens[self.starts[number] : self.starts[number + 1]]


def encode(tokenizer: Tokenizer, lines: Sequence[str]) -> Bags:
    """One bag a line."""
    parts: list[NDArray[np.int32]] = []
    lengths = np.zeros(len(lines) + 1, dtype=np.int64)
    for first in range(0, len(lines), _AT_ONCE):
        encoded = tokenizer.encode_batch_fast(list(lines[first : first + _AT_ONCE]), add_special_tokens=False)
        ids = [one.ids for one in encoded]
        lengths[first + 1 : first + 1 + len(ids)] = [len(one) for one in ids]
        parts.append(np.fromiter((token for one in ids for token in one), dtype=np.int32))
    tokens = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
    return Bags(tokens, np.cumsum(lengths))


def join(bags: Sequence[NDArray[np.int32]]) -> Bags:
    """The given bags one after the other."""
    starts = np.zeros(len(bags) + 1, dtype=np.int64)
    np.cumsum([len(bag) for bag in bags], out=starts[1:])
    return Bags(np.concatenate(bags), starts)
