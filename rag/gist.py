"""The telling part of a long text: of a pasted complaint, the clauses that ask, that name a place, and that are rarest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.normalise import search_form
from rag.lexicon import stop_words
from rag.terms import Rarity, pairs_of
from rag.types import Term

# A text longer than this is cut down; what is left of it is at most so long.
LONGEST = 240
KEPT = 160
# Of a text that was cut down, so many terms are searched for.
MOST_TERMS = 16
# So many different words of a text are looked up, and so much of a text is read.
MOST_WORDS = 160
MOST_READ = 4000
# A clause is told by so many of its rarest words, and counts for more where it asks, or says where or when.
RAREST = 3
ASKS, PLACED = 2.0, 1.5
LONGEST_CLAUSE = 60
_CLAUSE = re.compile(rf"[^，,。；;！!？?\n]{{1,{LONGEST_CLAUSE}}}[？?]?")
_ASKS = re.compile(
    r"[？?]$|多少|几[个家项]|哪|谁|什么|怎么|怎样|如何|吗$|能不能|是不是|有没有|可不可以|请问|想问|咋|该找"
)
_PLACED = re.compile(r"[\u4e00-\u9fff]{2}[省市县区州]|(?:19|20)\d{2}年")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause at [start, end) of the text, and how telling it is."""

    start: int
    end: int
    worth: float


def gist(text: str, rarity: Rarity | None) -> str:
    """The text itself unless it is long; of a long one its most telling clauses, in their order.

    How rare a word is comes from the library; without one, longer words count for more.
    """
    if len(text) <= LONGEST:
        return text
    clauses = _clauses(text[:MOST_READ], rarity)
    kept: list[_Clause] = []
    length = 0
    for clause in sorted(clauses, key=lambda each: (-each.worth, each.start)):
        if length + clause.end - clause.start <= KEPT:
            kept.append(clause)
            length += clause.end - clause.start + 1
    return "，".join(text[each.start : each.end].strip() for each in sorted(kept, key=lambda each: each.start))


def telling(terms: Sequence[Term], rarity: Rarity | None) -> tuple[Term, ...]:
    """The terms that tell most, in their order; all where there are few."""
    if len(terms) <= MOST_TERMS:
        return tuple(terms)
    worth = {term.text: term.weight * _rareness(term.text, rarity) for term in terms}
    kept = {term.text for term in sorted(terms, key=lambda term: (-worth[term.text], term.text))[:MOST_TERMS]}
    return tuple(term for term in terms if term.text in kept)


def _clauses(text: str, rarity: Rarity | None) -> list[_Clause]:
    """The different clauses of a text with what they are worth."""
    import rjieba

    known: dict[str, float] = {}
    seen: set[str] = set()
    found = []
    for match in _CLAUSE.finditer(text):
        clause = match[0].strip()
        if not clause or clause in seen:
            continue
        seen.add(clause)
        words = {word for word in rjieba.cut(search_form(clause), False) if len(word) > 1 and word not in stop_words()}
        for word in words - known.keys():
            known[word] = _rareness(word, rarity if len(known) < MOST_WORDS else None)
        rarest = sorted((known[word] for word in words), reverse=True)[:RAREST]
        worth = sum(rarest) * (ASKS if _ASKS.search(clause) else 1) * (PLACED if _PLACED.search(clause) else 1)
        found.append(_Clause(match.start(), match.end(), worth))
    return found


def _rareness(word: str, rarity: Rarity | None) -> float:
    """How much a word tells: the mean weight of its pairs that the library holds; a word that it does not hold tells nothing."""
    if rarity is None:
        return float(len(word))
    weights = [rarity.idf(pair) for pair in pairs_of(word) if rarity.document_frequency(pair)]
    return sum(weights) / len(pairs_of(word)) * (1 + 0.2 * (len(word) - 2))
