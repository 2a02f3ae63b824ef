"""Citation marks in a text: 【1】 [1] ［1］ 【1、2】, read with bounds, taken out, and numbered anew by first use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_NUMBERS = r"\d{1,3}(?:\s*[、,，;；~～—–-]\s*\d{1,3})*"
_MARK = re.compile(rf"[ \t]*[【\[［]\s*(?:资料|来源|引文)?\s*({_NUMBERS})\s*[】\]］]")
_RANGE = re.compile(r"(\d{1,3})\s*[~～—–-]\s*(\d{1,3})")
_STOP = re.compile(r"(?:[。！？!?]+[”’」』）)\"]*|\n)")
# What may still belong to a mark when a stream stops in the middle of it.
_OPEN_MARK = re.compile(r"[ \t]*(?:[【\[［][^】\]］]{0,24})?\Z")
_BULLET = re.compile(r"^(?:[-*•·]\s+|\d{1,2}(?:[、)）]|\.(?!\d))\s*|#+\s*)")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence without its marks, the numbers it cites in order, and the numbers dropped because nothing bears them."""

    text: str
    numbers: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()


def read_marks(text: str, count: int) -> MarkedSentence:
    """The text without its marks; numbers outside 1 … count are dropped, so that [0] never means the last document."""
    found: list[int] = []
    for match in _MARK.finditer(text):
        found += _numbers(match[1])
    unique = tuple(dict.fromkeys(found))
    return MarkedSentence(
        _BULLET.sub("", _MARK.sub("", text).strip()),
        tuple(number for number in unique if 1 <= number <= count),
        tuple(number for number in unique if not 1 <= number <= count),
    )


def split_marked(text: str, count: int) -> list[MarkedSentence]:
    """The sentences of a whole text with their marks, whether these stand before or behind the full stop."""
    sentences, rest = take_sentences(text + "\n", count)
    return sentences if not rest.strip() else [*sentences, read_marks(rest, count)]


def take_sentences(text: str, count: int) -> tuple[list[MarkedSentence], str]:
    """The sentences of a growing text that are complete with their marks, and the rest that may still grow."""
    sentences = []
    start = 0
    while stop := _STOP.search(text, start):
        end = stop.end()
        while mark := _MARK.match(text, end):
            end = mark.end()
        # Behind the stop a mark may be on its way; only another character, or a line break, closes the sentence.
        if stop[0] != "\n" and _OPEN_MARK.match(text, end):
            break
        sentence = read_marks(text[start:end], count)
        if sentence.text.strip("。！？!? ") or not sentence.numbers:
            sentences += [sentence] if sentence.text else []
        elif sentences:
            last = sentences[-1]
            sentences[-1] = replace(last, numbers=tuple(dict.fromkeys(last.numbers + sentence.numbers)))
        start = end
    return sentences, text[start:]


def renumber(sentences: Sequence[MarkedSentence]) -> tuple[list[MarkedSentence], tuple[int, ...]]:
    """The sentences numbered anew by first use, and the old number behind each new one (the first is that of 【1】)."""
    order = tuple(dict.fromkeys(number for sentence in sentences for number in sentence.numbers))
    new = {old: at for at, old in enumerate(order, start=1)}
    return [replace(s, numbers=tuple(sorted(new[number] for number in s.numbers))) for s in sentences], order


def _numbers(written: str) -> Iterable[int]:
    if match := _RANGE.fullmatch(written.strip()):
        first, last = int(match[1]), int(match[2])
        return range(first, last + 1) if first <= last <= first + 20 else (first, last)
    return [int(number) for number in re.findall(r"\d+", written)]
