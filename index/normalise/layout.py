"""Signs of layout in a folded text: blanks, signs that no reader sees, one sign for a whole unit, ASCII commas and colons."""

from __future__ import annotations

import re

from index.normalise.characters import CLAUSE_SIGNS, COMPOUNDS, UNSEEN
from index.numerals import Edit

_UNSEEN_SIGNS = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSEEN) + "]+")
_COMPOUND_SIGN = re.compile(f"[{''.join(COMPOUNDS)}]")
_BLANKS = re.compile(" +")
# Blanks count only between two of these; next to any other Han character or Chinese sign they are layout. A Han numeral keeps
# its blanks, because 「第十 二十家」 is two numbers.
_WIDE = re.compile(
    "(?![〇零一二三四五六七八九十百千万亿两])[\u2e80-\u303f\u3100-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，；：？！]"
)
# `,` and `:` belong to a number only between two digits (1,020 and 10:30); elsewhere they part clauses.
_PARTING = {",": "，", ":": "："}
_PARTING_SIGN = re.compile("[,:]")
_DOUBLED = re.compile(f"[{CLAUSE_SIGNS}]{{2,}}")
# Of several signs in a row the one that parts more is meant: 「、，」 is a comma, 「，。」 a full stop.
_STRONGEST_FIRST = "。？！；：，、"


def unseen_edits(text: str) -> list[Edit]:
    """Removals of zero-width blanks, soft hyphens, direction marks and variation selectors."""
    return [(found.start(), found.end(), "") for found in _UNSEEN_SIGNS.finditer(text)]


def compound_edits(text: str) -> list[Edit]:
    """Units in one sign, written out: ㎡ as 平方米."""
    return [(found.start(), found.end(), COMPOUNDS[found[0]]) for found in _COMPOUND_SIGN.finditer(text)]


def part_clauses(text: str) -> str:
    """The text, of the same length, with commas and colons that part clauses in their Chinese form."""
    return _PARTING_SIGN.sub(_parted, text) if "," in text or ":" in text else text


def _parted(found: re.Match[str]) -> str:
    text, at = found.string, found.start()
    is_inside = text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal()
    return found[0] if is_inside else _PARTING[found[0]]


def doubled_edits(text: str) -> list[Edit]:
    """One sign for several clause signs in a row, as copies leave them where words were taken out: 「，，」 and 「、。」."""
    return [
        (found.start(), found.end(), min(found[0], key=_STRONGEST_FIRST.index)) for found in _DOUBLED.finditer(text)
    ]


def blank_edits(text: str) -> list[Edit]:
    """Removals of blanks beside Chinese signs and at both ends, and of all but one of the blanks elsewhere."""
    if " " not in text:
        return []
    edits = []
    last = len(text)
    for found in _BLANKS.finditer(text):
        start, end = found.span()
        if start == 0 or end == last or _WIDE.match(text, start - 1) or _WIDE.match(text, end):
            edits.append((start, end, ""))
        elif end - start > 1:
            edits.append((start + 1, end, ""))
    return edits
