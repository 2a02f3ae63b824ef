"""Two runs side by side: what each headline gained or lost beyond noise, and which questions got better or worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.measures import all_measures, headlines
from eval.measures.measure import Measure
from eval.scores import ScoredQuestion
from eval.statistics import Difference, difference
from index.errors import DatasetError


@dataclass(frozen=True, slots=True)
class Change:
    """One question whose reply was right in one run and wrong in the other."""

    id: str
    type: str
    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """B against A over the questions that both hold; `only_a` and `only_b` count the others."""

    differences: Mapping[str, Difference]
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    changed: tuple[Change, ...]
    common: int
    only_a: int
    only_b: int

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain JSON."""
        whole = asdict(self)
        whole["differences"] = {key: {**asdict(each), "value": each.value} for key, each in self.differences.items()}
        return whole


def compare(before: Mapping[str, ScoredQuestion], after: Mapping[str, ScoredQuestion]) -> Comparison:
    """Two runs by question id; a question that was reworded or given other gold in between is another question.

    Raises DatasetError when they have no question in common.
    """
    common = [key for key, each in before.items() if each.same_task(after.get(key))]
    if not common:
        raise DatasetError("两次评测没有相同的题，无法比较；请检查是否用了同一个题库。")
    pairs = [(before[key], after[key]) for key in common]
    found = {key: gap for key, each in compared().items() if (gap := _difference(each, pairs)) is not None}
    return Comparison(
        found,
        better=_changes(pairs, lambda one, other: one.failed and not other.failed),
        worse=_changes(pairs, lambda one, other: not one.failed and other.failed),
        changed=_changes(pairs, lambda one, other: one.failed == other.failed and one.told != other.told),
        common=len(common),
        only_a=len(before) - len(common),
        only_b=len(after) - len(common),
    )


def compared() -> dict[str, Measure]:
    """The headlines, and beside them the measures that tell their cost."""
    beside = ("accuracy", "accuracy_64", "f1", "figure_accuracy", "forbidden", "evidence_5", "length", "p50_ms")
    return headlines() | {key: all_measures()[key] for key in beside}


def _difference(measure: Measure, pairs: Sequence[tuple[ScoredQuestion, ScoredQuestion]]) -> Difference | None:
    return difference(
        measure.sum,
        [one.readings.get(measure.key) for one, _ in pairs],
        [other.readings.get(measure.key) for _, other in pairs],
    )


def _changes(pairs: Sequence[tuple[ScoredQuestion, ScoredQuestion]], holds: Any) -> tuple[Change, ...]:
    return tuple(
        Change(one.id, one.type, one.question, one.told, other.told) for one, other in pairs if holds(one, other)
    )
