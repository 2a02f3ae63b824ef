"""Where in the likeliest passages the span reader sees an answer, told of each sentence and of its clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.normalise.characters import simplify
from rag.lines import Line
from rag.span.reader import Found, spans

# So many spans of a passage are asked for; those behind them have next to no chance.
MOST_SPANS = 5
_REMEMBERED = 32


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the reader says of one sentence of a passage that it read.

    `best` is the chance of the likeliest span of the sentence and `whole` that of all its spans; `leading` is the best of
    the passage, `none` the chance that the passage does not answer. `clauses` has the chance of the spans in each clause.
    """

    best: float
    whole: float
    leading: float
    none: float
    clauses: tuple[float, ...]


def pointed(question: str, passages: Sequence[Sequence[Line]]) -> list[list[Pointed]]:
    """What the reader says of every line, in the order of the lines; each passage is given by all of its lines."""
    return [_of_lines(every, read_passage(question, "\n".join(line.text for line in every))) for every in passages]


@lru_cache(maxsize=_REMEMBERED)
def read_passage(question: str, passage: str) -> Found:
    """What the reader says of a passage; the choice of the sentence asks, and soon after the judge of refusals asks again.

    It learned simplified characters alone; in these a text is as long as before.
    """
    return spans(simplify(question), [simplify(passage)], MOST_SPANS)[0]


def _of_lines(every: Sequence[Line], found: Found) -> list[Pointed]:
    told: list[Pointed] = []
    at = 0
    leading = found.spans[0].score if found.spans else 0.0
    for line in every:
        mine = [span for span in found.spans if span.start < at + len(line.text) and span.end > at]
        shift = line.start - at
        clauses = tuple(
            sum(span.score for span in mine if span.start + shift < clause.end and span.end + shift > clause.start)
            for clause in line.clauses
        )
        best = max((span.score for span in mine), default=0.0)
        told.append(Pointed(best, sum(span.score for span in mine), leading, found.none, clauses))
        at += len(line.text) + 1
    return told
