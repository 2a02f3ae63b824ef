"""What documents tell when nothing was learned from them: names of measures that only their own fold taught are unknown."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.matrix.found_cells import row_of
from eval.matrix.gold_cells import Gold
from index.library import Library
from index.measures.evidence import Weighed, weighed_of
from index.measures.evidence_file import EvidenceSource
from index.measures.taxonomy import HINT, READ, TAXONOMY, choose_taxonomy, measures
from index.normalise import search_form
from index.places import is_enterprise

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Read:
    """Documents that were read: the library that holds them, what was found in them, and how much each of them teaches."""

    name: str
    library: Library
    gold: Gold
    weight: float = 1.0


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
    weight: float = 1.0

    @property
    def fold(self) -> int:
        """The fold of its document."""
        return fold_of(self.document)


def fold_of(document: str) -> int:
    """The fold of a document."""
    return int(hashlib.sha256(document.encode()).hexdigest()[:8], 16) % FOLDS


def samples(known: Read, fold: int | None = None) -> list[Sample]:
    """Everything that the read documents (of a fold) may tell, with what the gold says of it."""
    library, gold = known.library, known.gold
    levels: dict[tuple[str, str, str], set[bool]] = {}
    for cell in gold.cells:
        for proof in cell.evidence:
            levels.setdefault((proof.document, cell.place, cell.measure), set()).add(proof.level == "enterprise")
    read = {one.name for one in gold.documents if fold in (None, fold_of(one.name))}
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
                found.append(Sample(name, source, group, is_judged, bool(told), kind, known.weight))
    return found


def held_out(read: Sequence[Read]) -> list[list[Sample]]:
    """The samples of each gold, each document read with what the other folds teach alone."""
    taught = _folds_by_name([one for each in read for one in samples(each)])
    parts: list[list[Sample]] = [[] for _ in read]
    for fold in range(FOLDS):
        with _without(_taught_by(fold, taught)):
            for part, each in zip(parts, read, strict=True):
                part.extend(samples(each, fold))
    return parts


def _folds_by_name(known: Sequence[Sample]) -> dict[str, set[int]]:
    """The folds in whose documents a name of a measure was right."""
    taught: dict[str, set[int]] = {}
    for sample in known:
        if sample.is_shown:
            for found in sample.group.found:
                taught.setdefault(found.clause.name, set()).add(sample.fold)
    return taught


def _taught_by(fold: int, taught: dict[str, set[int]]) -> set[str]:
    """The names that this fold alone bears out; what a measure is called is known without any document."""
    called = {search_form(one.name) for one in measures()}
    return {name for name, folds in taught.items() if folds == {fold} and name not in called}


@contextmanager
def _without(names: Collection[str]) -> Iterator[None]:
    """Reads with a taxonomy that lacks some names."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / TAXONOMY.name
        lines = TAXONOMY.read_text(encoding="utf-8").splitlines()
        file.write_text("".join(f"{_less(line, names)}\n" for line in lines), encoding="utf-8")
        choose_taxonomy(file)
        try:
            yield
        finally:
            choose_taxonomy(None)


def _less(line: str, names: Collection[str]) -> str:
    if line.startswith("#"):
        return line
    aspect, name, others, *rest = line.split("\t")
    kept = [each for each in others.split() if search_form(each).lstrip(READ + HINT) not in names]
    return "\t".join([aspect, name, " ".join(kept), *rest])
