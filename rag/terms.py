"""How much of a question a text speaks of, its terms weighted by how rare each is in the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag.types import Question, Term

# A text that says a term in other words counts for a little less than one that says it as asked.
ALTERNATIVE_CREDIT = 0.9
# A long term that stands only in parts (技能大师工作室 as 大师工作室) counts for the share of its character pairs, less a bit.
PARTIAL_CREDIT = 0.75


@dataclass(frozen=True, slots=True)
class WeighedTerm:
    """A term with its weight: the mean rarity of its character pairs, a little more for longer terms."""

    term: Term
    weight: float


def pairs(text: str) -> tuple[str, ...]:
    """Overlapping character pairs; a single character is its own pair."""
    return tuple(text[i : i + 2] for i in range(len(text) - 1)) or (text,)


def weigh(question: Question, rarity: Callable[[str], float]) -> tuple[WeighedTerm, ...]:
    """The question's terms with weights from the library's inverse document frequencies."""
    weighed = []
    for term in question.terms:
        values = [rarity(pair) for pair in pairs(term.text)]
        weighed.append(WeighedTerm(term, sum(values) / len(values) * (1 + 0.2 * (len(values) - 1))))
    return tuple(weighed)


def presence(term: Term, form: str) -> float:
    """How far the search form speaks of the term, in 0..1."""
    if term.text in form:
        return 1.0
    if any(other in form for other in term.alternatives):
        return ALTERNATIVE_CREDIT
    if len(term.text) < 3:
        return 0.0
    parts = pairs(term.text)
    return PARTIAL_CREDIT * sum(part in form for part in parts) / len(parts)


def coverage(terms: tuple[WeighedTerm, ...], form: str, around: str = "", around_credit: float = 1.0) -> float:
    """Share of the terms' weight that the form speaks of; what stands only in `around` counts by `around_credit`."""
    total = sum(each.weight for each in terms)
    if total <= 0:
        return 0.0
    gained = 0.0
    for each in terms:
        here = presence(each.term, form)
        if around and here < 1.0:
            here = max(here, around_credit * presence(each.term, around))
        gained += each.weight * here
    return gained / total


def weakest(terms: tuple[WeighedTerm, ...], form: str) -> tuple[float, str]:
    """The largest weight share that is missing from the form, and the term that it belongs to ("" when none is)."""
    total = sum(each.weight for each in terms)
    lost = [((1 - presence(each.term, form)) * each.weight / total, each.term.text) for each in terms] if total else []
    worst = max(lost, default=(0.0, ""))
    return worst if worst[0] > 0 else (0.0, "")
