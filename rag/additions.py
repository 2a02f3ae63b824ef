"""What a sentence adds of its own: words that state something and of which the evidence has not even a part."""

from __future__ import annotations

import re

from rag.arithmetic import drawn_words
from rag.origins import denials
from rag.reading import Reading, Text
from rag.synonyms import is_light
from rag.wording import words

_HAN = re.compile(r"[\u3400-\u9fff]+")
# The kinds of words that state something: nouns, adjectives, set phrases. A verb may be told by another one.
_STATING = frozenset("nabsziljd")
_UNDOING = frozenset("停撤取退拒禁免罚扣裁废终断辞诉")
# What a word, as the dictionary cuts it, may hold of its neighbours (可获 of 可获市总工会).
_EDGE = frozenset("获可有设共据名家是中将由已为又还也与和在个项人所能得被于各")


def addition_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each word that the sentence adds to what text, context, title and attribution say."""
    known = "\n".join(part for each in readings for part in (each.counted.plain, each.around.plain, *each.attributed))
    # A comparison that two figures of the sentence bear out needs no word of the evidence.
    drawn = {word for each in drawn_words(sentence) for word in (each, each[:-1])}
    return [f"引文没有说到「{word}」" for word in dict.fromkeys(_added(sentence, known)) if word not in drawn]


def _states(word: str, kind: str) -> bool:
    """Whether a word states something that another word may not tell: a thing, or a deed that undoes or harms."""
    return kind[0] in _STATING or kind == "vn" or (kind[0] == "v" and bool(_UNDOING & set(word)))


def _added(text: Text, evidence: str) -> list[str]:
    sentence = text.plain
    known = [False] * len(sentence)
    for at in range(len(sentence) - 1):
        if sentence[at : at + 2] in evidence:
            known[at] = known[at + 1] = True
    # Whether a denial or a place is the evidence's is asked elsewhere.
    for start, end in (*denials(sentence), *((place.start, place.end) for place in text.places)):
        known[start:end] = [True] * (end - start)
    found = []
    for start, end, kind in words(sentence):
        word = sentence[start:end]
        if kind[0] == "v" and word[-1] in "到至了起成出" and word[:-1] in evidence:
            continue
        if word[-1] in "里内中上下" and word[:-1] in evidence:
            continue
        if word[0] in "总全各" and len(word) > 2 and word[1:] in evidence:
            continue
        if len(word) < 2 or not _HAN.fullmatch(word) or word in evidence or not _states(word, kind):
            continue
        fresh = [at for at in range(start, end) if not known[at] and sentence[at] not in _EDGE]
        if 2 * len(fresh) > len(word) and not is_light(word):
            found.append(word)
    return found
