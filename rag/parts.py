"""Questions that ask several things: questions in one message apart, and the parts that an answer leaves open."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.question import understand
from rag.terms import Rarity, term_coverage, weigh
from rag.types import Question

# A part is open when the answer's words and what stands around them speak of less than this share of it.
OPEN = 0.34
# Only what a part asks about shows that it is open, not how it asks.
THING = 0.9
_SENTENCE_END = re.compile(r"(?<=[?？；;。！!])")
_PART_END = re.compile(r"[?？；;。，,！!]")
_ASKS = re.compile(r"多少|几[^年乎天]|哪|谁|什么|怎么|怎样|如何|啥|咋|吗")
MOST_QUESTIONS = 4


def separate_questions(question: Question) -> tuple[Question, ...]:
    """The questions of one message when each names its own place; () when it is one question."""
    sentences = [part.strip() for part in _SENTENCE_END.split(question.asked) if _ASKS.search(part)]
    if not 2 <= len(sentences) <= MOST_QUESTIONS:
        return ()
    asked = tuple(replace(understand(each), text=question.text) for each in sentences)
    places = [each.places for each in asked]
    return asked if all(places) and len(set(places)) == len(places) else ()


def open_parts(question: Question, told: str, rarity: Rarity) -> tuple[str, ...]:
    """The parts of a question that what was told, in the search form, does not speak of; () for a question of one part."""
    parts = [part.strip() for part in _PART_END.split(question.asked) if _ASKS.search(part)]
    if len(parts) < 2:
        return ()
    found = []
    for part in parts:
        understood = understand(part)
        things = tuple(term for term in understood.terms if term.weight >= THING and len(term.text) > 1)
        if things and term_coverage(weigh(replace(understood, terms=things), rarity), told) < OPEN:
            found.append(part)
    return tuple(found) if len(found) < len(parts) else ()
