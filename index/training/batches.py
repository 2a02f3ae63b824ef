"""Batches of training pairs as bags of tokens, drawn anew in every epoch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.training.bags import Bags, join

Tokens = NDArray[np.int32]

LONGEST = 160
KEEP_SENTENCE = 0.1


@dataclass(frozen=True, slots=True)
class Batch:
    """Row i of `left` should find row i of `right`; rows of one `group` are no negatives of each other."""

    left: Bags
    right: Bags
    group: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pool:
    """All that pairs are drawn from.

    `left[i]` and `right[i]` are fixed pairs and `group[i]` numbers their right text; passage p is the run of
    sentences `sentences[first[p]] .. sentences[first[p + 1] - 1]`.
    """

    left: Bags
    right: Bags
    group: NDArray[np.int64]
    sentences: Bags
    first: NDArray[np.int64]

    def epoch(self, size: int, random: np.random.Generator) -> Iterator[Batch]:
        """The fixed pairs and one pair of each passage, shuffled, in full batches of `size`."""
        passages = len(self.first) - 1
        order = random.permutation(len(self.left) + passages)
        for start in range(0, len(order) - size + 1, size):
            chosen = order[start : start + size]
            drawn = [self._draw(int(number), random) for number in chosen]
            groups = np.where(chosen < len(self.left), self.group[np.minimum(chosen, len(self.left) - 1)], -1 - chosen)
            yield Batch(join([one for one, _ in drawn]), join([other for _, other in drawn]), groups)

    def _draw(self, number: int, random: np.random.Generator) -> tuple[Tokens, Tokens]:
        if number < len(self.left):
            return _window(self.left[number], random), _window(self.right[number], random)
        return self._sentence_and_rest(number - len(self.left), random)

    def _sentence_and_rest(self, passage: int, random: np.random.Generator) -> tuple[Tokens, Tokens]:
        low, high = int(self.first[passage]), int(self.first[passage + 1])
        # The first sentence of an article sums it up, so it is drawn more often than its share.
        chosen = low if random.random() < 0.25 else int(random.integers(low, high))
        starts, tokens = self.sentences.starts, self.sentences.tokens
        query = self.sentences[chosen]
        if random.random() < KEEP_SENTENCE:
            rest = tokens[starts[low] : starts[high]]
        else:
            rest = np.concatenate([tokens[starts[low] : starts[chosen]], tokens[starts[chosen + 1] : starts[high]]])
        return _window(query, random), _window(rest, random)


def _window(bag: Tokens, random: np.random.Generator) -> Tokens:
    """At most LONGEST tokens in a row, from a random place."""
    if len(bag) <= LONGEST:
        return bag
    start = int(random.integers(0, len(bag) - LONGEST + 1))
    return bag[start : start + LONGEST]
