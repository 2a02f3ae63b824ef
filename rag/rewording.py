"""A sentence in the words of its evidence: where the evidence has a synonym of a word that it lacks, that one is read."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from rag.synonyms import light_words, same_as
from rag.wording import bigrams, spans_of, words

_HAN = re.compile(r"[\u3400-\u9fff]+")
_REACH = 12
_MOST_PLACES = 32
# 提升 may be told of what 升 tells, but 取消 is not 取.
_UNDOING = frozenset("不未没无非停撤取退拒禁免失缓减降反误少")

# Words whose reading the checks themselves know: a copula, a preposition.
_FIXED = frozenset("为是有要在到对给向由和与及共将可能也都均已还以按等获得名家个所项次人")


@lru_cache(maxsize=512)
def in_words_of(sentence: str, evidence: str) -> str:
    """The plain sentence with each word that the plain evidence lacks put into a word of the same meaning that it has."""
    theirs = {evidence[start:end]: kind for start, end, kind in words(evidence)}
    parts = []
    for start, end, kind in words(sentence):
        word = sentence[start:end]
        if word in evidence or not _HAN.fullmatch(word) or word in light_words() & _FIXED:
            parts.append(word)
            continue
        found = [each for each in same_as(word) if each in theirs or (len(each) > 1 and each in evidence)]
        if not found and kind[0] == "v" and len(word) == 2 and not _UNDOING & set(word):
            found = [sign for sign in word if sign not in light_words() and theirs.get(sign, "")[:1] == "v"]
        near = bigrams(sentence[max(0, start - _REACH) : start]) | bigrams(sentence[end : end + _REACH])
        scored = [(_likeness(near, each, evidence), len(each), each) for each in found]
        parts.append(max(scored)[2] if scored and max(scored)[0] else word)
    return "".join(parts)


def _likeness(near: frozenset[str], word: str, evidence: str) -> int:
    """How much of what stands around a word of the sentence stands around its synonym in the evidence."""
    return max(
        len(
            near
            & (
                bigrams(evidence[max(0, at - _REACH) : at])
                | bigrams(evidence[at + len(word) : at + len(word) + _REACH])
            )
        )
        for at in islice(spans_of(word, evidence), _MOST_PLACES)
    )
