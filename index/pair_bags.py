"""The characters of a text and its overlapping pairs of them, found for many texts at once with numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.word_bags import Bags

_CODES = 1 << 16


class PairBags:
    """Known characters and known pairs of neighbouring ones; a pair never reaches over a sign that is no letter.

    `singles` are code points, `pairs` are first code point × 2¹⁶ + second, both ascending. A single's number is its place
    among the singles, a pair's its place after all of them. Characters beyond 16 bits are passed over.
    """

    def __init__(self, singles: NDArray[np.uint16], pairs: NDArray[np.uint32]) -> None:
        self.singles, self.pairs = singles, pairs
        self._numbers = np.full(_CODES, -1, dtype=np.int32)
        self._numbers[singles] = np.arange(len(singles), dtype=np.int32)
        self._is_letter = _letters()

    def __len__(self) -> int:
        return len(self.singles) + len(self.pairs)

    def bags(self, texts: Sequence[str]) -> Bags:
        """The numbers of the characters and pairs of each text, in order, whatever the case of Latin letters."""
        joined = "\0".join(text.lower() for text in texts)
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        codes = np.where(codes < _CODES, codes, 0).astype(np.uint16)
        letter = self._is_letter[codes]
        # Before each place stands its character, then the pair that begins there; −1 where either is unknown.
        both = np.full((len(codes), 2), -1, dtype=np.int32)
        both[:, 0] = np.where(letter, self._numbers[codes], -1)
        begins = np.flatnonzero(letter[:-1] & letter[1:])
        first, second = codes[begins].astype(np.uint32), codes[begins + 1].astype(np.uint32)
        both[begins, 1] = self._pair_numbers(np.asarray(first * np.uint32(_CODES) + second, dtype=np.uint32))
        known = both.ravel() >= 0
        before = np.zeros(len(known) + 1, dtype=np.int64)
        np.cumsum(known, out=before[1:])
        ends = np.cumsum([len(text.lower()) + 1 for text in texts], dtype=np.int64)
        starts = np.concatenate([np.zeros(1, dtype=np.int64), before[np.minimum(2 * ends, len(known))]])
        return both.ravel()[known], starts

    def _pair_numbers(self, keys: NDArray[np.uint32]) -> NDArray[np.int32]:
        place = np.searchsorted(self.pairs, keys)
        place[place == len(self.pairs)] = 0
        held = self.pairs[place] == keys if len(self.pairs) else np.zeros(len(keys), dtype=np.bool_)
        return np.where(held, place + len(self.singles), -1).astype(np.int32)


def _letters() -> NDArray[np.bool_]:
    """Which code points count: Han, the round zero, digits, Latin letters and the per cent sign."""
    counts = np.zeros(_CODES, dtype=np.bool_)
    for first, last in ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x3007, 0x3007), (0x30, 0x39), (0x61, 0x7A), (0x25, 0x25)):
        counts[first : last + 1] = True
    return counts
