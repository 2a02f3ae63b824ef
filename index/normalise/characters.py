"""Folding of single characters, one to one, a whole text in a few calls: width, look-alike glyphs, case, 繁 to 简."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from index.normalise.glyphs import folded_signs

if TYPE_CHECKING:
    import numpy as np
    import opencc
    from numpy.typing import NDArray

# Signs that no reader sees: zero-width blanks, soft hyphens, direction marks, variation selectors.
UNSEEN = (
    (0xAD, 0xAD), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
)  # fmt: skip
COMPOUNDS = {"㎡": "平方米", "㎞": "公里", "㎏": "公斤", "㎝": "厘米"}
CLAUSE_SIGNS = "，。、；：？！"
# What a sign of a text makes worth doing; DOUBLED stands for two clause signs in a row.
IS_UNSEEN, IS_COMPOUND, IS_RESHAPED, IS_CLAUSE_SIGN, DOUBLED = 1, 2, 4, 8, 16

_ASPECT = re.compile("(?<=[随跟看朝沿接凭顺趁])著(?![名作者述称])")
# Characters that stay as they are alone and change in a phrase (打坏 to 打坯, 傢俱 to 家具), and the 著 of 隨著.
_RESHAPED_IN_PHRASES = "么俱哩坏彷沈甦瞭藉衹覆著"
_HALF_PAIRS = re.compile("[\ud800-\udfff]")
_HAN_BLOCKS = ((0x2E80, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480))


def fold(text: str) -> str:
    """The text with every character folded; its length stays.

    Signs between clauses take their Chinese form (；？！。、), brackets, quotes and dashes their ASCII form; `,` and `:` are
    left to the caller, who sees their neighbours.
    """
    return fold_and_look(text)[0]


def fold_and_look(text: str) -> tuple[str, int]:
    """The folded text and the flags of its signs together; the flags say which further steps can have work."""
    import numpy as np

    if not text:
        return text, 0
    folds, flags = _tables()
    folded = folds[_codes(text)]
    kinds = flags[folded]
    seen = int(np.bitwise_or.reduce(kinds))
    if seen & IS_CLAUSE_SIGN and bool((kinds[:-1] & kinds[1:] & IS_CLAUSE_SIGN).any()):
        seen |= DOUBLED
    return folded.tobytes().decode("utf-32-le", "surrogatepass"), seen


def simplify(text: str) -> str:
    """The text in simplified characters, phrase by phrase (乾隆 stays, 乾燥 turns); its length stays."""
    if text.isascii() or not (_tables()[1][_codes(text)] & IS_RESHAPED).any():
        return text
    whole = _converted(text)
    if len(whole) == len(text):
        # The dictionary leaves the 著 of 隨著 alone, because it also ends 顯著.
        return _ASPECT.sub("着", whole)
    # No phrase of the dictionary in use changes its length; one that did would break the map, so it is kept out here.
    return "".join(simple if len(simple) == 1 else sign for sign in text for simple in [_converted(sign)])


def whole_signs(text: str) -> str:
    """The text with a replacement sign for half of a surrogate pair, which damaged files hold and no other library takes."""
    return _HALF_PAIRS.sub("\ufffd", text)


def _converted(text: str) -> str:
    halves = [(found.start(), found[0]) for found in _HALF_PAIRS.finditer(text)]
    whole: str = _converter().convert(whole_signs(text))
    if halves and len(whole) == len(text):
        signs = list(whole)
        for at, half in halves:
            signs[at] = half
        whole = "".join(signs)
    return whole


def _codes(text: str) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Code point to folded code point, and code point to flags; a text without a reshaped sign is simplified already."""
    import numpy as np

    folds = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    pairs = folded_signs()
    folds[np.fromiter(pairs, np.int64)] = np.fromiter(pairs.values(), np.uint32)
    flags = np.zeros(len(folds), dtype=np.uint8)
    signs = [chr(code) for first, last in _HAN_BLOCKS for code in range(first, last)]
    simple = _converter().convert("\n".join(signs)).split("\n")
    reshaped = [sign for sign, form in zip(signs, simple, strict=True) if sign != form]
    for first, last in UNSEEN:
        flags[first : last + 1] |= IS_UNSEEN
    for kind, members in (
        (IS_COMPOUND, "".join(COMPOUNDS)), (IS_RESHAPED, "".join(reshaped) + _RESHAPED_IN_PHRASES), (IS_CLAUSE_SIGN, CLAUSE_SIGNS),
    ):  # fmt: skip
        flags[_codes(members)] |= kind
    return folds, flags
