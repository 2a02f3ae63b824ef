"""What the span reader says of the passage that an answer is taken from: does it answer at all, and there?"""

from __future__ import annotations

import numpy as np

from rag.choosing.pointing import pointed
from rag.lines import lines
from rag.refusing.layers import Layers
from rag.types import Question

_LEAST = 1e-4


def told_by_reader(question: Question, layers: Layers) -> dict[str, float]:
    """Logarithms of odds: that the passage answers, that its likeliest span does, and those spans of the told sentence.

    `reader_aside` is by how much the sentence's best span is behind the passage's, `reader_clauses` the share of the
    sentence's spans that lies in what is told of it.
    """
    best = layers.best
    every = lines(best.line.passage)
    seen = pointed(question.standalone, [every])[0]
    own = next((one for line, one in zip(every, seen, strict=True) if line.ordinal == best.line.ordinal), seen[0])
    inside = [
        chance
        for clause, chance in zip(best.line.clauses, own.clauses, strict=False)
        if clause.start < best.end and clause.end > best.start
    ]
    whole = sum(own.clauses)
    return {
        "reader_answers": _odds(1 - own.none),
        "reader_leading": _odds(own.leading),
        "reader_best": _odds(own.best),
        "reader_whole": _odds(own.whole),
        "reader_aside": _odds(own.best) - _odds(own.leading),
        "reader_clauses": sum(inside) / whole if whole else 0.0,
    }


def _odds(chance: float) -> float:
    sure = min(max(chance, _LEAST), 1 - _LEAST)
    return float(np.log(sure / (1 - sure)))
