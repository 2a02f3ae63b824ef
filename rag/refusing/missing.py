"""How much of a question a text leaves unsaid, weighed by how surely an answer would have said it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from rag.ranking.necessity import necessity
from rag.terms import Asked, Rarity, pairs_of, presence
from rag.types import Question

# A token that nearly every answer says is still missing from some.
_SUREST = 0.97
# What stands nearest to the words of asking is what the answer must be about.
NEAR = 6
_ASKING = re.compile(
    r"多少|几(?=[个家名项人所次条对位场期届万亿步台月号天年])|哪[0-9]?[个家些几里儿项种年天月]*|什么|怎么样?|如何|怎样|为什么|谁|多[大长高久]|啥|咋"
)
_CUT = re.compile(r"[\s,.;:?!，。；：？！、（）()“”\"《》]+")
_NUMBER = re.compile(r"第?(?<![\d.])\d+(?:\.\d+)?(?![\d.年])(?:[万亿%]|届|批|期|次)?")
_LIGHT = frozenset(
    "的了是在有一共总和与及给把被让对从到个名家项人次年月日每这那里上下中其所之为以于将已能可要会都也还就吗呢啊吧呀么我们你们他们"
)


def surprise(asked: Asked, rarity: Rarity, form: str) -> tuple[float, float]:
    """What the missing pairs of the question weigh, as an answer would leave them out: (sum, the most surprising one).

    Each counts -log(1 - its necessity), scaled by its rarity in the library.
    """
    full = max(rarity.idf("\0"), 1e-6)
    total = most = 0.0
    for pair, _ in asked.pairs:
        if pair in form:
            continue
        value = -math.log(1 - min(necessity(pair), _SUREST)) * min(1.0, rarity.idf(pair) / full)
        total += value
        most = max(most, value)
    return total, most


def unsaid(asked: Asked, form: str) -> dict[str, float]:
    """What the missing terms weigh: the sum, the heaviest, how many, and apart those by grammar a thing or a doing."""
    lost = [(weight * (1 - presence(term, form)), term) for term, weight in asked.terms]
    whole = sum(weight for _, weight in asked.terms) or 1.0
    return {
        "sum": sum(value for value, _ in lost),
        "share": sum(value for value, _ in lost) / whole,
        "most": max((value for value, _ in lost), default=0.0),
        "count": float(sum(presence(term, form) < 0.5 for term, _ in asked.terms)),
        "things": sum(value for value, term in lost if term.weight >= 0.7),
        "doings": sum(value for value, term in lost if term.weight < 0.7),
    }


def focus(question: Question) -> tuple[str, str]:
    """The characters right before and right after the words of asking, "" where nothing stands there."""
    form = question.search
    found = list(_ASKING.finditer(form))
    if not found:
        return _CUT.split(form.rstrip("?？。！!吗呢"))[-1][-NEAR:], ""
    asks = found[-1]
    before = [part for part in _CUT.split(form[: asks.start()]) if part]
    after = [part for part in _CUT.split(form[asks.end() :]) if part]
    return (before[-1][-NEAR:] if before else ""), (after[0][:NEAR] if after else "")


def said_share(stretch: str, form: str) -> float:
    """The share of a stretch's telling characters pairs that the form holds; 1 for a stretch that tells nothing."""
    pairs = [pair for pair in pairs_of(stretch) if len(pair) == 2 and not _LIGHT.issuperset(pair)]
    return sum(pair in form for pair in pairs) / len(pairs) if pairs else 1.0


def letters_missing(question: Question, form: str) -> float:
    """How many telling characters of the question's content the form has nowhere."""
    letters = {letter for run in question.runs for letter in run} - _LIGHT
    return float(sum(letter not in form for letter in letters))


def numbers_missing(question: Question, form: str) -> tuple[float, float]:
    """How many numbers of the question, ordinals included and years left out, the form lacks and has."""
    numbers = set(_NUMBER.findall(question.search))
    held = sum(number in form for number in numbers)
    return float(len(numbers) - held), float(held)


def longest_said(runs: Sequence[str], form: str) -> float:
    """The share of the question's runs that stands in the form in unbroken stretches of three characters or more."""
    total = sum(map(len, runs))
    held = sum(_unbroken(run, form) for run in runs)
    return held / total if total else 1.0


def _unbroken(run: str, form: str) -> int:
    held = at = 0
    while at < len(run):
        size = 0
        while at + size < len(run) and run[at : at + size + 1] in form:
            size += 1
        held += size if size > 2 or size == len(run) else 0
        at += max(1, size)
    return held
