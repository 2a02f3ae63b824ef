"""Whether a question is of this field at all."""

from __future__ import annotations

from index.measures import measures
from rag.glossary import glossary
from rag.lexicon import domain_words, watched_terms
from rag.types import Question


def of_the_field(question: Question) -> bool:
    """Whether the question has a word of the field or speaks of a measure of the reform."""
    known = (domain_words(), watched_terms(), glossary())
    return any(word in question.search for words in known for word in words) or any(
        measure.said_in(question.search) for measure in measures()
    )
