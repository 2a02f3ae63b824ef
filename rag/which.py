"""What a which-places question demands of a row beside its measure: other words, a figure above a bound, an order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.measures import Measure, measures
from rag.extract import Extract
from rag.terms import presence
from rag.types import Question, Term
from rag.wanted import figure_values

# How far a row must speak of the measure, and of the other words of the question (补助, 每家).
MEASURE_SAID = 0.85
OTHERS_SAID = 0.5
_DOING = frozenset(
    [
        "建",
        "建了",
        "建成",
        "办",
        "办了",
        "开",
        "成立",
        "组建",
        "搞",
        "推行",
        "实行",
        "举办",
        "设立",
        "试点",
        "开展",
        "入选",
    ]
)
_NUMBER = r"(\d+(?:\.\d+)?)"
_OVER = re.compile(rf"(?:超过|多于|大于|高于|不少于|至少|达到?){_NUMBER}|{_NUMBER}[^\d,.?]{{0,3}}以上")
_UNDER = re.compile(rf"(?:不足|少于|低于|不到|小于){_NUMBER}|{_NUMBER}[^\d,.?]{{0,3}}以下")
_MOST = re.compile(r"最多|最高|最大|第一多")
_ABSENT = re.compile(
    r"哪[^，。？,?]{0,6}(?:还没|没有|尚未|没)|(?:还没|没有|尚未)[^，。？,?]{0,12}(?:城市|地方|地区|省|市)"
)


@dataclass(frozen=True, slots=True)
class Demand:
    """The measure's name and term ("" and None where the taxonomy lacks it), the other terms, and bounds of the figure."""

    name: str
    measure: Term | None
    others: tuple[Term, ...]
    units: tuple[str, ...]
    over: float | None
    under: float | None
    by_figure: bool

    def met_by(self, run: Extract) -> bool:
        """Whether a run says the measure, most of the other words, and a figure within the bounds."""
        if self.measure is not None and presence(self.measure, run.search) < MEASURE_SAID:
            return False
        if self.measure is not None and not self.says_others(run, self.others):
            return False
        return self.is_within_bounds(run)

    def says_others(self, run: Extract, others: Sequence[Term]) -> bool:
        """Whether the sentence of a run says most of the words that are asked for beside the measure."""
        said = [presence(term, run.line.search) for term in others]
        return not said or sum(said) / len(said) >= OTHERS_SAID

    def is_within_bounds(self, run: Extract) -> bool:
        """Whether a run tells a figure within the bounds; any run does where there are none.

        All that a row of the matrix has to meet: its clause shows the measure, perhaps by none of its names.
        """
        if self.over is None and self.under is None:
            return True
        return self.is_within(self.figure(run))

    def is_within(self, value: float | None) -> bool:
        """Whether a figure lies within the bounds; any does, and none need be told, where there are none."""
        if self.over is None and self.under is None:
            return True
        return value is not None and (self.over or 0) <= value and (self.under is None or value < self.under)

    def figure(self, run: Extract) -> float | None:
        """The figure of a run in the measure's unit, the one nearest to the measure's name."""
        name = self.measure.text if self.measure else ""
        return next(iter(figure_values(run.search, self.units, name)), None)


def demand(question: Question) -> Demand:
    """What the question asks of a row."""
    said = [measure for measure in measures() if measure.name in question.measures]
    measure = max(said, key=lambda each: max(map(len, _spoken(each, question))), default=None)
    term = _term(measure, question) if measure else None
    over, under = _OVER.search(question.search), _UNDER.search(question.search)
    return Demand(
        name=measure.name if measure else "",
        measure=term,
        # Of a choice (称号或津贴) any will do, so that none of them is demanded.
        others=()
        if "或" in question.search
        else tuple(each for each in question.terms if _is_other(each, term, question) and not _asks(each, question)),
        units=question.units or _units(measure),
        over=_value(over),
        under=_value(under),
        by_figure=bool(_MOST.search(question.search)),
    )


def lacks_row(question: Question, runs: Sequence[Extract]) -> bool:
    """Whether places are asked for by a measure and something beside it, and none of the runs says both."""
    wanted = demand(question)
    demanded = question.kind == "which" and bool(wanted.name and wanted.others)
    return demanded and not any(wanted.met_by(run) for run in runs)


def asks_for_absence(question: Question) -> bool:
    """Whether the question asks who does not have something, which no library can prove."""
    return bool(_ABSENT.search(question.search))


def _spoken(measure: Measure, question: Question) -> list[str]:
    return [alias for alias in measure.aliases if alias in question.search]


def _term(measure: Measure, question: Question) -> Term:
    spoken = max(_spoken(measure, question), key=len)
    return Term(spoken, tuple(alias for alias in measure.aliases if alias != spoken))


def _is_other(term: Term, measure: Term | None, question: Question) -> bool:
    if measure is None or term.text in _DOING or term.weight < 0.9:
        return False
    names = (measure.text, *measure.alternatives)
    # A word that the cutting joined out of the measure's name and its neighbour (有产教) is none of its own.
    rest = question.search.replace(measure.text, "\n")
    if term.text in question.search and term.text not in rest:
        return False
    return not any(term.text in name or name in term.text for name in names) and not any(c.isdigit() for c in term.text)


def _asks(term: Term, question: Question) -> bool:
    """Whether a term is cut out of the words that ask: 市办 of 哪些市办了."""
    word = re.escape(term.text)
    asks = rf"(?:哪[些几个座]{{0,3}}|[几多]少?个){word}|的{word}(?:都|分别)?[是有在]?哪"
    return re.search(asks, question.search) is not None


def _units(measure: Measure | None) -> tuple[str, ...]:
    """The units that a measure may be counted in; 家, 个 and 所 count alike."""
    return (*measure.units, "家", "个", "所") if measure and measure.units else ()


def _value(found: re.Match[str] | None) -> float | None:
    return float(next(group for group in found.groups() if group)) if found else None
