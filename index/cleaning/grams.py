"""Which short strings of a text stand in it again, counted over whole texts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing

    Codes = np.typing.NDArray[np.uint64]

BASE = 1_000_003


def code_points(text: str) -> Codes:
    """The code points of a text, uint64[len(text)]; lone surrogates count as they are."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)


def window_hashes(codes: Codes, width: int) -> Codes:
    """The polynomial hash modulo 2**64 of every window of `width` codes, uint64[max(0, len(codes) - width + 1)].

    Windows grow by doubling, so the work is about 2 log2(width) passes. Equal windows have equal hashes; unequal ones
    almost never do, and whoever asks must look again where that matters.
    """
    import numpy as np

    count = max(0, len(codes) - width + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    doubled, size, power, covered = codes, 1, BASE, 0
    while count and covered < width:
        if width & size:
            hashes = hashes * np.uint64(power) + doubled[covered : covered + count]
            covered += size
        if covered < width:
            doubled = doubled[:-size] * np.uint64(power) + doubled[size:]
            power, size = power * power % 2**64, size * 2
    return hashes


def repeats_window(text: str, width: int) -> bool:
    """Whether some window of `width` characters may stand twice in the text; False is certain."""
    import numpy as np

    hashes = np.sort(window_hashes(code_points(text), width))
    return bool((hashes[1:] == hashes[:-1]).any())


def frequent_han_pairs(text: str, least: int) -> list[int]:
    """Positions, ascending, that hold every two Han characters standing at least `least` times in the text.

    Pairs are counted by a hash, so a few others may be among them; whoever asks counts these again.
    """
    import numpy as np

    codes = code_points(text)
    han = ((codes >= 0x4E00) & (codes <= 0x9FFF)) | ((codes >= 0x3400) & (codes <= 0x4DBF))
    places = np.flatnonzero(han[:-1] & han[1:])
    if len(places) < least:
        return []
    buckets = 1 << max(8, 3 + len(places).bit_length())
    pairs = (codes[places] * np.uint64(BASE) + codes[places + 1] * np.uint64(7919)).view(np.int64) & (buckets - 1)
    positions: list[int] = places[np.bincount(pairs, minlength=1)[pairs] >= least].tolist()
    return positions
