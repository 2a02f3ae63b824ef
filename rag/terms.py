"""How much of a question a text speaks of: its terms and its character pairs, weighted by how rare each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from rag.ranking.grams import Grams, grams_of
from rag.ranking.query import Query
from rag.types import Question, Term

# A text that says a term in other words counts for a little less than one that says it as asked.
ALTERNATIVE_CREDIT = 0.9
# A long term that stands only in parts (技能大师工作室 as 大师工作室) counts for the share of its character pairs, less a bit.
PARTIAL_CREDIT = 0.75
# A pair that no passage holds is mostly a way of asking; a term that no passage holds may be the point of the question.
UNSEEN_PAIR = 0.25
# Terms judge what is asked, pairs judge names and compounds that a dictionary cuts apart; each is half of the coverage.
PAIR_SHARE = 0.5
# So many terms that stand nowhere weigh as much as can be asked to be said.
FULL_TERMS = 3.5
UNSEEN = "\0"


class Rarity(Protocol):
    """What a library knows of a token: in how many passages it stands, and the weight that follows from it."""

    def idf(self, token: str) -> float:
        """The inverse document frequency of a token."""
        ...

    def document_frequency(self, token: str) -> int:
        """How many passages hold a token."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's terms and character pairs with their weights; `full` is the weight of a few rare terms together.

    `grams` are its tokens as the ranker weighs them, by which sentences are chosen.
    """

    terms: tuple[tuple[Term, float], ...]
    pairs: tuple[tuple[str, float], ...]
    full: float
    grams: Grams


@lru_cache(maxsize=65_536)
def pairs_of(text: str) -> tuple[str, ...]:
    """Overlapping character pairs; a single character is its own pair."""
    return tuple(text[i : i + 2] for i in range(len(text) - 1)) or (text,)


def weigh(question: Question, rarity: Rarity) -> Asked:
    """The question's terms and pairs, weighted by the rarity of their pairs in the library."""
    terms = []
    for term in question.terms:
        values = [rarity.idf(pair) for pair in pairs_of(term.text)]
        terms.append((term, term.weight * sum(values) / len(values) * (1 + 0.2 * (len(values) - 1))))
    found: dict[str, float] = {}
    for run in question.runs:
        for pair in pairs_of(run):
            seen = rarity.document_frequency(pair) > 0
            found[pair] = rarity.idf(pair) * (1.0 if seen else UNSEEN_PAIR)
    wordings = " ".join(other for term in question.terms for other in term.alternatives)
    grams = grams_of(Query(question.search, wordings), rarity.idf)
    return Asked(tuple(terms), tuple(found.items()), FULL_TERMS * rarity.idf(UNSEEN), grams)


def presence(term: Term, form: str) -> float:
    """How far the search form speaks of the term, in 0..1."""
    if term.text in form:
        return 1.0
    if any(other in form for other in term.alternatives):
        return ALTERNATIVE_CREDIT
    if len(term.text) < 3:
        return 0.0
    parts = pairs_of(term.text)
    return PARTIAL_CREDIT * sum(part in form for part in parts) / len(parts)


# What stands around a text, nearest first, each with the credit that it gives to what it speaks of.
Layers = Sequence[tuple[str, float]]


def coverage(asked: Asked, form: str, layers: Layers = ()) -> float:
    """Share of the question that the form speaks of, in 0..1; what stands only in a layer counts by its credit."""
    return coverage_within(form, surroundings(asked, layers))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the layers around some texts credit each term and each pair of a question with, in their order.

    `terms` has each term with its weight and its credit; `pairs` each pair with its weight, and what the layers leave of that.
    """

    terms: tuple[tuple[Term, float, float], ...]
    terms_whole: float
    pairs: tuple[tuple[str, float, float], ...]
    pairs_whole: float


def surroundings(asked: Asked, layers: Layers) -> Surroundings:
    """The credits of layers, found out once for all runs of a sentence."""
    dearest = sorted(layers, key=lambda layer: -layer[1])
    return Surroundings(
        *_terms_credited(asked, dearest),
        tuple(
            (pair, weight, weight * next((credit for text, credit in dearest if pair in text), 0.0))
            for pair, weight in asked.pairs
        ),
        sum(weight for _, weight in asked.pairs),
    )


def _terms_credited(asked: Asked, dearest: Layers) -> tuple[tuple[tuple[Term, float, float], ...], float]:
    told = tuple((term, weight, _credit(term, dearest)) for term, weight in asked.terms)
    return told, sum(weight for _, weight in asked.terms)


def _credit(term: Term, dearest: Layers) -> float:
    """The most that a layer credits a term with; no layer behind gives more than its whole credit."""
    best = 0.0
    for text, credit in dearest:
        if credit <= best:
            break
        best = max(best, credit * presence(term, text))
    return best


def coverage_within(form: str, around: Surroundings) -> float:
    """As `coverage`, with the credits of the layers."""
    by_term = _terms_within(around.terms, around.terms_whole, form)
    if around.pairs_whole <= 0:
        return by_term
    # This is asked of every run of every sentence, so a list is made, which takes half the time of a generator.
    gained = sum([weight if pair in form else credited for pair, weight, credited in around.pairs])
    return PAIR_SHARE * gained / around.pairs_whole + (1 - PAIR_SHARE) * by_term


def term_coverage(asked: Asked, form: str, layers: Layers = ()) -> float:
    """Share of the terms' weight alone."""
    return _terms_within(*_terms_credited(asked, sorted(layers, key=lambda layer: -layer[1])), form)


def _terms_within(credited: Sequence[tuple[Term, float, float]], whole: float, form: str) -> float:
    if whole <= 0:
        return 0.0
    gained = 0.0
    for term, weight, credit in credited:
        gained += weight if term.text in form else weight * max(presence(term, form), credit)
    return gained / whole


def weakest(asked: Asked, form: str) -> tuple[float, str]:
    """The largest weight share that is missing from the form, and the term that it belongs to ("" when none is)."""
    total = sum(weight for _, weight in asked.terms)
    if total <= 0:
        return 0.0, ""
    worst = max(((1 - presence(term, form)) * weight / total, term.text) for term, weight in asked.terms)
    return worst if worst[0] > 0 else (0.0, "")


def rarest_said(asked: Asked, form: str, count: int = 4) -> float:
    """The share of the question's weightiest character pairs that stand in the form, in 0..1; 1 when it has none."""
    rarest = sorted(asked.pairs, key=lambda pair: (-pair[1], pair[0]))[:count]
    return sum(pair in form for pair, _ in rarest) / len(rarest) if rarest else 1.0


def mass_said(asked: Asked, form: str) -> float:
    """The weight of the terms that the form speaks of, against `full`, in 0..1: a long question need not be said whole."""
    return min(1.0, sum(weight * presence(term, form) for term, weight in asked.terms) / asked.full)
