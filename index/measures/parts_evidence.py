"""The evidence of all parts of an index, read measure by measure; what is out of date is found again beside the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path

from index.measures.evidence_file import EVIDENCE_FILE, Shown, derive_evidence, is_fresh, read_evidence
from index.measures.taxonomy import measures as known_measures

# From so many measures on, all are read at once: opening the files costs more than reading them.
_FEW = 2


class PartsEvidence:
    """Reads the parts in these folders; `spare` gives a folder of the reader's own for what must be found again."""

    def __init__(self, parts: Sequence[Path], spare: Callable[[], Path]) -> None:
        self._parts = tuple(parts)
        self._spare = spare
        self._read: dict[str, tuple[Shown, ...]] = {}

    def of(self, measures: Collection[str]) -> list[Shown]:
        """The evidence for the measures with these names, measure by measure in the order of the documents."""
        if sum(measure not in self._read for measure in measures) > _FEW:
            self._read_all()
        return [one for measure in measures for one in self._of_one(measure)]

    def is_fresh(self) -> bool:
        """Whether all of it was found with the present taxonomy."""
        return all(is_fresh(folder) for folder in self._parts)

    def _read_all(self) -> None:
        found: dict[str, list[Shown]] = {one.name: [] for one in known_measures()}
        for path in self._files:
            for one in read_evidence(path):
                found.setdefault(one.evidence.measure, []).append(one)
        self._read |= {measure: tuple(shown) for measure, shown in found.items()}

    def _of_one(self, measure: str) -> tuple[Shown, ...]:
        # Threads that come at the same time read the same.
        if measure not in self._read:
            self._read[measure] = tuple(one for path in self._files for one in read_evidence(path, measure))
        return self._read[measure]

    @cached_property
    def _files(self) -> list[Path]:
        stale = [folder for folder in self._parts if not is_fresh(folder)]
        spare = self._spare() if stale else Path()
        for folder in stale:
            (spare / folder.name).mkdir()
            derive_evidence(folder, spare / folder.name)
        return [(spare / folder.name if folder in stale else folder) / EVIDENCE_FILE for folder in self._parts]
