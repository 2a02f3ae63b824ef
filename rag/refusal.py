"""A refusal as an answer: its wording, and the questions that are offered beside it."""

from __future__ import annotations

from collections.abc import Mapping

from index.library import Library
from rag import refuse
from rag.draft import Draft
from rag.glossary import glosses
from rag.placeless import asked_back, places_that_tell
from rag.small_talk import wants_no_more
from rag.suggest import MOST, suggestions
from rag.types import Answer, Question, Reason


def refusal(
    library: Library,
    question: Question,
    reason: Reason,
    confidence: float,
    draft: Draft,
    timings: Mapping[str, float],
) -> Answer:
    """A refusal in the wording of its reason, with questions that the library can answer, without source cards."""
    back, again = "", tuple[str, ...]()
    if reason == "no_content" and draft.passages:
        back, again = asked_back(question, places_that_tell(question, draft.passages, library))
    offered = () if wants_no_more(question) else suggestions(library, question, draft.passages)
    return Answer(
        question=question,
        text=refuse.wording(question, reason, library.settings.contact, back),
        refused=True,
        reason=reason,
        confidence=confidence,
        raw_text=draft.raw_text,
        suggestions=(*again, *offered)[:MOST],
        notice=draft.notice,
        glossary=glosses(question, ""),
        timings_ms=dict(timings),
    )
