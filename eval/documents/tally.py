"""Counts of right, wrong and missed names over many judged sets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Counts over many judged sets of names; an empty case reads as 1, for nothing was asked and nothing was wrong."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    sets: int = 0
    exact: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Counts one judged set."""
        self.right += right
        self.wrong += wrong
        self.missed += missed
        self.sets += 1
        self.exact += not wrong and not missed

    @property
    def precision(self) -> float:
        """The share of the names given that are right."""
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the names demanded that were given."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def exact_share(self) -> float:
        """The share of the sets that hold every name demanded and no wrong one."""
        return share(self.exact, self.sets)


def share(part: int, whole: int) -> float:
    """A part of a whole; 1 where the whole is empty."""
    return part / whole if whole else 1.0
