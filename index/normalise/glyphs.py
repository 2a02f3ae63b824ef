"""Which sign is folded to which: width, look-alike glyphs, case, punctuation, blanks; each to one sign."""

from __future__ import annotations

import unicodedata

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


def folded_signs() -> dict[int, int]:
    """Code point to the code point that it is folded to; the others stay."""
    table = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    kept = set("，：；？！。、")
    for first, last in _COMPATIBLE:
        for code in range(first, last):
            form = _folded(chr(code))
            if form is not None and chr(code) not in kept:
                table[code] = form
    table |= {ord(sign): form for sign, form in (_RADICALS | _PUNCTUATION).items()}
    table |= dict.fromkeys((*range(0x09, 0x0E), 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0xA0, 0x2028, 0x2029, 0x3000), " ")
    return {code: ord(form) for code, form in table.items()}


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
