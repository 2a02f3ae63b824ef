"""Telling an extract: its sentence and its evidence, widened where the clauses alone would mislead."""

from __future__ import annotations

from rag.cite import evidence_of
from rag.compose import sentence
from rag.dating import YEAR_SAID, with_own_date
from rag.extract import Extract, widened
from rag.planned import is_planned
from rag.types import Evidence, Question
from rag.verify import verify_sentence


def tell(extract: Extract, question: Question) -> tuple[str, Evidence]:
    """The sentence of an extract with its evidence.

    A clause may lose what governs it (a plan, a condition, a part); then the whole sentence is told instead.
    """
    evidence, wide = evidence_of(extract), widened(extract)
    whole = evidence_of(wide)
    text = sentence(extract, evidence, question)
    if not _loses_plan(extract, wide) and all(
        verify_sentence(text, (each,)).verdict == "supported" for each in (evidence, whole)
    ):
        return _with_date(text, evidence)
    return _with_date(sentence(wide, whole, question), whole)


def _with_date(text: str, evidence: Evidence) -> tuple[str, Evidence]:
    """What is told with evidence that holds its date as well, where the words told have lost it."""
    return text, evidence if YEAR_SAID.search(text) else with_own_date(evidence)


def _loses_plan(extract: Extract, wide: Extract) -> bool:
    """Whether a word that governs the clauses as a plan stands before them in their part and not in what is told."""
    before = "".join(clause.search for clause in extract.line.clauses if wide.start <= clause.start < extract.start)
    return is_planned(before) and not is_planned(extract.text)
