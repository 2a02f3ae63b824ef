"""What a comparison found of one system in one track, summed over its repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from eval.peers.marks import Gold, Mark, marks
from eval.peers.run import Measured
from eval.peers.schedule import Entry
from eval.peers.spread import Spread, ratio
from eval.statistics import Difference, difference


@dataclass(frozen=True, slots=True)
class Outcome:
    """One system in one track: `runs` holds its repeats in order, failed ones included.

    Retrieval is marked on the first repeat, which asks every question; the others ask the first few again and must find
    the same.
    """

    entry: Entry
    runs: tuple[Measured, ...]
    marks: tuple[Mark, ...]
    documents: int

    @property
    def error(self) -> str:
        """The first failure, or nothing."""
        return next((run.error for run in self.runs if run.error), "")

    @property
    def first(self) -> Measured:
        """The repeat that retrieval is marked on."""
        return self.runs[0]

    def rates(self) -> list[float | None]:
        """Documents a second, a figure a repeat; None where the repeat failed."""
        return [self.documents / run.seconds if run.seconds else None for run in self.runs]

    def latencies(self) -> list[float | None]:
        """The median time of a question in ms, a figure a repeat, over the questions that every repeat asks."""
        asked = min((len(run.milliseconds) for run in self.runs if run.milliseconds), default=0)
        return [median(run.milliseconds[:asked]) if run.milliseconds else None for run in self.runs]

    def memories(self) -> list[float | None]:
        """The peak memory in MiB, a figure a repeat."""
        return [run.peak_mb or None for run in self.runs]

    def mean(self, field: str) -> float:
        """The mean of one mark over all questions; a system that failed has zeros."""
        return sum(getattr(mark, field) for mark in self.marks) / len(self.marks) if self.marks else 0.0

    def repeats_agree(self) -> bool:
        """Whether every later repeat found the same documents in the same order."""
        return all(run.hits == self.first.hits[: len(run.hits)] for run in self.runs[1:])


@dataclass(frozen=True, slots=True)
class Against:
    """A system's figures as ratios to ours, and the paired difference of hit@1 (theirs less ours)."""

    rate: Spread
    latency: Spread
    memory: Spread
    hit: Difference | None


def outcome(entry: Entry, runs: Sequence[Measured], gold: Sequence[Gold], documents: int) -> Outcome:
    """The outcome of an entry's repeats; a first repeat that failed found nothing for any question."""
    found = runs[0].hits if runs and runs[0].hits else ((),) * len(gold)
    return Outcome(entry, tuple(runs), tuple(marks(found, gold)), documents)


def against(theirs: Outcome, ours: Outcome) -> Against:
    """The comparison of one system with ours, over the same questions and repeats."""
    readings = [[(mark.hit, 1.0) for mark in each.marks] for each in (ours, theirs)]
    return Against(
        ratio(theirs.rates(), ours.rates()),
        ratio(theirs.latencies(), ours.latencies()),
        ratio(theirs.memories(), ours.memories()),
        difference("share", *readings),
    )
