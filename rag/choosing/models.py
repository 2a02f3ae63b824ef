"""The three models by which sentences and clauses are chosen: those that are shipped, or for a while others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.choosing.crossing import Crossing
from rag.ranking.forest import Forest

DATA = Path(__file__).parents[1] / "data"
SENTENCES_FILE = "chooser.npz"
CLAUSES_FILE = "clauses.npz"
CROSSING_FILE = "crossing.npz"


@dataclass(frozen=True, slots=True)
class Choosers:
    """The forests of sentences and of clauses, whose sums are the logarithms of odds, and the table of crossed words."""

    sentences: Forest
    clauses: Forest
    crossing: Crossing

    @staticmethod
    def load(folder: Path) -> Choosers:
        """The three files of a folder; OSError or ValueError when one cannot be read."""
        return Choosers(
            Forest.load(folder / SENTENCES_FILE),
            Forest.load(folder / CLAUSES_FILE),
            Crossing.load(folder / CROSSING_FILE),
        )


_instead: ContextVar[Choosers | None] = ContextVar("choosers", default=None)


@cache
def _shipped() -> Choosers:
    return Choosers.load(DATA)


def choosers() -> Choosers:
    """The choosers in use."""
    return _instead.get() or _shipped()


@contextmanager
def choosing_by(others: Choosers | None) -> Iterator[None]:
    """Within it others choose, so that what learns from their chances can ask ones that never saw its questions.

    Without others the shipped ones go on.
    """
    token = _instead.set(others)
    try:
        yield
    finally:
        _instead.reset(token)
