"""Evidence that a text was spun: synonyms nobody writes, pinyin in brackets, words of other trades."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from index.cleaning.spam import find_spam
from index.cleaning.synonyms import OddWords, find_odd_words
from index.normalise.characters import fold, simplify
from index.normalise.pinyin import pinyin_edits
from index.normalise.spun import spun_terms

ORDINARY = Path(__file__).parent.parent / "data" / "ordinary_terms.txt"
MOST_OF_ONE = 3
SCALE = 6.0
THRESHOLD = 0.4
LEAST_DENSITY = 0.6
# No honest text of the development half, of the domain news or of the laws weighs more than 6.5.
LEAST_WEIGHT = 7.1


@lru_cache(maxsize=1)
def _telltale_pattern() -> re.Pattern[str]:
    """Every spun term that no ordinary page has, the longest first."""
    ordinary = set(ORDINARY.read_text(encoding="utf-8").splitlines())
    telltale = [term for term in spun_terms() if term not in ordinary]
    return re.compile("|".join(re.escape(term) for term in sorted(telltale, key=len, reverse=True)))


@lru_cache(maxsize=8)
def spun_score(text: str) -> tuple[float, tuple[str, ...]]:
    """How surely the text was spun, in [0, 1), and the reasons in Chinese, the strongest first.

    Evidence is counted a kind at a time (one odd word, however often, weighs at most `MOST_OF_ONE`) and related to the
    length of the text, so that a long page with a few slips of the pen stays below `THRESHOLD`. Synonyms that honest
    texts rarely have are judged apart and count only when they suffice by themselves.
    """
    simple = simplify(text)
    terms = Counter(_telltale_pattern().findall(simple))
    spam = Counter(simple[vote.start : vote.end] for vote in set(find_spam(text)))
    pinyin = len(pinyin_edits(fold(text)))
    evidence = sum(min(count, MOST_OF_ONE) for count in terms.values())
    evidence += sum(min(count, MOST_OF_ONE) for count in spam.values()) + min(pinyin, 2 * MOST_OF_ONE)
    density = evidence * 1000 / max(len(simple), 1000)
    score = (1 - math.exp(-evidence / SCALE)) * min(1.0, density / LEAST_DENSITY)
    odd = find_odd_words(simple)
    if odd.weight >= LEAST_WEIGHT:
        # The weight that suffices is mapped to the threshold, and any weight below 1.
        score = max(score, odd.weight / (odd.weight + LEAST_WEIGHT * (1 / THRESHOLD - 1)))
    return round(min(score, 0.999), 3), _reasons(terms, spam, pinyin, odd)


def _reasons(terms: Counter[str], spam: Counter[str], pinyin: int, odd: OddWords) -> tuple[str, ...]:
    reasons = []
    if terms:
        shown = "、".join(term for term, _ in terms.most_common(4))
        reasons.append(f"有 {sum(terms.values())} 处被同义替换的词语（如{shown}）")
    if spam:
        reasons.append(f"有 {sum(spam.values())} 处插入的广告词（如{spam.most_common(1)[0][0]}）")
    if pinyin:
        reasons.append(f"有 {pinyin} 处夹注拼音")
    if odd.weight >= LEAST_WEIGHT:
        reasons.append(f"有 {odd.places} 处平常文章少用的近义词（如{'、'.join(odd.examples)}）")
    return tuple(reasons)


def is_spun(text: str) -> bool:
    """Whether the evidence passes the threshold."""
    return spun_score(text)[0] >= THRESHOLD


def find_spinning(text: str) -> str:
    """Why a text is held for spun, in Chinese; "" when it is not."""
    score, reasons = spun_score(text)
    return "，".join(reasons) if score >= THRESHOLD else ""
