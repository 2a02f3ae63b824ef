"""Telling an extract: its sentence and its evidence, widened where the clauses alone would mislead."""

from __future__ import annotations

from rag.cite import evidence_of
from rag.compose import sentence
from rag.extract import Extract, widened
from rag.types import Evidence, Question
from rag.verify import verify_sentence


def tell(extract: Extract, question: Question) -> tuple[str, Evidence]:
    """The sentence of an extract with its evidence.

    A clause may lose what governs it (a plan, a condition, a part); then the whole sentence is told instead.
    """
    evidence, wide = evidence_of(extract), widened(extract)
    whole = evidence_of(wide)
    text = sentence(extract, evidence, question)
    if all(verify_sentence(text, (each,)).verdict == "supported" for each in (evidence, whole)):
        return text, evidence
    return sentence(wide, whole, question), whole
