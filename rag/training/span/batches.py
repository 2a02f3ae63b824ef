"""Examples in batches of about one length, as the network in torch takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from rag.span.features import AROUND
from rag.training.span.examples import COURT, COURT_NONE, MISSED, OWN, READING, RIVAL, WITHOUT, Example

LONGEST = 60
_SHORT, _SHORTENED = 200, 0.7
_POOL = 40
# The share of each kind that a pass over the data takes.
_TAKEN = {READING: 1.0, COURT: 0.5, COURT_NONE: 0.7, WITHOUT: 0.25, RIVAL: 0.35, OWN: 1.0, MISSED: 0.7}
# Where nothing answers, so often the piece that says most of the question is read: as it is what search finds.
_LIKELIEST = 0.6
_Any = TypeVar("_Any")
_FIELDS = ("words", "first", "last", "kinds")


class Batches:
    """Batches drawn by chance; `common` numbers the words whose vectors are trained along, 0 for all others."""

    def __init__(self, examples: Sequence[Example], common: NDArray[np.int32], size: int, seed: int) -> None:
        self._examples, self._common, self._size = examples, common, size
        self._chance = np.random.default_rng(seed)

    def passes(self) -> Iterator[tuple[dict[str, Tensor], Tensor]]:
        """Batch and places (B, 2) of the first and last token of the answer, −1 without one; it never ends."""
        while True:
            taken = [one for one in self._examples if self._chance.random() < _TAKEN[one.kind]]
            yield from self._of(self._shuffled(taken))

    def streamed(self, examples: Iterator[Example]) -> Iterator[tuple[dict[str, Tensor], Tensor]]:
        """Batches of examples that come one by one, each seen once."""
        while pool := list(islice(examples, self._size * _POOL)):
            yield from self._of(pool)

    def _of(self, taken: Sequence[Example]) -> Iterator[tuple[dict[str, Tensor], Tensor]]:
        blocks = []
        for at in range(0, len(taken), self._size * _POOL):
            pool = sorted(taken[at : at + self._size * _POOL], key=lambda one: one.passage.shape[1])
            blocks += [pool[start : start + self._size] for start in range(0, len(pool), self._size)]
        for block in self._shuffled(blocks):
            yield self.batch(block, shortened=self._chance.random() < _SHORTENED)

    def batch(self, block: Sequence[Example], shortened: bool = False) -> tuple[dict[str, Tensor], Tensor]:
        """One batch, padded to round lengths; shortened, a passage is a piece around its answer."""
        pieces = [self._piece(one) if shortened else (0, one.passage.shape[1]) for one in block]
        # Few different lengths, so that the libraries below keep what they prepare for each.
        longest = -(-max(past - low for low, past in pieces) // 32) * 32
        asked = -(-max(one.asked.shape[1] for one in block) // 8) * 8
        p, p_held = np.zeros((4, len(block), longest), np.int64), np.zeros((len(block), longest), np.float32)
        q, q_held = np.zeros((4, len(block), asked), np.int64), np.zeros((len(block), asked), np.float32)
        features = np.zeros((len(block), longest, block[0].features.shape[1]), np.float32)
        places = np.full((len(block), 2), -1, np.int64)
        for row, (one, (low, past)) in enumerate(zip(block, pieces, strict=True)):
            size, words = past - low, one.asked.shape[1]
            p[:, row, :size], p_held[row, :size] = one.passage[:, low:past], 1
            q[:, row, :words], q_held[row, :words] = one.asked, 1
            features[row, :size] = one.features[low:past]
            if one.first >= 0:
                first = one.first - low
                places[row] = first, min(one.last - low, first + LONGEST - 1, size - 1)
        batch = {"held": p_held, "q_held": q_held, "features": features}
        batch |= dict(zip(_FIELDS, p, strict=True)) | {f"q_{name}": part for name, part in zip(_FIELDS, q, strict=True)}
        batch |= {"common": self._common[p[0]].astype(np.int64), "q_common": self._common[q[0]].astype(np.int64)}
        return {name: torch.from_numpy(values) for name, values in batch.items()}, torch.from_numpy(places)

    def _piece(self, one: Example) -> tuple[int, int]:
        length = one.passage.shape[1]
        if length <= _SHORT:
            return 0, length
        low, high = 0, length - _SHORT
        if one.first >= 0:
            low, high = max(0, one.last - _SHORT + 1), min(one.first, length - _SHORT)
        elif self._chance.random() < _LIKELIEST:
            low = high = _nearest_piece(one)
        start = int(self._chance.integers(low, high + 1)) if high >= low else one.first
        return start, min(length, start + _SHORT)

    def _shuffled(self, things: list[_Any]) -> list[_Any]:
        return [things[place] for place in self._chance.permutation(len(things))]


def _nearest_piece(one: Example) -> int:
    """Where a piece begins whose middle is the token around which most of the question is said."""
    middle = int(np.argmax(one.features[:, AROUND].astype(np.float32)))
    return int(max(0, min(middle - _SHORT // 2, one.passage.shape[1] - _SHORT)))
