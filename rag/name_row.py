"""Names that stand in a row (刘敬红和陶进芳, 民企和学校), found by how alike the words on both sides of 和 are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.names import person_spans
from rag.surnames import SURNAMES

_JOINT = re.compile(r"和|与|跟|同(?![时一])|及|、")
_TIME = re.compile(r"(?:\d+(?:年度?|月份?|[日号])(?:[初末底])?)+")
# Words of doing, and those that lead up to one.
_ACTING = frozenset("vp")
LEADING = frozenset("vudmqrpcy")
# A name of a row is no longer than this.
LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text at [start, end) with its tag."""

    start: int
    end: int
    text: str
    tag: str


def names_in_row(clause: str) -> list[tuple[int, int]]:
    """Where the names of a row stand in a clause (刘敬红和陶进芳), by the words beside what joins them; [] without a row."""
    words = words_of(clause)
    if not any(_JOINT.fullmatch(word.text) for word in words):
        words = [part for word in words for part in _cut(word)]
    joints = [word for word in words if _JOINT.fullmatch(word.text)]
    if not joints:
        return []
    last = joints[-1]
    run = [last]
    for joint in reversed(joints[:-1]):
        if run[0].start - joint.end > LONGEST_NAME or (joint.text != "、" and run[0].text != "、"):
            break
        run.insert(0, joint)
    left = [word for word in words if word.end <= run[0].start]
    right = [word for word in words if word.start >= last.end]
    if not left or not right:
        return []
    ends = [(left[-one:], other) for one in range(1, len(left) + 1) for other in range(1, len(right) + 1)]
    one, count = max(ends, key=lambda each: _alike(each[0], right, each[1]))
    other = right[:count]
    begin = (
        _with_surname(words, words.index(one[0])) if len(one) == 1 and other[-1].tag.startswith("nr") else one[0].start
    )
    inner = [(joint.end, following.start) for joint, following in pairwise(run)]
    return [(begin, one[-1].end), *inner, (other[0].start, other[-1].end)]


def _alike(one: Sequence[Word], right: Sequence[Word], count: int) -> float:
    """How much words and the first `count` words of the right side look like names of one row: at both ends, in length, in characters."""
    other, following = right[:count], right[count].tag[:1] if count < len(right) else ""
    mine, theirs = "".join(word.text for word in one), "".join(word.text for word in other)
    if max(len(mine), len(theirs)) > LONGEST_NAME:
        return -99.0
    acts = [sum(word.tag[:1] in _ACTING for word in side) for side in (one, other)]
    score = 0.2 * min(len(mine), len(theirs)) - 0.5 * abs(len(mine) - len(theirs)) - 1.5 * abs(acts[0] - acts[1])
    score += 0.8 * len(set(mine) & set(theirs)) + 0.5 * (len(one) == len(other))
    score += 2.0 * (one[0].tag[:1] == other[0].tag[:1]) + 2.0 * (one[-1].tag[:1] == other[-1].tag[:1])
    score += 1.0 * (mine[-1] == theirs[-1]) + (1.5 if not following else 0.7 * (following in LEADING))
    # One character that ends the other side as well (案 of 保健食品案和假药案) is what both are, not a name.
    score -= 4.0 * (len(mine) == 1 < len(theirs) and theirs.endswith(mine))
    # A name does not begin with 的 or 了.
    return score - 3.0 * ("u" in (other[0].tag[:1], one[0].tag[:1]))


def words_of(text: str) -> list[Word]:
    """The words of a text with their places and tags; the name of a person and a date are one word each."""
    import rjieba

    whole = {start: (end, "nr") for start, end in person_spans(text)}
    whole |= {found.start(): (found.end(), "t") for found in _TIME.finditer(text)}
    found: list[Word] = []
    at = inside = 0
    for word, tag in rjieba.tag(text):
        end = at + len(word)
        if at in whole and whole[at][0] > end and at >= inside:
            inside, kind = whole[at]
            found.append(Word(at, inside, text[at:inside], kind))
        elif at >= inside:
            found.append(Word(at, end, word, tag))
        at = end
    return found


def _cut(word: Word) -> list[Word]:
    """A word less the 和 that ends it (州总 + 和, which a dictionary takes for 总和)."""
    if len(word.text) != 2 or not _JOINT.fullmatch(word.text[1]):
        return [word]
    middle = word.start + 1
    return [Word(word.start, middle, word.text[0], "n"), Word(middle, word.end, word.text[1], "c")]


def _with_surname(words: Sequence[Word], first: int) -> int:
    """Where a name begins whose surname the dictionary cut from it (任 + 珠峰)."""
    before = words[first - 1] if first else None
    cut = before and len(before.text) == 1 and before.text in SURNAMES and len(words[first].text) <= 2
    return before.start if before and cut else words[first].start
