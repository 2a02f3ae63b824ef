"""Runs of one sentence that answer several parts of a question: joined, widened to a further figure, moved to a name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from rag.extract import Extract

# The runs of one sentence are told in one piece up to this length.
MOST_TOGETHER = 160
# A name and what is told of it stand in so many clauses in a row.
MOST_CLAUSES = 3


def same_sentence(one: Extract, other: Extract) -> bool:
    """Whether two extracts are of one sentence of a document; its passages overlap."""
    return document(one) == document(other) and one.line.search == other.line.search


def document(extract: Extract) -> str:
    """The id of the document that an extract is of."""
    return extract.line.passage.document.id


def holds(one: Extract, other: Extract) -> bool:
    """Whether a run holds all of another one of the same sentence."""
    return same_sentence(one, other) and other.search in one.search


def union(one: Extract, other: Extract) -> Extract | None:
    """One extract over two runs of a sentence; None where that would be long and neither holds the other."""
    shift = one.line.start - other.line.start
    joined = over(one, min(one.start, other.start + shift), max(one.end, other.end + shift))
    return joined if len(joined.search) <= max(MOST_TOGETHER, len(one.search), len(other.search)) else None


def over(extract: Extract, start: int, end: int) -> Extract:
    """The extract of another run of its sentence."""
    clauses = [clause for clause in extract.line.clauses if start <= clause.start < end]
    places = tuple(dict.fromkeys(place for clause in clauses for place in clause.places))
    return replace(extract, start=start, end=end, search="".join(clause.search for clause in clauses), places=places)


def grown(extract: Extract, enough: Callable[[str], bool]) -> Extract:
    """The run with the clauses behind it, else before it, until its words are enough; as it was where none helps."""
    clauses = extract.line.clauses
    wider = extract
    while not enough(wider.search):
        behind = next((clause for clause in clauses if clause.start >= wider.end), None)
        before = next((clause for clause in reversed(clauses) if clause.end <= wider.start), None)
        if behind:
            wider = over(wider, wider.start, behind.end)
        elif before:
            wider = over(wider, before.start, wider.end)
        else:
            return extract
        if len(wider.search) > MOST_TOGETHER:
            return extract
    return wider


def at_name(extract: Extract, name: str, others: Collection[str], enough: Callable[[str], bool]) -> Extract:
    """The run that begins with the clause of a name, for a run without it; as it was where the clauses there are not enough.

    It ends before a clause that holds one of the other names.
    """
    if not name or name in extract.search or name not in extract.line.search:
        return extract
    clauses = extract.line.clauses
    first = next((at for at, clause in enumerate(clauses) if name in clause.search), None)
    if first is None:
        return extract
    for last in range(first, min(first + MOST_CLAUSES, len(clauses))):
        if last > first and any(other in clauses[last].search for other in others):
            break
        moved = over(extract, clauses[first].start, clauses[last].end)
        if enough(moved.search):
            return moved
    return extract
