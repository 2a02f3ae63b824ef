"""Words put in the place of others: the same neighbours on both sides, another word between (产教融合, 产教分离)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from rag.reading import Reading
from rag.synonyms import say_the_same
from rag.wording import CLAUSE_STOPS, bigrams, spans_of, words

_HAN = re.compile(r"[\u3400-\u9fff]+")
# One character that tells two things of a kind apart: 省财政 and 市财政, 本科 and 专科, 今年底 and 去年底.
_CONTRASTS = tuple(
    map(
        frozenset,
        (
            "省市县区镇国",
            "高中初",
            "本专硕博",
            "男女",
            "正副",
            "上下",
            "前后",
            "今去明前",
            "东西南北",
            "首末",
            "金银铜",
            "年月周",
            "春夏秋冬",
        ),
    )
)
_SIDE = 2
# A word that the evidence has elsewhere stands for another only where this much around it is the same.
_FRAME = 6
_MORE = 2
_MOST_WORDS = 4
_LONGEST = 12
_MOST_PLACES = 64
# The kinds of words that say something: nouns, verbs, adjectives, set phrases.
_CONTENT = frozenset("nvabjslizg")
# The dictionary takes 本科 for 「this subject」.
_NO_PRONOUNS = frozenset({"本科"})
_OF_NAMES = frozenset("nbjsla")
_DOERS = frozenset("员者家手师工长")


# Where a clause begins with a place, the check of places knows better.
_PLACE = re.compile("^全|[省市县区州国]")


class _Stretch(NamedTuple):
    """Neighbouring words at [start, end) of a text that make one name."""

    start: int
    end: int


def substitution_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each word of the sentence that stands where the evidence has another one."""
    text = "\n".join(reading.counted.plain for reading in readings)
    known = text + "\n".join(reading.around.plain for reading in readings)
    theirs: dict[int, list[_Stretch]] = {}
    for stretch in _stretches(text):
        theirs.setdefault(stretch.start, []).append(stretch)
    for mine in _stretches(sentence):
        word = sentence[mine.start : mine.end]
        left = sentence[max(0, mine.start - _SIDE) : mine.start]
        if not left or left[-1] in CLAUSE_STOPS:
            left = ""
        elif len(left) < _SIDE or set(left) & set(CLAUSE_STOPS):
            continue
        if not bigrams(word) or (not left and _PLACE.search(word)):
            continue
        needed = 0 if word not in known else _FRAME if word + _right(sentence, mine.end) not in text else _FRAME + 2
        if needed and left + word + _right(sentence, mine.end) in text:
            continue
        for at in islice(spans_of(left, text) if left else _begins(text), _MOST_PLACES):
            for other in theirs.get(at + len(left), ()):
                instead = text[other.start : other.end]
                if not left and (_PLACE.search(instead) or set(word) & set(instead)):
                    continue
                # Two names with a character in common (焊工, 电工) may be two cuts of one.
                alike = bool(needed and set(word) & set(instead))
                if not _frames(sentence, mine, text, other, needed + _MORE if alike else needed):
                    continue
                if not (word in instead or instead in word or say_the_same(word, instead)):
                    return [f"引文说的是「{instead}」，不是「{word}」"]
    return _contrasts(sentence, known)


def _says_something(word: str, kind: str) -> bool:
    return kind[0] in _CONTENT or word in _NO_PRONOUNS


def _begins(text: str) -> list[int]:
    """Where the clauses of a text begin."""
    return [0, *(at + 1 for at, sign in enumerate(text) if sign in CLAUSE_STOPS)]


def _stretches(text: str) -> Iterator[_Stretch]:
    """The names of a text, each with every row of nouns and adjectives that it may be made of.

    A verb is no such stretch: another one tells the same, but for those that say the contrary, which are known as pairs.
    """
    found = words(text)
    for first in range(len(found)):
        is_name = True
        for last in range(first, min(first + _MOST_WORDS, len(found))):
            start, end, kind = found[first][0], found[last][1], found[last][2]
            if (
                end - start > _LONGEST
                or not _HAN.fullmatch(text, start, end)
                or not _says_something(text[found[last][0] : end], kind)
            ):
                break
            # A doer is a name, whatever its first part is (快递员).
            doer = last > first and text[found[last][0] : end] in _DOERS
            is_name = doer or (
                is_name and (kind[0] in _OF_NAMES or text[start:end] in _NO_PRONOUNS or (kind == "vn" and last > first))
            )
            if end - start > 1 and (is_name or (first == last and kind == "vn")):
                yield _Stretch(start, end)


def _frames(one: str, mine: _Stretch, other: str, theirs: _Stretch, needed: int) -> bool:
    """Whether two stretches have the same neighbours: two characters a side, and `needed` on both sides together."""
    if _right(one, mine.end) != _right(other, theirs.end):
        return False
    left = 0
    while left < min(mine.start, theirs.start) and one[mine.start - left - 1] == other[theirs.start - left - 1]:
        if one[mine.start - left - 1] in CLAUSE_STOPS:
            break
        left += 1
    right = 0
    limit = min(len(one) - mine.end, len(other) - theirs.end)
    while right < limit and one[mine.end + right] == other[theirs.end + right] not in CLAUSE_STOPS:
        right += 1
    # A name at the beginning of both clauses is told from another by what follows alone.
    if not left:
        return right >= (_FRAME if needed else _SIDE + 2)
    return left + right >= needed and bool(right or not needed)


def _right(text: str, at: int) -> str:
    """The two characters at `at`, or "" where a clause ends there."""
    return text[at : at + _SIDE] if text[at : at + 1] not in ("", *CLAUSE_STOPS) else ""


def _contrasts(sentence: str, known: str) -> list[str]:
    for at, sign in enumerate(sentence):
        right = sentence[at + 1 : at + 1 + _SIDE]
        if not _HAN.fullmatch(right) or len(right) < _SIDE or sign + right in known or "的" in right:
            continue
        for group in _CONTRASTS:
            if sign in group and f"{sign}{right[0]}的" not in known and any(other + right in known for other in group):
                return [f"「{sign}{right}」与引文说的不是同一级或同一类"]
    return []
