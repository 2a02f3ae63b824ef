"""A quick look at the pairs of signs of a text, which clears most honest texts without cutting them into words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.tables import load_model

SIZE = 1 << 19
_FIRST, _LAST = 0x4E00, 0x9FFF


def may_be_spun(text: str) -> bool:
    """Whether the pairs of signs of a simplified text are as odd, on the whole, as those of a spun one."""
    pairs = sign_pairs(text)
    return bool(len(pairs)) and int(load_model().signs[pairs].sum(dtype=np.int64)) > 0


def sign_pairs(text: str) -> NDArray[np.int64]:
    """The places in the screen of all pairs of Chinese signs side by side."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    is_han = (codes >= _FIRST) & (codes <= _LAST)
    first = codes[:-1] * np.uint32(0x9E3779B1) ^ codes[1:] * np.uint32(0x85EBCA6B)
    first ^= first >> np.uint32(15)
    found: NDArray[np.int64] = (first % np.uint32(SIZE)).astype(np.int64)[is_han[:-1] & is_han[1:]]
    return found
