"""What a follow-up or the end of a long story asks, read in the document that the whole of it finds first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.question import understand
from rag.types import Passage, Question

_ASKS = re.compile(r"多少|几|谁|什么|哪|啥|怎|如何|咋|多[大长高久远]|吗|是不是|有没有|能不能")
_CLAUSE = re.compile(r"[^，。；！？,;!?]+[，。；！？,;!?]?")
# A story of so many characters and clauses before what is asked at its end.
LONG_STORY = 45
LEAST_CLAUSES = 4
# A shorter end is read with the clause before it.
SHORTEST_END = 10


def of_this_turn(question: Question) -> Question | None:
    """What is asked at last, as a question by itself of the same places; None where that is all that was said, or nothing.

    The sentence that answers need not say again what the document is about: after a follow-up, one that does has most
    often answered the question before; after a story, it shares only the scenery.
    """
    asked = question.asked if question.carried else _end_of_story(question.standalone)
    if not _ASKS.search(asked):
        return None
    own = understand(asked, without=question.without)
    if not own.terms or own.kind == "which":
        return None
    return replace(own, text=question.text, places=question.places, slips=question.slips)


def of_the_first(passages: Sequence[Passage]) -> list[Passage]:
    """The passages of the document that the best one is of, in their order."""
    return [each for each in passages if each.document.id == passages[0].document.id]


def _end_of_story(text: str) -> str:
    """The last clauses of a long message, from the one that asks; "" for a message that tells nothing before it."""
    clauses = _CLAUSE.findall(text)
    if len(text) < LONG_STORY or len(clauses) < LEAST_CLAUSES:
        return ""
    at = next((at for at in range(len(clauses) - 1, 0, -1) if _ASKS.search(clauses[at])), 0)
    end = "".join(clauses[at:])
    return "".join(clauses[at - 1 :]) if at and len(end) < SHORTEST_END else end if at else ""
