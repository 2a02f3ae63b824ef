"""Whether a name stands in a text as words of its own, and not across or inside other words (均衡/水平, 千佛山, 旧金山)."""

from __future__ import annotations

import re

# The words are told by the characters around the name; a window keeps the cost the same in a text of any length.
_WINDOW = 6
_HAN = re.compile("[\u3400-\u9fff]")
# Beside these no name is part of a longer word, so that most names need no segmenter at all.
_SAFE_BEFORE = frozenset("在的和与及从到是由于等让被把为驻赴至向省市县区州据自访")
_SAFE_AFTER = frozenset("的和与及在是有等市省县区州总召举把被将从这那")
# 山东南部 is 山东 and 南部, though 东南部 is a word, and 台州长鹰 a firm in 台州, though 州长 is one.
_NO_WORD = re.compile("[东西南北中]{2,3}部|州[长委府]")


def cuts_word(text: str, start: int, end: int, at_left: bool, at_right: bool, weak: bool) -> bool:
    """Whether text[start:end] begins inside another word of the text, or ends in one, where it is asked about that side.

    A full name (海城市) is only held against the word before it (沿海/城市): what follows may join its last character
    (北京市/民) without changing the place. A weak name is not even the head of another word (黄浦江, 白云山).
    """
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    left = at_left and before not in _SAFE_BEFORE and _HAN.match(before) is not None
    right = at_right and after not in _SAFE_AFTER and _HAN.match(after) is not None
    if not left and not right:
        return False
    low = max(0, start - _WINDOW)
    at = low
    for word in _words(text[low : end + _WINDOW]):
        begin, at = at, at + len(word)
        if at <= start:
            continue
        if begin >= end:
            break
        if left and begin < start and (at < end or not _is_known(text[begin:start])):
            return True
        if right and at > end and (start < begin or (weak and begin == start)) and not _NO_WORD.fullmatch(word):
            return True
    return False


def _is_known(prefix: str) -> bool:
    """Whether what a longer word has before the name is a word itself: 云南昆明 and 首都北京, but not 千佛山 or 内华达州."""
    return len(prefix) > 1 and len(_words(prefix)) == 1


def _words(text: str) -> list[str]:
    import rjieba

    # By the dictionary alone: the model for unknown words guesses new ones across a name.
    return list(rjieba.cut(text, False))
