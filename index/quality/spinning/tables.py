"""The trained tables of the detector: word counts, pairs of neighbours, vectors of words and two small networks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.tokens import FIRST_WORD, NEVER_EXCHANGED

FILE = Path(__file__).resolve().parents[2] / "data" / "spun_model.npz"
# Words so common that a spinner may have put a rare one for them.
COMMON = 10_000
_OF_ONE_SIGN, _OF_MEANING = 14, 10
CANDIDATES = 2 * _OF_ONE_SIGN + _OF_MEANING
_LEAST_ALIKE = 0.45
# How bytes stand for numbers in the file.
COUNT_STEP, PRIOR_STEP, VECTOR_STEP = 16.0, 16.0, 24.0


@dataclass(frozen=True)
class Network:
    """One hidden layer of tanh: (n, inputs) to (n,)."""

    inner: NDArray[np.float32]
    inner_bias: NDArray[np.float32]
    outer: NDArray[np.float32]
    outer_bias: NDArray[np.float32]

    def __call__(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """The output for each row."""
        hidden = np.tanh(inputs @ self.inner.T + self.inner_bias)
        found: NDArray[np.float32] = hidden @ self.outer[0] + self.outer_bias[0]
        return found


@dataclass(frozen=True)
class Tables:
    """What was counted and trained: `strings` from the commonest word on; pairs are keys `first * len(strings) + second`."""

    strings: list[str]
    counts: NDArray[np.float32]
    priors: NDArray[np.float32]
    kinds: NDArray[np.uint8]
    prior_of_kind: NDArray[np.float32]
    pair_keys: NDArray[np.int64]
    pair_counts: NDArray[np.float32]
    before: NDArray[np.float32]
    after: NDArray[np.float32]
    numbers: dict[str, int] = field(default_factory=dict)
    pairs_known: frozenset[int] = frozenset()
    total: float = 0.0
    _candidates: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    _by_sign: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fills what follows from the counts."""
        self.numbers.update({word: number for number, word in enumerate(self.strings)})
        object.__setattr__(self, "total", float(self.counts.sum()))
        single = np.fromiter((len(word) == 1 for word in self.strings), bool, len(self.strings))
        first, second = np.divmod(self.pair_keys, len(self.strings))
        object.__setattr__(self, "pairs_known", frozenset(self.pair_keys[single[first] & single[second]].tolist()))
        for number in range(FIRST_WORD, min(COMMON, len(self.strings))):
            word = self.strings[number]
            if len(word) == 2 and self.kinds[number] not in NEVER_EXCHANGED:
                for sign in dict.fromkeys(word):
                    alike = self._by_sign.setdefault(sign, [])
                    if len(alike) < _OF_ONE_SIGN:
                        alike.append(number)

    def candidates(self, word: str, number: int) -> NDArray[np.int32]:
        """Common words that a word of two signs may stand for: with a sign in common, or used alike. (38,), padded with -1."""
        found = self._candidates.get(word)
        if found is None:
            alike = [other for sign in word for other in self._by_sign.get(sign, ())]
            if number < len(self.before):
                alike += self._used_alike(number)
            kept = [other for other in dict.fromkeys(alike) if other != number][:CANDIDATES]
            found = np.full(CANDIDATES, -1, dtype=np.int32)
            found[: len(kept)] = kept
            if len(self._candidates) < 1 << 16:
                self._candidates[word] = found
        return found

    def _used_alike(self, number: int) -> list[int]:
        units, common = _units(self)
        alike = common @ units[number]
        best = np.argpartition(-alike, _OF_MEANING)[: _OF_MEANING + 1]
        return [int(other) for other in best if alike[other] >= _LEAST_ALIKE and other != number][:_OF_MEANING]


@lru_cache(maxsize=2)
def _unit_vectors(key: int) -> list[NDArray[np.float32]]:
    return []


def _units(tables: Tables) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The directions of all words, and of the common ones that may stand for others (the rest are zero)."""
    held = _unit_vectors(id(tables))
    if not held:
        both = np.concatenate((tables.before, tables.after), axis=1)
        both /= np.linalg.norm(both, axis=1, keepdims=True) + 1e-6
        fits = [
            len(word) == 2 and kind not in NEVER_EXCHANGED
            for word, kind in zip(tables.strings[:COMMON], tables.kinds[:COMMON], strict=True)
        ]
        held += [both, both[: len(fits)] * np.array(fits, dtype=np.float32)[: len(both), None]]
    return held[0], held[1]
