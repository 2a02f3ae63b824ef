"""A run summed up: every measure with its interval, over all questions and by type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.estimate import Estimate
from eval.measures import all_measures
from eval.measures.measure import Reading
from eval.result import Result, Run
from eval.statistics import estimate

Readings = Mapping[str, Sequence[Reading | None]]


@dataclass(frozen=True, slots=True)
class Summary:
    """A run with its measures by key: `overall`, and `by_type` in the order in which the types first appear."""

    run: Run
    overall: Mapping[str, Estimate]
    by_type: Mapping[str, Mapping[str, Estimate]]

    def of_type(self, name: str) -> list[Result]:
        """The results of one type of question."""
        return [each for each in self.run.results if each.question.type == name]


def summarise(run: Run) -> Summary:
    """Every measure of a run with its bootstrap interval."""
    read = readings(run.results)
    types: dict[str, list[int]] = {}
    for at, result in enumerate(run.results):
        types.setdefault(result.question.type, []).append(at)
    every = range(len(run.results))
    return Summary(run, _estimates(read, every), {name: _estimates(read, at) for name, at in types.items()})


def readings(results: Sequence[Result]) -> dict[str, list[Reading | None]]:
    """What each measure reads of each question, by the measure's key."""
    return {key: [each.read(result) for result in results] for key, each in all_measures().items()}


def _estimates(read: Readings, at: Sequence[int]) -> dict[str, Estimate]:
    return {key: estimate(each.sum, [read[key][number] for number in at]) for key, each in all_measures().items()}
