"""A question asked once more as it would be written, where its words of the mouth stand in none of the passages found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.lexicon import mouth_words
from rag.phrases import phrases_in
from rag.question import understand
from rag.types import Passage, Question


def reworded(question: Question, passages: Sequence[Passage]) -> Question | None:
    """The question in written words, as `in_their_words` puts it; None where it has no word that only speech has."""
    said = in_their_words(question, passages)
    return (
        replace(understand(said, without=question.without), text=question.text, slips=question.slips) if said else None
    )


def in_their_words(question: Question, passages: Sequence[Passage]) -> str:
    """The question with each word of the mouth that no passage has put into a written one; "" where there is none.

    Of several the first that a passage has is taken. One that the question has as well would be said twice, and says already
    what the word of the mouth does.
    """
    known = "\n".join(passage.chunk.search_text for passage in passages)
    text = question.search
    for spoken in phrases_in(text, mouth_words):
        written = mouth_words()[spoken]
        others = text.replace(spoken, " ")
        if spoken not in known and not any(each in others for each in written):
            text = text.replace(spoken, next((each for each in written if each in known), written[0]), 1)
    return text if text != question.search else ""
