"""Which place each clause of a sentence speaks of, where the sentence speaks of several."""

from __future__ import annotations

from collections.abc import Sequence

from index.places.mentions import find_places
from index.places.relations import is_within, narrowest


def clause_places(
    clauses: Sequence[str], sentence_places: Sequence[str], document_places: Sequence[str]
) -> list[tuple[str, ...]]:
    """The places of each clause: those it names, else those of the clause before, else the document's own.

    Only places that the sentence is attributed to count. A sentence about one place gives all of its clauses to it.
    """
    whole = tuple(sentence_places)
    if len(narrowest(list(whole))) <= 1:
        return [whole] * len(clauses)
    carried = tuple(place for place in whole if place in document_places)
    found = []
    for clause in clauses:
        named = [mention.full_name for mention in find_places(clause) if mention.full_name in whole]
        carried = tuple(narrowest(named)) or carried
        found.append(carried)
    return found


def agreeing(groups: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    """The places of all groups together when they lie in one another, None when they are of different places."""
    said = [group for group in groups if group]
    for group in said[1:]:
        if not any(is_within(a, b) or is_within(b, a) for a in said[0] for b in group):
            return None
    return tuple(dict.fromkeys(place for group in said for place in group))
