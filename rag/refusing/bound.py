"""Whether a figure of the answer counts what is asked: its unit, the thing beside it, and what its clause says of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.library import Library
from rag.refusing.layers import Layers
from rag.refusing.missing import focus
from rag.refusing.shares import Share, clauses
from rag.terms import pairs_of
from rag.types import Question
from rag.vectors import vectors_of

_FIGURE = re.compile(
    r"(?<![第\d.a-z])(?P<number>\d+(?:\.\d+)?)(?:多|余|来)?(?:万|亿)?(?:多|余)?(?P<unit>%|[^\d\s,，。、；;：:()（）\"]{0,2})"
)
# 8月1日15时 tells when and 第41场 which; neither is a count.
_OF_TIME = re.compile(r"年(?!级|度)|月(?!份?薪)|日|时(?!长)|号|点|分(?![钟值])|届")
_TIMES = frozenset(["年", "月", "日", "分", "时", "点", "天"])
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LIGHT_END = re.compile(
    r"(?:[1一]共|总共|大概|大约|到底|究竟|现在|目前|已经|累计|有|是|了|达|要|能|可以|的|为|到|得|在|用|花|共)+$"
)
# How far before and behind its figure the thing that it counts may stand, in characters.
_BEFORE, _BEHIND, _RIGHT_BEHIND = 12, 8, 6
_MOST = 6


class _Told(NamedTuple):
    """A figure at [start, end) of a clause; its unit begins at `unit`."""

    clause: str
    start: int
    unit: int
    end: int

    @property
    def window(self) -> str:
        return self.clause[max(0, self.start - _BEFORE) : self.end + _BEHIND]

    @property
    def behind(self) -> str:
        return self.clause[self.unit : self.end + _RIGHT_BEHIND]


def bound_figures(question: Question, layers: Layers, share: Share, library: Library) -> dict[str, float]:
    """The readings of the figures that the answer tells and the question does not; of no weight where none is asked."""
    found, right = _figures(question, clauses(layers))
    asked = question.kind == "figure"
    told = {"figures_told": float(min(3, len(found))), "figures_in_unit": float(min(3, len(right)))}
    if not asked:
        return told | dict.fromkeys(("figure_lacking", "unit_lacking"), 0.0) | dict.fromkeys(_BINDING, 1.0)
    thing = _thing(question)
    used = (right or found)[:_MOST]
    pairs = [pair for pair in pairs_of(thing) if len(pair) == 2]
    beside = [sum(pair in each.window for pair in pairs) / len(pairs) for each in used] if pairs else [1.0]
    near, behind = _likeness(thing, used, library)
    return told | {
        "figure_lacking": float(not found),
        "unit_lacking": float(not right),
        "thing_beside": max(beside, default=0.0),
        "figure_clause_covers": max((share.of(each.clause) for each in used), default=0.0),
        "figure_window_covers": max((share.of(each.window) for each in used), default=0.0),
        "thing_near": near,
        "thing_near_behind": behind,
    }


_BINDING = ("thing_beside", "figure_clause_covers", "figure_window_covers", "thing_near", "thing_near_behind")


def _figures(question: Question, parts: Sequence[str]) -> tuple[list[_Told], list[_Told]]:
    """The figures that are no dates and not the question's own, and those of them in a unit that is asked for."""
    known = set(_NUMBER.findall(question.search))
    timed = not _TIMES.isdisjoint(question.units)
    found = []
    right = []
    for part in parts:
        for each in _FIGURE.finditer(part):
            if each["number"] in known or (not timed and _OF_TIME.match(each["unit"])):
                continue
            told = _Told(part, each.start(), each.start("unit"), each.end())
            found.append(told)
            if not question.units or any(unit in each[0] for unit in question.units):
                right.append(told)
    return found, right


def _thing(question: Question) -> str:
    """What is counted or measured: what follows the unit that is asked for, else what stands before the words of asking."""
    if len(question.counted) > 1:
        return question.counted
    before, after = focus(question)
    return _LIGHT_END.sub("", before) or after


def _likeness(thing: str, used: Sequence[_Told], library: Library) -> tuple[float, float]:
    """How near the thing comes in meaning to what stands around a figure, and to what stands behind it."""
    if not thing or not used:
        return 0.0, 0.0
    vectors = vectors_of(library.embedder, [thing, *(each.window for each in used), *(each.behind for each in used)])
    near = vectors[1:] @ vectors[0]
    return float(near[: len(used)].max()), float(near[len(used) :].max())
