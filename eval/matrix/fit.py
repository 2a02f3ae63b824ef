"""Fits the weights by which clauses count as evidence, on the documents of the dev half that were read.

`python -m eval.matrix.fit --index DIR [--out FILE]` prints what the fitted weights do and what weights do that were fitted
without the documents that they judge (ten folds by document).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.matrix.cells import DATA, share
from eval.matrix.found_cells import row_of
from eval.matrix.gold_cells import read_cells, read_documents
from index.library import Library
from index.measures.evidence import OF_ENTERPRISE, SHOWN, Weighed, weighed_of
from index.measures.weighing import BIAS, SCORES, WEIGHTS, Score, logistic
from index.places import is_enterprise
from index.settings import Settings

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

FOLDS = 10
# How strongly weights are drawn to zero, and how often a feature must occur to have one.
RIDGE, SEEN = 2.0, 4
_ROUNDS = 30
Weights = Mapping[Score, Mapping[str, float]]
Key = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Sample:
    """What a document tells of a measure of a place; whether the gold has it, and as an enterprise's (None: as both)."""

    document: str
    row: str
    measure: str
    group: Weighed
    is_shown: bool
    is_enterprise: bool | None

    @property
    def fold(self) -> int:
        """The fold of its document."""
        return int(hashlib.sha256(self.document.encode()).hexdigest()[:8], 16) % FOLDS


def samples(library: Library) -> list[Sample]:
    """Everything that the read documents of the dev half may tell, with what the gold says of it."""
    levels: dict[tuple[str, str, str], set[bool]] = {}
    for cell in read_cells(DATA / "matrix_gold_dev.jsonl"):
        for proof in cell.evidence:
            levels.setdefault((proof.document, cell.place, cell.measure), set()).add(proof.level == "enterprise")
    read = {one.name for one in read_documents(DATA / "matrix_gold_documents.json", "dev")}
    found: list[Sample] = []
    for held in library.held():
        name = held.record or held.file
        if name in read:
            document = library.document(held.id)
            for group in weighed_of(document, library.chunks_of(held.id)):
                found += _samples(name, group, levels)
    return found


def _samples(name: str, group: Weighed, levels: Mapping[tuple[str, str, str], set[bool]]) -> Iterator[Sample]:
    said = group.found[0].evidence
    row = row_of(said.place)
    told = levels.get((name, row, said.measure), set())
    if row and (told or not is_enterprise(said.place)):
        yield Sample(name, row, said.measure, group, bool(told), next(iter(told)) if len(told) == 1 else None)


def fitted(known: Sequence[Sample]) -> Weights:
    """The weights for these samples."""
    shown = _fit([one.group.features for one in known], [one.is_shown for one in known])
    placed = [(one.group.features, one.is_enterprise) for one in known if one.is_enterprise is not None]
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


def lines(known: Sequence[Sample], weights_for: Callable[[Sample], Weights]) -> Iterator[str]:
    """Precision and recall over what may be shown, by place, measure and whether it is an enterprise's."""
    found: set[Key] = set()
    wanted: set[Key] = set()
    for one in known:
        weights = weights_for(one)
        if one.is_shown:
            kinds: Collection[bool] = (one.is_enterprise,) if one.is_enterprise is not None else (False, True)
            wanted |= {(one.row, one.measure, kind) for kind in kinds}
        if logistic(weights["shown"], one.group.features) >= SHOWN:
            chance = logistic(weights["enterprise"], one.group.features)
            found.add((one.row, one.measure, one.group.is_led or chance >= OF_ENTERPRISE))
    yield f"precision {share(len(found & wanted), len(found))}"
    yield f"recall of what is named {share(len(found & wanted), len(wanted))}"


def main(argv: Sequence[str] | None = None) -> int:
    """Fits, prints both figures and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m eval.matrix.fit", description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(argv)
    with Library.open(Settings(folder=given.index)) as library:
        known = samples(library)
    folds = [fitted([one for one in known if one.fold != fold]) for fold in range(FOLDS)]
    whole = fitted(known)
    sys.stdout.write(f"{len(known)} samples of {len({one.document for one in known})} documents\n")
    for title, weights_for in (
        ("fitted", lambda one: whole),
        ("cross-validated", lambda one: folds[one.fold]),
    ):
        sys.stdout.write(f"{title}: {'; '.join(lines(known, weights_for))}\n")
    names = sorted({name for score in SCORES for name in whole[score]})
    rows = ["\t".join([name, *(f"{whole[score].get(name, 0.0):.4f}" for score in SCORES)]) for name in names]
    head = "\t".join(["# feature", *SCORES])
    given.out.write_text("".join(f"{row}\n" for row in [head, *rows]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
