"""Which condition has which consequence: a bound of one case does not hold for another one of the same rule."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.reading import Reading, Text
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, piece_spans, pieces

_CASE = re.compile(r"的$|^(?:如果?|若|凡|对)|时$|后$")
# A purpose belongs to what stands right before it.
_PURPOSE = re.compile("^(?:主要|专门)?(?:用于|用来|用以|拿来)")
_INSIDE = re.compile(r"\d[\d.]*[\u3400-\u9fff]{0,3}(?:以上|以下|以内|至\d[\d.]*[\u3400-\u9fff]{1,2})(?:之间)?的部?分?")
_CASES = SENTENCE_STOPS + "；;"


def consequence_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line where the figures of a case and of what follows from it stand in no one case of the evidence."""
    cases = [
        _values(reading.counted, span) for reading in readings for span in piece_spans(reading.counted.plain, _CASES)
    ]
    units = [piece for reading in readings for piece in pieces(reading.counted.plain, SENTENCE_STOPS)]
    places = frozenset[str]().union(*(bigrams(sentence.plain[m.start : m.end]) for m in sentence.places))
    for whole in piece_spans(sentence.plain, CLAUSE_STOPS):
        match, values = _INSIDE.search(sentence.plain[whole[0] : whole[1]]), _values(sentence, whole)
        if match and len(values) > 1 and not any(values <= each for each in cases):
            return [f"引文中「{match[0]}」的结果不是这个数字"]
    for first, second in pairwise(piece_spans(sentence.plain, CLAUSE_STOPS)):
        if _PURPOSE.search(sentence.plain[second[0] : second[1]]):
            giving, purpose = (bigrams(sentence.plain[start:end]) - places for start, end in (first, second))
            if not any(len(giving & bigrams(unit)) > 1 and len(purpose & bigrams(unit)) > 1 for unit in units):
                return [f"引文没有说{sentence.plain[second[0] : second[1]][:16]}"]
        case, then = _values(sentence, first), _values(sentence, second)
        if not (case and _CASE.search(sentence.plain[first[0] : first[1]])) or not then:
            continue
        if not any(case | then <= each for each in cases):
            return [f"引文中「{sentence.plain[first[0] : first[1]][:16]}」的结果不是这个数字"]
    return []


def _values(text: Text, span: tuple[int, int]) -> frozenset[object]:
    return frozenset((f.low, f.high) for f in text.figures if span[0] <= f.start < span[1])
