"""What a follow-up or the end of a long story asks, read in the document that the whole of it finds first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.question import understand
from rag.story import ASKS, end_of_story, is_story
from rag.types import Passage, Question

# The whole of a short message is as good as its end where its answer is so sure; so unsure, what was left out is a condition.
SURE, UNLIKELY = 0.9, 0.2
# What is less sure at the end of a story or of a conversation is compared with the answer to the whole of it.
UNSURE = 0.6


def of_this_turn(question: Question) -> Question | None:
    """What is asked at last, as a question by itself of the same places; None where that is all that was said, or nothing.

    The sentence that answers need not say again what the document is about: after a follow-up, one that does has most
    often answered the question before; after a story, it shares only the scenery.
    """
    asked = question.asked if question.carried else end_of_story(question.standalone)
    if not ASKS.search(asked):
        return None
    own = understand(asked, without=question.without)
    if not own.terms or own.kind == "which":
        return None
    return replace(own, text=question.text, places=question.places, slips=question.slips, whole=question)


def of_a_short_message(question: Question) -> bool:
    """Whether what is asked at last follows a speaker's word on himself, which may hold a condition, and no long story."""
    return not question.carried and not is_story(question.standalone)


def whole_is_better(question: Question, whole: float, own: float) -> bool:
    """Whether the answer to a message as a whole is the better one, by the confidence of both."""
    if not of_a_short_message(question):
        return whole > own
    return whole < UNLIKELY or whole >= max(SURE, own)


def of_the_first(passages: Sequence[Passage]) -> list[Passage]:
    """The passages of the document that the best one is of, in their order."""
    return [each for each in passages if each.document.id == passages[0].document.id]
