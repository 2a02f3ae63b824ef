"""What share of what a question asks a text speaks of, and the clauses that an answer tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.refusing.demanded import asking_part
from rag.refusing.layers import Layers
from rag.terms import Asked, presence
from rag.types import Question, Term

_STOP = re.compile(r"[，,。；;！!？?]")


@dataclass(frozen=True, slots=True)
class Share:
    """The terms of a question's clauses that ask, weighted; all of its terms where those have none."""

    terms: tuple[tuple[Term, float], ...]
    whole: float

    @classmethod
    def asked(cls, question: Question, asked: Asked) -> Share:
        """The share of a question."""
        part = asking_part(question.search)
        terms = tuple(pair for pair in asked.terms if pair[0].text in part) or asked.terms
        return cls(terms, sum(weight for _, weight in terms) or 1.0)

    def of(self, form: str) -> float:
        """The weight of the terms that a search form speaks of, 0..1."""
        return sum(weight * presence(term, form) for term, weight in self.terms) / self.whole


def clauses(layers: Layers) -> list[str]:
    """The clauses of the answer's words; the words themselves where they have none."""
    found = [part for each in layers.extracts for part in _STOP.split(each.search) if part]
    return found or [layers.run]
