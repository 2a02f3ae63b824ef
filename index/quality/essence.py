"""What two copies of one text share: its simplified letters, as hashed shingles, and the figures among them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.types import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 3
_LAST_LETTER = 0x33480
_SPREAD, _STIR = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
# A figure of one digit says little, and the longest ones are telephone numbers and the like.
_LEAST_FIGURE, _MOST_FIGURE = 10, 10**12
_YEARS = (1949, 2050)
_DATE_SIGNS = frozenset(ord(sign) for sign in "年月日号时点")


def essence(document: Document) -> NDArray[np.uint32]:
    """The letters and digits of a document without its noise, one code point each, folded and in simplified form.

    In a document held for spun the plain words stand where the spinner put others.
    """
    text = "".join(_kept(document)) if document.noise else document.text
    if "spun" in document.quality:
        from index.normalise import search_form

        text = search_form(text, spun=True)
    return letters(text)


def letters(text: str) -> NDArray[np.uint32]:
    """The letters and digits of a text, one code point each, folded and in simplified form."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = _letter_table()
    simple: NDArray[np.uint32] = table[np.minimum(codes, len(table) - 1)]
    found: NDArray[np.uint32] = simple[simple != 0]
    return found


def shingles(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The hashes of the windows of three letters, in order, with repeats; a shorter text is one window. uint64."""
    import numpy as np

    wide = codes.astype(np.uint64)
    if len(wide) < SHINGLE:
        wide = np.pad(wide, (0, SHINGLE - len(wide))) if len(wide) else wide
    if not len(wide):
        return wide
    hashes = wide[:-2] << np.uint64(42)
    hashes |= wide[1:-1] << np.uint64(21)
    hashes |= wide[2:]
    return _stirred(hashes)


def figures(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The figures of two and more digits, without dates: what tells a form letter from a copy. Sorted, uint64."""
    import numpy as np

    is_digit = (codes >= 48) & (codes <= 57)
    edges = np.flatnonzero(np.diff(is_digit, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    found: set[int] = set()
    after = np.append(codes, np.uint32(0))[ends]
    for start, end, sign in zip(starts.tolist(), ends.tolist(), after.tolist(), strict=True):
        if 1 < end - start <= 12 and sign not in _DATE_SIGNS:
            found.add(int(codes[start:end].astype(np.uint8).tobytes()))
    first, last = _YEARS
    kept = [figure for figure in found if figure >= _LEAST_FIGURE and not first <= figure < last]
    return _stirred(np.array(sorted(kept), dtype=np.uint64))


def _stirred(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    import numpy as np

    keys = keys * np.uint64(_SPREAD)
    keys ^= keys >> np.uint64(29)
    keys *= np.uint64(_STIR)
    keys ^= keys >> np.uint64(32)
    return keys


def _kept(document: Document) -> list[str]:
    parts = []
    at = 0
    for vote in document.noise:
        parts.append(document.text[at : vote.start])
        at = max(at, vote.end)
    parts.append(document.text[at:])
    return parts


@lru_cache(maxsize=1)
def _letter_table() -> NDArray[np.uint32]:
    """Code point to the letter that stands for it; 0 for what is neither a letter nor a digit."""
    import numpy as np

    from index.normalise.characters import fold, simplify

    signs = [chr(code) for code in range(_LAST_LETTER) if not 0xD800 <= code <= 0xDFFF]
    simple = simplify("\n".join(fold("".join(signs))))[::2]
    table = np.zeros(_LAST_LETTER + 1, dtype=np.uint32)
    forms = np.frombuffer(simple.encode("utf-32-le"), dtype=np.uint32)
    is_letter = np.fromiter((sign.isalnum() for sign in simple), bool, len(simple))
    table[[ord(sign) for sign in signs]] = np.where(is_letter, forms, 0)
    return table
