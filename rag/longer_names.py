"""A thing that is asked about and stands in a text only as part of a longer name (创新工作室联盟) is not counted there."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.types import Question

# What makes of a thing's name the name of another thing, when it follows; 学员 is as often what a verb takes (招收学员).
_HEADS = "联盟|联合体|协会|联合会|促进会|集群|带头人|领衔人|领办人|负责人"
_WAYS = re.compile(r"(?:[多少高低大小更比建有]|相差|数量|数目|分别|一共|总共|目标)+$")
_SHORTEST = 3
_FIGURE = re.compile(r"\d")

# As dear as a sentence about another subset than the one asked for.
LONGER_COST = 1.2


def longer_name_cost(question: Question, form: str) -> float:
    """What a run that tells a figure loses where it has the asked thing in a longer thing's name alone."""
    if question.kind != "figure" or not _FIGURE.search(form):
        return 0.0
    things = _things(question.runs, question.counted)
    return LONGER_COST if any(_only_within(thing, question.search, form) for thing in things) else 0.0


@lru_cache(maxsize=64)
def _things(runs: tuple[str, ...], counted: str) -> tuple[str, ...]:
    named = (_WAYS.sub("", each) for each in (*runs, counted))
    return tuple(each for each in dict.fromkeys(named) if len(each) >= _SHORTEST)


def _only_within(thing: str, asked: str, form: str) -> bool:
    """Whether a thing stands in a form, each time within a longer name that is not asked about."""
    if thing not in form:
        return False
    longer = re.compile(f"{re.escape(thing)}的?(?:{_HEADS})")
    return form.count(thing) == len(longer.findall(form)) and not longer.search(asked)
