"""Whether a sentence only says again what the answer before told."""

from __future__ import annotations

from rag.terms import presence
from rag.types import Question

# So much of what was told makes a sentence the one that told it.
MOST_TOLD = 0.6


def told_before(question: Question, form: str) -> bool:
    """Whether a sentence holds what the last answer told and nothing of what a follow-up asks now."""
    told = (question.whole or question).told
    asked = question.own or (question.terms if question.whole else ())
    now = [term for term in asked if not any(word in term.text or term.text in word for word in told)]
    if not now or not told or any(presence(term, form) for term in now):
        return False
    return sum(word in form for word in told) >= MOST_TOLD * len(told)
