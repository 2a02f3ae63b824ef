"""A cutter that a test can follow by eye."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.word_bags import Bags


@dataclass(frozen=True)
class LetterCutter:
    """Every letter of the alphabet is a token, numbered by its place; others are passed over."""

    alphabet: str

    def __len__(self) -> int:
        return len(self.alphabet)

    def bags(self, texts: Sequence[str]) -> Bags:
        found = [[self.alphabet.index(letter) for letter in text if letter in self.alphabet] for text in texts]
        starts = np.cumsum([0, *map(len, found)], dtype=np.int64)
        return np.array([token for bag in found for token in bag], dtype=np.int32), starts
