"""Folding of single characters, one to one: width, look-alike glyphs, case, punctuation, blanks, 繁 to 简."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc

# Blocks that hold compatibility forms of one character; the rest of Unicode is left alone.
_COMPATIBLE = (
    (0x00A0, 0x0100), (0x2000, 0x2070), (0x2100, 0x2190), (0x2E80, 0x2FE0), (0x3000, 0x3100), (0x3300, 0x3400),
    (0xF900, 0xFB00), (0xFE10, 0xFE70), (0xFF00, 0xFFF0), (0x1D400, 0x1D800), (0x2F800, 0x2FA20),
)  # fmt: skip
# Forms of the radicals supplement that Unicode gives no decomposition; PDF text layers are full of them.
_RADICALS = dict(
    zip(
        "⺁⺄⺆⺈⺊⺌⺍⺒⺓⺕⺗⺘⺙⺛⺝⺠⺡⺢⺣⺤⺧⺩⺪⺫⺬⺭⺮⺶⺷⺸⺹⺺⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙冂刀卜小小巳幺彐心手攵旡月民水水火爪牛王疋目示示竹羊羊羊老聿肉臼艹艹艹虎衣西西见角讠贝足车辶辶辶阝钅长长长门阝雨青韦页风飞食食食饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟",
        strict=True,
    )
)
_PUNCTUATION = {
    **dict.fromkeys("“”„‟〝〞〟«»「」『』﹁﹂﹃﹄＂", '"'),
    **dict.fromkeys("‘’‚‛＇`´", "'"),
    **dict.fromkeys("‐‑‒–—―─━－﹘﹣", "-"),
    **dict.fromkeys("~～〜∼˜", "~"),
    **dict.fromkeys("·•・‧∙⋅●﹒", "·"),
    **dict.fromkeys("[［〔【〖", "["),
    **dict.fromkeys("]］〕】〗", "]"),
    **dict.fromkeys("〈＜﹤", "<"),
    **dict.fromkeys("〉＞﹥", ">"),
    **dict.fromkeys("﹐︐", "，"),
    **dict.fromkeys(";；﹔", "；"),
    **dict.fromkeys("﹕︰", "："),
    **dict.fromkeys("?？﹖", "？"),
    **dict.fromkeys("!！﹗", "！"),
    **dict.fromkeys("。｡︒", "。"),
    **dict.fromkeys("、､﹑︑", "、"),
}


_ASPECT = re.compile("(?<=[随跟看朝沿接凭顺趁])著(?![名作者述称])")


def fold(text: str) -> str:
    """The text with every character folded; its length stays.

    Signs between clauses take their Chinese form (；？！。、), brackets, quotes and dashes their ASCII form; `,` and `:` are
    left to the caller, who sees their neighbours.
    """
    return text.translate(_table())


def simplify(text: str) -> str:
    """The text in simplified characters, phrase by phrase (乾隆 stays, 乾燥 turns); its length stays."""
    converter = _converter()
    whole: str = converter.convert(text)
    if len(whole) == len(text):
        # The dictionary leaves the 著 of 隨著 alone, because it also ends 顯著.
        return _ASPECT.sub("着", whole)
    # No phrase of the dictionary in use changes its length; one that did would break the map, so it is kept out here.
    return "".join(simple if len(simple) == 1 else sign for sign in text for simple in [converter.convert(sign)])


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    kept = set("，：；？！。、")
    for first, last in _COMPATIBLE:
        for code in range(first, last):
            form = _folded(chr(code))
            if form is not None and chr(code) not in kept:
                table[code] = form
    table |= {ord(sign): form for sign, form in (_RADICALS | _PUNCTUATION).items()}
    table |= dict.fromkeys((*range(0x09, 0x0E), 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0xA0, 0x2028, 0x2029, 0x3000), " ")
    return table


def _folded(sign: str) -> str | None:
    """The one compatible, lower-case character of a sign; None when it has none or is a sign of its own, such as ²."""
    form = unicodedata.normalize("NFKC", sign)
    if unicodedata.category(sign) == "No" or len(form) != 1:
        form = sign
    lower = form.lower()
    form = lower if len(lower) == 1 else form
    if form.isspace():
        form = " "
    return form if form != sign else None
