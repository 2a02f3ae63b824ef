"""Who does it: the noun right before a verb may not be another one than in the evidence (一线工人另有津贴, 班组长另有津贴)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rag.reading import Reading
from rag.synonyms import anaphors, is_light, say_the_same
from rag.wording import CLAUSE_STOPS, bigrams, piece_spans, words

# What may stand between a doer and its verb: adverbs, times, pronouns, numbers.
_BETWEEN = frozenset("dtrmqfu")
_SHORTEST = 2
_OBJECT = 12


class _Deed(NamedTuple):
    """A verb with the noun before it, the content behind it, and its clause."""

    verb: str
    doer: str
    behind: frozenset[str]
    clause: str


def doer_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line where all of the evidence has one doer of a deed, left out of the sentence, and the sentence another."""
    known = "\n".join(reading.counted.plain for reading in readings)
    theirs = [deed for reading in readings for deed in _deeds(reading.counted.plain)]
    for mine in _deeds(sentence):
        if mine.doer not in known:
            continue
        # In 「企业足额提取」 the nearest noun is not who does it.
        same = [deed for deed in theirs if deed.verb == mine.verb and deed.behind & mine.behind]
        if same and all(mine.doer not in deed.clause and _is_another(deed.doer, mine.doer, sentence) for deed in same):
            return [f"引文中「{mine.verb}」的是「{same[0].doer}」，不是「{mine.doer}」"]
    return []


def _is_another(theirs: str, mine: str, sentence: str) -> bool:
    if theirs in anaphors() or theirs in sentence or bigrams(theirs) & bigrams(mine):
        return False
    return not say_the_same(theirs, mine)


@lru_cache(maxsize=512)
def _deeds(text: str) -> tuple[_Deed, ...]:
    found = []
    row = words(text)
    for start, end in piece_spans(text, CLAUSE_STOPS):
        inside = [(text[a:b], kind, b) for a, b, kind in row if start <= a < end]
        for at, (verb, kind, stop) in enumerate(inside):
            if kind[0] != "v" or len(verb) < _SHORTEST or not at:
                continue
            back = at - 1
            while back >= 0 and (
                inside[back][1][0] in _BETWEEN or (is_light(inside[back][0]) and inside[back][1][0] != "v")
            ):
                back -= 1
            if back < 0:
                continue
            doer, doer_kind, _ = inside[back]
            # In 与师傅签订 it is with whom.
            is_led = back > 0 and inside[back - 1][1][0] in "pc" and inside[back - 1][0] not in {"由", "被"}
            if not is_led and doer_kind[0] == "n" and doer_kind != "ns" and len(doer) >= _SHORTEST:
                found.append(_Deed(verb, doer, bigrams(text[stop : min(end, stop + _OBJECT)]), text[start:end]))
    return tuple(found)
