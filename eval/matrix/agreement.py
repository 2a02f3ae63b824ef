"""How far two readers of the same documents agree on cells: what a program can be asked for at most.

`python -m eval.matrix.agreement`: the second, blind reading of 140 documents of the test halves against the golds.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from eval.matrix.gold_cells import GOLDS, GoldCell, read_gold
from eval.matrix.shares import share
from index.errors import ChangaiError

SECOND = "matrix_second"
HALF = "test"
_Key = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells of one reader over some documents, each with its state and its figures."""

    states: dict[_Key, str]
    figures: dict[_Key, set[str]]


def reading(cells: Sequence[GoldCell], documents: Collection[str]) -> Reading:
    """What a reader's cells say of these documents alone: adopted where some evidence there is."""
    states: dict[_Key, str] = {}
    figures: dict[_Key, set[str]] = {}
    for cell in cells:
        for proof in (one for one in cell.evidence if one.document in documents):
            # Several rows may be of one cell, since what an enterprise does is told apart by its evidence.
            key = cell.place, cell.measure, proof.level == "enterprise"
            if states.get(key) != "adopted":
                states[key] = proof.state
            figures.setdefault(key, set()).update([proof.figure] if proof.figure else [])
    return Reading(states, figures)


def lines(first: Reading, second: Reading) -> list[str]:
    """Precision and recall of the second reading as if the first were right, and on how many figures both agree."""
    both = [key for key, state in second.states.items() if first.states.get(key) == state]
    with_figures = [key for key in both if second.figures[key]]
    agreeing = sum(bool(second.figures[key] & first.figures[key]) for key in with_figures)
    return [
        f"second against first, precision  {share(len(both), len(second.states))}",
        f"second against first, recall     {share(len(both), len(first.states))}",
        f"figures agree                    {share(agreeing, len(with_figures))}",
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the agreement with each gold and with both; 1 with one clear line where a file cannot be read."""
    argparse.ArgumentParser(prog="python -m eval.matrix.agreement", description=__doc__).parse_args(argv)
    try:
        second = read_gold(SECOND, HALF)
        golds = {name: read_gold(name, HALF) for name in GOLDS if name != SECOND}
    except ChangaiError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1
    read = {one.name for one in second.documents}
    every = [cell for gold in golds.values() for cell in gold.cells]
    told = [(name, gold.cells, read & {one.name for one in gold.documents}) for name, gold in golds.items()]
    for name, cells, documents in [*told, ("both", every, read)]:
        if documents:
            known = lines(reading(cells, documents), reading(second.cells, documents))
            sys.stdout.write("\n".join([f"{name}, {len(documents)} documents", *known, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
