"""Comparisons that a writer may draw from two figures of a text: 265万元，高于2022年的210万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.reading import Text

_MORE = re.compile("(?<![不没])(?:高于|多于|大于|超过|多出)|比(?=[^,，。;；]{0,16}(?:多|高|大)(?:$|[,，。;；]))")
_LESS = re.compile("(?<![不没])(?:低于|少于|小于)|比(?=[^,，。;；]{0,16}(?:少|低|小)(?:$|[,，。;；]))")
_UP = re.compile("(?:增加|增长|提高|上升|扩大|发展|增|升|涨)[到至]")
_DOWN = re.compile("(?:减少|下降|降低|缩小|减|降|跌)[到至]")


def drawn_words(text: Text) -> frozenset[str]:
    """The words of comparison in a sentence that the figures on both sides of them bear out."""
    return frozenset(word for word, first, second, is_more in _compared(text) if (first > second) is is_more)


def direction_problems(text: Text) -> list[str]:
    """One line for each comparison that the figures on both sides of it contradict (由57件增至31件)."""
    return [
        f"「{word}」与前后的数字不符"
        for word, first, second, is_more in _compared(text)
        if first != second and (first > second) is not is_more
    ]


def _compared(text: Text) -> Iterator[tuple[str, Decimal, Decimal, bool]]:
    """Each word of comparison with the figures before and behind it, where they have one unit, and whether the first is more."""
    for pattern, is_more in ((_MORE, True), (_LESS, False), (_UP, False), (_DOWN, True)):
        for match in pattern.finditer(text.plain):
            before = [f for f in text.figures if f.end <= match.start()]
            behind = [f for f in text.figures if f.start >= match.end()]
            if not before and len(behind) > 1 and "分别" in text.plain:
                before, behind = behind[:1], behind[1:]
            if before and behind and before[-1].unit == behind[0].unit and before[-1].high is None:
                yield match[0], before[-1].low, behind[0].low, is_more
