"""Which questions are answered by a table, and by which one."""

from __future__ import annotations

from index.library import Library
from rag import measures_of, table
from rag.draft import Draft
from rag.types import Question


def tabled(library: Library, question: Question) -> Draft | None:
    """The answer as a table: the places that have something, the measures of a place, or those of several side by side.

    None for a question of another kind, and where the table would be empty.
    """
    if table.asks_for_rows(question):
        return table.which_places(library, question)
    if measures_of.asks_for_measures(question):
        return measures_of.measures_of(library, question)
    if measures_of.asks_for_difference(question):
        return measures_of.differing(library, question)
    return None
