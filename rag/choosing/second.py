"""A second look at the likeliest sentences where the chooser is unsure: a span reader reads their passages.

Its word and the chooser's are weighed by a logistic curve, which gives the sentences their chances anew; and within a
sentence the clauses to which the reader points gain.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from rag.choosing.models import DATA
from rag.choosing.pointing import Pointed, pointed
from rag.choosing.wants import Column
from rag.lines import Line
from rag.types import Question

CURVE_FILE = "second_look.json"
# A sentence of this chance is right so often that the reader, which takes its time, is not asked.
SURE = 0.95
HOPELESS = 0.03
# So many passages are read at most, and none whose best sentence has odds so much worse (in logarithms) than the best.
MOST_PASSAGES = 2
MOST_BEHIND = 3.0
# Where the reader points weighs as much as what the clauses themselves say.
POINTED_WEIGHT = 1.0
# Where all spans of a sentence together have less, the reader hardly sees an answer there.
FAINT = 0.3
_LEAST = 1e-4


@dataclass(frozen=True)
class Looked:
    """A sentence that may answer: its chance, what it weighs in the order (a chance too), and the chances of its clauses."""

    line: Line
    chance: float
    weighed: float
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Curve:
    """A logistic curve over named readings: the logarithm of the odds is `bias` and the sum of each times its weight."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def chances(self, known: dict[str, Column]) -> Column:
        """The chance of each row."""
        total = np.stack([known[name] for name in self.names], axis=1) @ np.array(self.weights) + self.bias
        chance: Column = 1 / (1 + np.exp(-total))
        return chance

    def save(self, path: Path) -> None:
        """Writes the curve as JSON."""
        held = {
            "bias": round(self.bias, 4),
            "weights": dict(zip(self.names, np.round(self.weights, 4).tolist(), strict=True)),
        }
        path.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Curve:
        """The curve in a file; OSError or ValueError when it cannot be read."""
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            weights = {str(name): float(weight) for name, weight in held["weights"].items()}
            return cls(tuple(weights), tuple(weights.values()), float(held["bias"]))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}: {error}") from error


@cache
def curve() -> Curve:
    """The curve that is shipped."""
    return Curve.load(DATA / CURVE_FILE)


def looked_again(question: Question, likeliest: Sequence[Looked], every: Sequence[Line]) -> list[Looked]:
    """The likeliest sentences, given best first, weighed anew; as they are where the chooser is sure, or sure of none.

    `every` has all lines of their passages. The chances are the same as before, dealt in the new order: the reader finds the
    better one of two sentences, but whether there is an answer at all the chooser tells better.
    """
    if not likeliest or not HOPELESS <= likeliest[0].chance < SURE:
        return list(likeliest)
    told = told_by_reader(question, likeliest, every)
    weighed = curve().chances(second_readings(likeliest, told))
    dealt = np.empty(len(likeliest))
    dealt[np.argsort(-weighed, kind="stable")] = sorted((each.chance for each in likeliest), reverse=True)
    return [
        Looked(each.line, chance, weight, _pointed_shares(each.shares, seen))
        for each, seen, chance, weight in zip(likeliest, told, dealt.tolist(), weighed.tolist(), strict=True)
    ]


def told_by_reader(question: Question, likeliest: Sequence[Looked], every: Sequence[Line]) -> list[Pointed | None]:
    """What the reader says of each of the sentences; None where their passage is not read."""
    least = _odds([likeliest[0].chance])[0] - MOST_BEHIND
    near = [each.line.passage.chunk.id for each in likeliest if _odds([each.chance])[0] >= least]
    read = list(dict.fromkeys(near))[:MOST_PASSAGES]
    passages = [[line for line in every if line.passage.chunk.id == number] for number in read]
    seen = {
        (number, line.ordinal): one
        for number, lines, told in zip(read, passages, pointed(question.standalone, passages), strict=True)
        for line, one in zip(lines, told, strict=True)
    }
    return [seen.get((each.line.passage.chunk.id, each.line.ordinal)) for each in likeliest]


def second_readings(likeliest: Sequence[Looked], told: Sequence[Pointed | None]) -> dict[str, Column]:
    """The readings of the sentences by name, each of shape (sentences,)."""
    odds = _odds([each.chance for each in likeliest])
    best = _odds([each.best if each else 0.0 for each in told])
    whole = _odds([each.whole if each else 0.0 for each in told])
    none = _odds([each.none if each else 1.0 for each in told])
    others = np.sort(odds)[::-1]
    return {
        "odds": odds,
        "odds_behind": odds - odds.max(initial=-9.0),
        "lead": np.full(len(odds), others[0] - others[1] if len(others) > 1 else 9.0),
        "rank": np.arange(len(odds), dtype=np.float64),
        "read": np.array([float(each is not None) for each in told]),
        "span": best,
        "span_whole": whole,
        "span_behind": best - best.max(initial=-10.0),
        "whole_behind": whole - whole.max(initial=-10.0),
        "span_in_passage": best - _odds([each.leading if each else 0.0 for each in told]),
        "none": none,
        "none_least": np.full(len(odds), none.min(initial=9.0)),
        "clause": _odds([max(each.shares, default=0.0) for each in likeliest]),
    }


def _pointed_shares(shares: tuple[float, ...], told: Pointed | None) -> tuple[float, ...]:
    """The chances of clauses with those by the reader, each of the two summing up to one; of a faint one less."""
    mine, seen = sum(shares), sum(told.clauses) if told else 0.0
    if told is None or not mine or not seen:
        return shares
    seen = max(seen, FAINT)
    return tuple(share / mine + POINTED_WEIGHT * part / seen for share, part in zip(shares, told.clauses, strict=True))


def _odds(chances: Sequence[float]) -> Column:
    sure = np.clip(np.array(chances, dtype=np.float64), _LEAST, 1 - _LEAST)
    logarithm: Column = np.log(sure / (1 - sure))
    return logarithm
