"""What a report shows, as plain records, so that any run of any system can fill them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from math import isfinite
from typing import Any, Literal

from eval.estimate import Estimate

Unit = Literal["share", "ms", "characters", "MB", "number"]
Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its Chinese name, definition and group, over all questions and by type (the keys of `TypeLine`)."""

    key: str
    name: str
    definition: str
    unit: Unit
    better: Better
    group: str
    headline: bool
    overall: Estimate
    by_type: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A type of question, its Chinese name, and how many questions of it were asked."""

    key: str
    name: str
    questions: int


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Share of questions answered at a threshold of confidence, and share of those answered wrongly; both 0 to 1."""

    coverage: float
    risk: float
    threshold: float


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote under an answer, with three marks: verbatim in its source, overlaps gold evidence, figures kept."""

    number: int
    title: str
    file: str
    quote: str
    verbatim: bool
    on_gold: bool
    figures_kept: bool


@dataclass(frozen=True, slots=True)
class WorstQuestion:
    """A question that went wrong: what was answered, what was expected, and the faults as short Chinese words."""

    id: str
    type: str
    type_name: str
    question: str
    history: tuple[str, ...]
    answer: str
    refused: bool
    reason: str
    confidence: float | None
    quotes: tuple[ShownQuote, ...]
    expected: str
    evidence: tuple[str, ...]
    faults: tuple[str, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class ReportView:
    """A whole report.

    `facts` are pairs of a Chinese name and what was run; `threshold` is the confidence below which the system refuses;
    `problems` are whole Chinese sentences about the run or its dataset. All strings may hold hostile text.
    """

    title: str
    made_at: str
    facts: tuple[tuple[str, str], ...]
    types: tuple[TypeLine, ...]
    measures: tuple[MeasureLine, ...]
    risk_curve: tuple[RiskPoint, ...]
    risk_area: Estimate
    threshold: float | None
    latencies_ms: tuple[float, ...]
    worst: tuple[WorstQuestion, ...]
    problems: tuple[str, ...]

    @property
    def headlines(self) -> tuple[MeasureLine, ...]:
        """The headline measures that counted anything, in their order."""
        return tuple(line for line in self.measures if line.headline and line.overall.value is not None)

    @property
    def typed_headlines(self) -> tuple[MeasureLine, ...]:
        """The headline measures that mean something for a single type.

        An area under the risk–coverage curve does not: where no question has an answer it is 1 by definition.
        """
        return tuple(line for line in self.headlines if line.by_type and line.key != "risk_area")

    @property
    def heading(self) -> str:
        """What stands under the title: the time, and what this is where the title does not say it."""
        return self.made_at if "评测报告" in self.title else f"评测报告 · {self.made_at}"

    @property
    def groups(self) -> dict[str, list[MeasureLine]]:
        """All measures under the names of their groups, in the order in which the groups first appear."""
        groups: dict[str, list[MeasureLine]] = {}
        for line in self.measures:
            groups.setdefault(line.group, []).append(line)
        return groups

    @property
    def working_point(self) -> RiskPoint | None:
        """The point of the curve at which the system works: the lowest threshold that is not below its own."""
        if self.threshold is None:
            return None
        reached = [point for point in self.risk_curve if point.threshold >= self.threshold]
        return min(reached, key=lambda point: point.threshold, default=None)


def view_json(view: ReportView) -> dict[str, Any]:
    """The view as plain JSON values under the names of its fields; a number that JSON cannot say becomes null."""
    return {field.name: _plain(getattr(view, field.name)) for field in fields(view)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not isfinite(value) else value
