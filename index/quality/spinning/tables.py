"""The trained tables of the detector: word counts, pairs of neighbours, vectors of words and two small networks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
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
_MOST_REMEMBERED = 1 << 16


@dataclass(frozen=True, slots=True)
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


@dataclass
class Counts:
    """What was counted in honest text. Words are numbered from the commonest on; pairs are `first * size + second`, sorted.

    `before` and `after` are vectors of the commonest words whose product tells how well one stands before the other.
    """

    strings: list[str]
    words: NDArray[np.float32]
    kinds: NDArray[np.uint8]
    pair_keys: NDArray[np.uint32]
    pairs: NDArray[np.float32]
    before: NDArray[np.float32]
    after: NDArray[np.float32]

    def __post_init__(self) -> None:
        """Numbers the words."""
        self.size = len(self.strings)
        self.total = float(self.words.sum())
        self.numbers = {word: number for number, word in enumerate(self.strings)}
        self._candidates: dict[str, NDArray[np.int32]] = {}

    @cached_property
    def pairs_of_signs(self) -> frozenset[int]:
        """The keys of the pairs of two words of one sign."""
        single = np.fromiter((len(word) == 1 for word in self.strings), bool, self.size)
        first, second = np.divmod(self.pair_keys.astype(np.int64), self.size)
        return frozenset(self.pair_keys[single[first] & single[second]].tolist())

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
            if len(self._candidates) < _MOST_REMEMBERED:
                self._candidates[word] = found
        return found

    @cached_property
    def _by_sign(self) -> dict[str, list[int]]:
        """Sign to the commonest words of two signs that hold it."""
        found: dict[str, list[int]] = {}
        for number in np.flatnonzero(self._may_be_plain).tolist():
            for sign in dict.fromkeys(self.strings[number]):
                alike = found.setdefault(sign, [])
                if len(alike) < _OF_ONE_SIGN:
                    alike.append(number)
        return found

    @cached_property
    def _may_be_plain(self) -> NDArray[np.bool_]:
        """Which of the common words a spinner may have exchanged."""
        fits = [number >= FIRST_WORD and len(word) == 2 for number, word in enumerate(self.strings[:COMMON])]
        found: NDArray[np.bool_] = np.array(fits) & ~np.isin(self.kinds[:COMMON], NEVER_EXCHANGED)
        return found

    @cached_property
    def _directions(self) -> NDArray[np.float32]:
        both = np.concatenate((self.before, self.after), axis=1)
        found: NDArray[np.float32] = both / (np.linalg.norm(both, axis=1, keepdims=True) + 1e-6)
        return found

    def _used_alike(self, number: int) -> list[int]:
        plain = self._may_be_plain[: len(self.before)]
        alike = np.where(plain, self._directions[: len(plain)] @ self._directions[number], -1)
        best = np.argsort(-alike, kind="stable")[: _OF_MEANING + 1]
        return [int(other) for other in best if alike[other] >= _LEAST_ALIKE and other != number][:_OF_MEANING]


@dataclass(frozen=True, slots=True)
class Model:
    """The counts, how often a word was an exchanged one in training (log odds), and the networks for words and for texts."""

    counts: Counts
    priors: NDArray[np.float32]
    prior_of_kind: NDArray[np.float32]
    of_word: Network
    of_text: Network
    means: NDArray[np.float32]
    scales: NDArray[np.float32]
    signs: NDArray[np.int8]


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The shipped model, from `index/data/spun_model.npz`."""
    from index.quality.spinning.packing import unpacked

    with np.load(FILE, allow_pickle=False) as stored:
        return unpacked({name: stored[name] for name in stored.files})
