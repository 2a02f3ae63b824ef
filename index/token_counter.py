"""How many tokens stand between two places of a text, after the whole text was encoded once."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.tokens import DEFAULT_ENCODING, encoding

_SURROGATES = re.compile("[\ud800-\udfff]")


class TokenCounter:
    """The tokens of one text by where they begin.

    A call of the encoder costs as much as some forty characters, so sentences are not encoded one by one. A token over the
    border of two sentences counts for the first, so that the count of a sentence may differ by one from that of it alone.
    """

    def __init__(self, text: str, name: str = DEFAULT_ENCODING) -> None:
        """Encodes `text`; EncodingError for an encoding that is neither shipped nor cached."""
        # The encoder reads a half surrogate as U+FFFD, which is three bytes as well.
        data = _SURROGATES.sub("\ufffd", text).encode("utf-8")
        lengths = _lengths(name)[np.array(encoding(name).encode_ordinary(data.decode("utf-8")), dtype=np.int64)]
        begins = np.cumsum(lengths) - lengths
        starts_character = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
        characters = np.cumsum(starts_character) - 1
        self._starts: list[int] = characters[begins].tolist() if len(data) else []

    def count(self, start: int, end: int) -> int:
        """The tokens that begin in [start, end)."""
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)


@lru_cache(maxsize=4)
def _lengths(name: str) -> NDArray[np.int64]:
    """The length in bytes of every token; a number that no token has gives 1."""
    found = encoding(name)
    every = np.ones(found.max_token_value + 1, dtype=np.int64)
    for token in range(found.max_token_value + 1):
        try:
            every[token] = len(found.decode_single_token_bytes(token))
        except KeyError:
            continue
    return every
