"""The folds by document, and choosers each of which learned without one of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from rag.choosing.models import Choosers

FOLDS = 5


def fold_of(document: str) -> int:
    """The fold of a document: all that is asked of it is in one."""
    return crc32(document.encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class Folded:
    """A chooser a fold, which never saw the documents of it: what they say of learned questions is as of new ones."""

    by_fold: tuple[Choosers, ...]

    @staticmethod
    def load(folder: Path) -> Folded:
        """The choosers that `train_chooser --folds` wrote; OSError or ValueError when one cannot be read."""
        return Folded(tuple(Choosers.load(folder / str(fold)) for fold in range(FOLDS)))

    def of(self, document: str) -> Choosers:
        """The chooser that did not learn from a document."""
        return self.by_fold[fold_of(document)]
