"""Fits the weights by which clauses count as evidence, on the dev halves, the general news and the snippets that were read.

`python -m eval.matrix.fit --index DIR --gold matrix_gold [--index DIR --gold matrix_more …] [--out FILE]` prints, gold by gold,
what is found in documents that taught nothing (five folds by document: neither the weights, nor a name of a measure that only
their fold bears out) and what is found with everything, and writes the weights.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from eval.matrix.cells import compare
from eval.matrix.gold_cells import GOLDS, LEARNED, learned_half, read_gold
from eval.matrix.held_out import FOLDS, Read, Sample, held_out, samples
from eval.matrix.snippets import gold_of, library_of, read_snippets
from index.library import Library
from index.measures.evidence import counted
from index.measures.evidence_file import Shown
from index.measures.features import BIAS
from index.measures.weighing import SCORES, WEIGHTS, Weights
from index.settings import Settings

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

# How strongly weights are drawn to zero, and how often a feature must occur to have one.
RIDGE, SEEN = 5.0, 4
# What only hints at a measure seldom shows it, and there is little of it to learn from.
HINT_RIDGE = 20.0
# A snippet, written to show a measure or nearly so, teaches less than a document that was found.
SNIPPET = 0.5
_ROUNDS = 8
# What nothing was learned of is no evidence.
_UNTAUGHT = {BIAS: -9.0}
_SNIPPETS = "snippets"


def fitted(known: Sequence[Sample]) -> Weights:
    """The weights for these samples."""
    judged = [one for one in known if one.is_judged]
    named = [(one, one.is_shown) for one in judged if not one.group.is_hinted]
    hinted = [(one, one.is_shown) for one in judged if one.group.is_hinted]
    placed = [(one, one.is_enterprise) for one in judged if one.is_enterprise is not None]
    return {
        "shown": _fit(named, RIDGE),
        "hinted": _fit(hinted, HINT_RIDGE) if len(hinted) >= SEEN else _UNTAUGHT,
        "enterprise": _fit(placed, RIDGE),
    }


def _fit(told: Sequence[tuple[Sample, bool]], drawn: float) -> dict[str, float]:
    """Logistic regression with a ridge, by Newton's method; the bias is not drawn to zero."""
    import numpy as np

    counts = Counter(name for one, _ in told for name in one.group.features)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    at = {name: column for column, name in enumerate(names)}
    matrix = np.zeros((len(told), len(names)))
    for number, (one, _) in enumerate(told):
        for name, value in one.group.features.items():
            if name in at:
                matrix[number, at[name]] = value
    ridge = np.full(len(names), drawn)
    ridge[at[BIAS]] = 1e-6
    teaching = np.array([one.weight for one, _ in told])
    solved = _newton(matrix, np.array([label for _, label in told], dtype=float), teaching, ridge)
    return dict(zip(names, map(float, solved), strict=True))


def _newton(
    matrix: NDArray[numpy.float64],
    labels: NDArray[numpy.float64],
    teaching: NDArray[numpy.float64],
    ridge: NDArray[numpy.float64],
) -> NDArray[numpy.float64]:
    import numpy as np

    solved = np.zeros(matrix.shape[1])
    for _ in range(_ROUNDS):
        chances = 1 / (1 + np.exp(-np.clip(matrix @ solved, -30, 30)))
        slope = matrix.T @ (teaching * (labels - chances)) - ridge * solved
        curve = (matrix * (teaching * chances * (1 - chances))[:, None]).T @ matrix + np.diag(ridge)
        solved = solved + np.linalg.solve(curve, slope)
    return solved


def evidence(known: Sequence[Sample], weights_for: Callable[[Sample], Weights]) -> Iterator[Shown]:
    """What counts as evidence when each sample is weighed by its weights."""
    for one in known:
        yield from (Shown(one.source, told) for told in counted([one.group], weights_for(one)))


def main(argv: Sequence[str] | None = None) -> int:
    """Fits, prints both figures of each gold and writes what was learned."""
    parser = argparse.ArgumentParser(prog="python -m eval.matrix.fit", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, action="append")
    parser.add_argument("--gold", choices=(*GOLDS, LEARNED), required=True, action="append")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(argv)
    if len(given.index) != len(given.gold):
        parser.error("每个 --index 要配一个 --gold。")
    with ExitStack() as opened:
        read = [
            Read(name, opened.enter_context(Library.open(Settings(folder=folder))), read_gold(name, learned_half(name)))
            for folder, name in zip(given.index, given.gold, strict=True)
        ]
        snippets = read_snippets()
        read.append(Read(_SNIPPETS, opened.enter_context(library_of(snippets)), gold_of(snippets), SNIPPET))
        parts = held_out(read)
        known = [one for part in parts for one in part]
        folds = [fitted([one for one in known if one.fold != fold]) for fold in range(FOLDS)]
        wholes = [samples(each) for each in read]
        whole = fitted([one for part in wholes for one in part])
        for each, part, everything in zip(read, parts, wholes, strict=True):
            sys.stdout.write(f"{each.name}: {len(part)} samples of {len({one.document for one in part})} documents\n")
            _tell("held out", each, evidence(part, lambda one: folds[one.fold]))
            _tell("with everything", each, evidence(everything, lambda one: whole))
    given.out.write_text(table(whole), encoding="utf-8")
    return 0


def _tell(title: str, read: Read, shown: Iterator[Shown]) -> None:
    outcome = compare(read.library, read.gold, shown)
    sys.stdout.write("".join(f"{title:<16} {line}\n" for line in outcome.lines(0)))


def table(weights: Weights) -> str:
    """The file of these weights: a line for each feature."""
    names = sorted({name for score in SCORES for name in weights[score]})
    rows = ["\t".join([name, *(f"{weights[score].get(name, 0.0):.4f}" for score in SCORES)]) for name in names]
    return "".join(f"{row}\n" for row in ["\t".join(["# feature", *SCORES]), *rows])


if __name__ == "__main__":
    sys.exit(main())
