"""How likely a word of a question stands in the passage that answers it, learned from answered questions.

A way of asking (多少, 怎么办) hardly ever does, the name of a thing nearly always: the term necessity of Zhao and Callan
("Term necessity prediction", CIKM 2010), counted and smoothed instead of regressed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "data" / "necessity.tsv"
# The mean over the tokens of the questions that were counted, for a token that is not in the table.
USUAL = 0.45
# A token of the table's kind that was never counted but holds a character of asking.
ASKED = 0.1
_LEAST = 0.01
_ASKING = frozenset("吗么哪谁几咋啥呢怎何吧")


def necessity(token: str) -> float:
    """The chance, 0..1, that a token of a question stands in a passage that answers it."""
    known = _table().get(token)
    if known is not None:
        return known
    return ASKED if not _ASKING.isdisjoint(token) else USUAL


@cache
def _table() -> dict[str, float]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    # Every token matters a little: the keyword leg weighs by what is above zero.
    return {token: max(float(value), _LEAST) for token, value in pairs}
