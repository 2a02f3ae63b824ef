"""Sums over many rows of small integers, four numbers to a word of the processor."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_BIAS = 128
# So many numbers of at most 255 fit into sixteen bits.
_MOST = 257


class ByteRows:
    """A table of signed bytes, (rows, d) with d a multiple of 4, of which chosen rows are added up exactly.

    Rows are kept as unsigned numbers of 16 bits and added as words of 64, so that one addition adds four of them and no
    number is converted: several times as fast as adding floats, and the same on every machine.
    """

    def __init__(self, rows: NDArray[np.int8]) -> None:
        self.rows = int(rows.shape[0])
        self.dimension = int(rows.shape[1])
        lanes = (rows.astype(np.int16) + _BIAS).astype("<u2")
        self._words = lanes.view("<u8")

    def sums(self, tokens: NDArray[np.int32], starts: NDArray[np.int64]) -> NDArray[np.float32]:
        """The sum of the rows tokens[starts[i]:starts[i + 1]] for each i, shape (len(starts) − 1, d)."""
        bounds = starts.tolist()
        found = np.zeros((len(bounds) - 1, self._words.shape[1]), dtype="<u8")
        longest = min(_MOST, max(map(int, np.diff(starts)), default=0))
        room = np.empty((longest, self._words.shape[1]), dtype="<u8")
        rest = []
        for row, (start, end) in enumerate(pairwise(bounds)):
            if end - start > _MOST:
                rest.append(row)
            elif end > start:
                bag = self._words.take(tokens[start:end], axis=0, out=room[: end - start], mode="clip")
                np.add.reduce(bag, axis=0, out=found[row])
        sums = found.view("<u2").astype(np.float32) - np.float32(_BIAS) * np.diff(starts)[:, None]
        for row in rest:
            sums[row] = self._long_sum(tokens[bounds[row] : bounds[row + 1]])
        return np.asarray(sums, dtype=np.float32)

    def _long_sum(self, bag: NDArray[np.int32]) -> NDArray[np.float32]:
        parts: Sequence[NDArray[np.int32]] = [bag[at : at + _MOST] for at in range(0, len(bag), _MOST)]
        lanes = [np.add.reduce(self._words.take(part, axis=0), axis=0).view("<u2") for part in parts]
        total = np.sum(np.array(lanes, dtype=np.float32), axis=0) - np.float32(_BIAS * len(bag))
        return np.asarray(total, dtype=np.float32)
