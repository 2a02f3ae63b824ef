"""The measures of the laboratory, each with its exact definition in the docstring of what it reads."""

from __future__ import annotations

from functools import cache

from eval.measures import answers, citations, cost, refusals, retrieval, tables
from eval.measures.measure import Measure


@cache
def all_measures() -> dict[str, Measure]:
    """Every measure by its key, in the order of the report."""
    found = [each for room in (answers, citations, refusals, tables, retrieval, cost) for each in room.measures()]
    return {each.key: each for each in found}


def headlines() -> dict[str, Measure]:
    """The measures that are compared between runs and gated."""
    return {key: each for key, each in all_measures().items() if each.headline}
