"""Places that a text names only in passing: where people and goods come from or go to, former posts, datelines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

# Before a place: somebody or something comes from there or goes there. The window is as long as the longest phrase.
_MOVING = re.compile(r"(?:来自|走遍|销往|运往|发往|运抵|远销|出口到?|返回|老家|祖籍|籍贯|毕业于|从老家)\Z")
_REACH = 4
_MEETING = frozenset("在来赴驻抵返")
_LIST_SIGNS = frozenset({"、", "和", "与", "及", "", "省", "市", "以及", "-", "到", "至"})
# A dateline of the capital says where the agency sits, not what the news is about.
_DATELINE = re.compile(r"北京(?:市)?(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息|专电)")
# A sentence of a life: born where, which posts before.
_LIFE = re.compile(r"历任|曾任|先后任|曾担任|先后担任|\d年(?:\d{1,2}月)?(?:出)?生[，,]|月出生|(?:入党|参加工作)[，,。]")
# What every such sentence holds: asked first, because most texts tell of no life.
_LIFE_SIGNS = ("历任", "曾任", "担任", "后任", "生,", "生，", "出生", "入党", "参加工作")
_SENTENCE = re.compile(r"[^。！？!?\n]+")


def passing_at(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the spans, in order of a text in search form, that name their place only in passing.

    What is true of one place is true of those listed behind it: 来自青海、甘肃.
    """
    lives = _life_sentences(text)
    found: set[int] = set()
    for number, (start, end) in enumerate(spans):
        follows = number - 1 in found and text[spans[number - 1][1] : start] in _LIST_SIGNS
        if (
            follows
            or _is_letter_alone(text, start, end)
            or _MOVING.search(text[max(0, start - _REACH) : start])
            or _DATELINE.match(text, start)
            or text.startswith("籍", end)
            or _is_in(lives, start)
        ):
            found.add(number)
    return frozenset(found)


def _is_letter_alone(text: str, start: int, end: int) -> bool:
    """在京举行 says where people met."""
    return end - start == 1 and text[start - 1 : start] in _MEETING


def _life_sentences(text: str) -> list[tuple[int, int]]:
    if not any(sign in text for sign in _LIFE_SIGNS):
        return []
    return [sentence.span() for sentence in _SENTENCE.finditer(text) if _LIFE.search(sentence[0])]


def _is_in(lives: Sequence[tuple[int, int]], at: int) -> bool:
    number = bisect_right(lives, at, key=itemgetter(0)) - 1
    return number >= 0 and at < lives[number][1]
