"""The one thing that is worst, for a reader in a hurry."""

from __future__ import annotations

from dataclasses import dataclass

from eval.estimate import Estimate
from eval.reports.view import MeasureLine, ReportView, TypeLine
from eval.reports.wording import FEW, interval, written


@dataclass(frozen=True, slots=True)
class Weakest:
    """A headline share that is worst: of one type of question, or of all questions where `type` is None.

    `certain` says that the whole interval of the type lies on the bad side of the figure over all questions.
    """

    measure: MeasureLine
    type: TypeLine | None
    estimate: Estimate
    certain: bool

    @property
    def sentence(self) -> str:
        """The finding in one Chinese sentence or two."""
        value = written(self.estimate.value, "share")
        counted = f"95% 区间 {interval(self.estimate, 'share')}，计 {self.estimate.of} 次"
        if self.type is None:
            return f"「{self.measure.name}」是各项主要指标中最差的：{value}（{counted}）。"
        whole = written(self.measure.overall.value, "share")
        doubt = "" if self.certain else "题数不多，差距也可能出于偶然。"
        return f"「{self.type.name}」题的「{self.measure.name}」是 {value}（{counted}），全体是 {whole}。{doubt}"


def weakest(view: ReportView) -> Weakest | None:
    """The type and headline share furthest on the bad side of all questions; None where nothing is amiss.

    The near end of the type's interval is compared first, so that a type of few questions does not win by chance; only
    where no interval is clear of the whole does the plain difference decide. Cells of fewer than five are passed over.
    """
    shares = [line for line in view.headlines if line.unit == "share" and line.better]
    typed = [line for line in view.typed_headlines if line in shares]
    cells = [
        _Cell(line, kind, line.by_type[kind.key]) for line in typed for kind in view.types if kind.key in line.by_type
    ]
    behind = [cell for cell in cells if cell.estimate.of >= FEW and cell.distance > 0]
    if behind:
        cell = max(behind, key=lambda each: (max(each.clear, 0.0), each.distance))
        return Weakest(cell.measure, cell.type, cell.estimate, cell.clear > 0)
    line = max(shares, key=lambda each: _badness(each, each.overall.value), default=None)
    if line is None or _badness(line, line.overall.value) <= 0:
        return None
    return Weakest(line, None, line.overall, True)


def verdict(view: ReportView) -> str:
    """The worst thing in words, also where there is none."""
    found = weakest(view)
    if found is not None:
        return found.sentence
    return "主要指标上没有看到明显的弱项。" if view.headlines else "没有可计的数，看不出强弱。"


@dataclass(frozen=True, slots=True)
class _Cell:
    measure: MeasureLine
    type: TypeLine
    estimate: Estimate

    @property
    def distance(self) -> float:
        """How much worse the type is than all questions, by the values."""
        return self._behind(self.estimate.value)

    @property
    def clear(self) -> float:
        """The same by the end of the interval that is nearer to the whole."""
        near = self.estimate.high if self.measure.better == "higher" else self.estimate.low
        return self._behind(near if near is not None else self.estimate.value)

    def _behind(self, value: float | None) -> float:
        if value is None:
            return 0.0
        return _badness(self.measure, value) - _badness(self.measure, self.measure.overall.value)


def _badness(line: MeasureLine, value: float | None) -> float:
    if value is None:
        return 0.0
    return 1 - value if line.better == "higher" else value
