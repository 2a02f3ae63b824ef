"""Fits the weights by which clauses count as evidence, on the documents of the dev halves that were read.

`python -m eval.matrix.fit --index DIR --gold matrix_gold [--index DIR --gold matrix_more] [--out FILE]` prints, gold by gold,
what the fitted weights do and what weights do that were fitted without the documents that they judge (ten folds by document).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.matrix.cells import compare
from eval.matrix.found_cells import row_of
from eval.matrix.gold_cells import GOLDS, Gold, read_gold
from index.library import Library
from index.measures.evidence import Weighed, counted, weighed_of
from index.measures.evidence_file import EvidenceSource, Shown
from index.measures.features import BIAS
from index.measures.weighing import SCORES, WEIGHTS, Weights
from index.places import is_enterprise
from index.settings import Settings

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

FOLDS = 10
# How strongly weights are drawn to zero, and how often a feature must occur to have one.
RIDGE, SEEN = 10.0, 4
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """What a document tells of a measure of a place; whether the gold has it, and as an enterprise's (None: as both).

    One that the gold cannot judge, as it keeps no rows of named enterprises, teaches nothing.
    """

    document: str
    source: EvidenceSource
    group: Weighed
    is_judged: bool
    is_shown: bool
    is_enterprise: bool | None

    @property
    def fold(self) -> int:
        """The fold of its document."""
        return int(hashlib.sha256(self.document.encode()).hexdigest()[:8], 16) % FOLDS


def samples(library: Library, gold: Gold) -> list[Sample]:
    """Everything that the read documents may tell, with what the gold says of it."""
    levels: dict[tuple[str, str, str], set[bool]] = {}
    for cell in gold.cells:
        for proof in cell.evidence:
            levels.setdefault((proof.document, cell.place, cell.measure), set()).add(proof.level == "enterprise")
    read = {one.name for one in gold.documents}
    found: list[Sample] = []
    for held in library.held():
        name = held.record or held.file
        if name in read:
            document = library.document(held.id)
            source = EvidenceSource.of(document)
            for group in weighed_of(document, library.chunks_of(held.id)):
                said = group.found[0].evidence
                row = row_of(said.place)
                told = levels.get((name, row, said.measure), set())
                is_judged = bool(row) and (bool(told) or not is_enterprise(said.place))
                kind = next(iter(told)) if len(told) == 1 else None
                found.append(Sample(name, source, group, is_judged, bool(told), kind))
    return found


def fitted(known: Sequence[Sample]) -> Weights:
    """The weights for these samples."""
    judged = [one for one in known if one.is_judged]
    shown = _fit([one.group.features for one in judged], [one.is_shown for one in judged])
    placed = [(one.group.features, one.is_enterprise) for one in judged if one.is_enterprise is not None]
    return {"shown": shown, "enterprise": _fit([one for one, _ in placed], [label for _, label in placed])}


def _fit(rows: Sequence[Mapping[str, float]], labels: Sequence[bool]) -> dict[str, float]:
    """Logistic regression with a ridge, by Newton's method; the bias is not drawn to zero."""
    import numpy as np

    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    at = {name: column for column, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in at:
                matrix[number, at[name]] = value
    ridge = np.full(len(names), RIDGE)
    ridge[at[BIAS]] = 1e-6
    solved = _newton(matrix, np.array(labels, dtype=float), ridge)
    return dict(zip(names, map(float, solved), strict=True))


def _newton(
    matrix: NDArray[numpy.float64], labels: NDArray[numpy.float64], ridge: NDArray[numpy.float64]
) -> NDArray[numpy.float64]:
    import numpy as np

    solved = np.zeros(matrix.shape[1])
    for _ in range(_ROUNDS):
        chances = 1 / (1 + np.exp(-np.clip(matrix @ solved, -30, 30)))
        slope = matrix.T @ (labels - chances) - ridge * solved
        curve = (matrix * (chances * (1 - chances))[:, None]).T @ matrix + np.diag(ridge)
        solved = solved + np.linalg.solve(curve, slope)
    return solved


def evidence(known: Sequence[Sample], weights_for: Callable[[Sample], Weights]) -> Iterator[Shown]:
    """What counts as evidence when each sample is weighed by its weights."""
    for one in known:
        yield from (Shown(one.source, told) for told in counted([one.group], weights_for(one)))


def main(argv: Sequence[str] | None = None) -> int:
    """Fits, prints both figures of each gold and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m eval.matrix.fit", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, action="append")
    parser.add_argument("--gold", choices=GOLDS, required=True, action="append")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(argv)
    if len(given.index) != len(given.gold):
        parser.error("每个 --index 要配一个 --gold。")
    with ExitStack() as opened:
        libraries = [opened.enter_context(Library.open(Settings(folder=folder))) for folder in given.index]
        golds = [read_gold(name, "dev") for name in given.gold]
        parts = [samples(library, gold) for library, gold in zip(libraries, golds, strict=True)]
        known = [one for part in parts for one in part]
        folds = [fitted([one for one in known if one.fold != fold]) for fold in range(FOLDS)]
        whole = fitted(known)
        for name, library, gold, part in zip(given.gold, libraries, golds, parts, strict=True):
            sys.stdout.write(f"{name}: {len(part)} samples of {len({one.document for one in part})} documents\n")
            for title, shown in (
                ("fitted", evidence(part, lambda one: whole)),
                ("out of fold", evidence(part, lambda one: folds[one.fold])),
            ):
                outcome = compare(library, gold, shown)
                sys.stdout.write("".join(f"{title:<12} {line}\n" for line in outcome.lines(0)))
    given.out.write_text(table(whole), encoding="utf-8")
    return 0


def table(weights: Weights) -> str:
    """The file of these weights: a line for each feature."""
    names = sorted({name for score in SCORES for name in weights[score]})
    rows = ["\t".join([name, *(f"{weights[score].get(name, 0.0):.4f}" for score in SCORES)]) for name in names]
    return "".join(f"{row}\n" for row in ["\t".join(["# feature", *SCORES]), *rows])


if __name__ == "__main__":
    sys.exit(main())
