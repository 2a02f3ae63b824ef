"""The view of a run that the reports show: measures with intervals, curves, and its worst questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from eval.estimate import Estimate
from eval.faults import faults, gravity
from eval.folder import RunRecord
from eval.gold import Shelf
from eval.identity import NAMES
from eval.measures import all_measures
from eval.measures.measure import Measure
from eval.names import REASON_NAMES, type_name
from eval.reports.view import (
    MeasureLine,
    ReportView,
    RiskPoint,
    ShownQuote,
    TypeLine,
    WorstQuestion,
)
from eval.result import Result
from eval.statistics import estimate, risk_curve
from eval.summary import Summary

SHOWN_WORST = 60
EVIDENCE_CHARACTERS = 160


def compose(
    summary: Summary, record: RunRecord, shelf: Shelf | None = None, beside: Measure | None = None
) -> ReportView:
    """The view of a run; gold evidence is shown in its own words where the shelf is at hand."""
    results = summary.run.results
    risk = all_measures()["risk_area"]
    points = risk_curve([risk.read(result) for result in results])
    return ReportView(
        title="产改问答 · 评测报告",
        made_at=_time(record.finished or record.begun),
        facts=facts(summary, record),
        types=tuple(TypeLine(key, type_name(key), len(summary.of_type(key))) for key in summary.by_type),
        measures=(*(_line(each, summary) for each in all_measures().values()), *_beside(beside, summary)),
        risk_curve=tuple(RiskPoint(*point) for point in points),
        risk_area=summary.overall.get("risk_area", Estimate()),
        threshold=_threshold(results),
        latencies_ms=tuple(each.reply.elapsed_ms for each in results if each.reply.elapsed_ms),
        worst=tuple(_worst(each, shelf) for each in worst_first(results)[:SHOWN_WORST]),
        problems=(*summary.run.problems, *_fallbacks(results)),
    )


def _line(measure: Measure, summary: Summary) -> MeasureLine:
    return MeasureLine(
        key=measure.key,
        name=measure.name,
        definition=measure.definition,
        unit=measure.unit,
        better=measure.better,
        group=measure.group,
        headline=measure.headline,
        overall=summary.overall[measure.key],
        # The area of one type says nothing: unanswerable questions alone are wrong at every coverage.
        by_type={} if measure.sum == "risk" else {name: found[measure.key] for name, found in summary.by_type.items()},
    )


def _beside(measure: Measure | None, summary: Summary) -> list[MeasureLine]:
    """The line of a measure that this run alone has."""
    if measure is None:
        return []

    def estimated(results: Sequence[Result]) -> Estimate:
        return estimate(measure.sum, [measure.read(each) for each in results])

    alone = Summary(
        summary.run,
        {measure.key: estimated(summary.run.results)},
        {name: {measure.key: estimated(summary.of_type(name))} for name in summary.by_type},
    )
    return [_line(measure, alone)]


def facts(summary: Summary, record: RunRecord) -> tuple[tuple[str, str], ...]:
    """What was run, for the head of a report."""
    names = "、".join(path.replace("\\", "/").rsplit("/", 1)[-1] for path in record.datasets)
    made_with: Mapping[str, str] = record.identity
    return (
        ("题库", f"{names}（{len(summary.run.results)} 题）"),
        ("开始", _time(record.begun)),
        ("版本", record.version),
        ("机器", f"{record.machine}，{record.jobs} 个进程"),
        *((NAMES[key] + ("指纹" if _is_digest(key) else ""), value) for key, value in made_with.items() if value),
    )


def worst_first(results: Sequence[Result]) -> list[Result]:
    """The replies with a fault, the worst first, those of one gravity in the order of the questions."""
    return sorted((each for each in results if faults(each)), key=gravity)


def expected(result: Result) -> str:
    """What a right reply would have been, in a few words."""
    question = result.question
    if question.unanswerable:
        return f"应拒答（{REASON_NAMES[question.reason]}）" if question.reason else "应拒答"
    if question.retrieval_only:
        return "应找到含证据的文件"
    wanted = "；".join(" / ".join(group) for group in question.answers)
    return f"{wanted}（不应出现：{'、'.join(question.forbidden)}）" if question.forbidden else wanted


def _time(iso: str) -> str:
    """A time as people write it, to the minute."""
    return datetime.fromisoformat(iso).strftime("%Y年%m月%d日 %H:%M")


def _fallbacks(results: Sequence[Result]) -> list[str]:
    """One line when answers are extracts because the LLM failed, for they are not what was to be measured."""
    failed = sum(each.reply.model_failed for each in results)
    return [f"{failed} 道题的大模型没有答成，显示的是摘录；再运行同一条命令会重新提问这些题。"] if failed else []


def _is_digest(key: str) -> bool:
    return key in {"settings", "index", "dataset", "code"}


def _threshold(results: Sequence[Result]) -> float | None:
    """The lowest confidence of an answer that was given: where the system works on its own risk–coverage curve."""
    given = [
        float(each.reply.answer["confidence"])
        for each in results
        if each.score.answered and each.reply.answer and each.reply.answer["confidence"] is not None
    ]
    return min(given, default=None)


def _worst(result: Result, shelf: Shelf | None) -> WorstQuestion:
    question, answer = result.question, result.reply.answer or {}
    reason = answer.get("reason") or ""
    return WorstQuestion(
        id=question.id,
        type=question.type,
        type_name=type_name(question.type),
        question=question.question,
        history=tuple(f"{'问' if turn.role == 'user' else '答'}：{turn.content}" for turn in question.history),
        answer=result.reply.error or answer.get("answer", ""),
        refused=result.score.refused,
        reason=REASON_NAMES.get(reason, reason),
        confidence=answer.get("confidence"),
        quotes=tuple(
            ShownQuote(
                each.number,
                title=cited.get("title") or "",
                file=cited.get("file") or "",
                quote=cited["quote"],
                verbatim=each.verbatim,
                on_gold=each.on_gold,
                figures_kept=each.figures_kept,
            )
            for each, cited in zip(result.score.citations, answer.get("citations", ()), strict=True)
        )
        if result.score.answered
        else (),
        expected=expected(result),
        evidence=_evidence(result, shelf),
        faults=faults(result),
        elapsed_ms=result.reply.elapsed_ms,
    )


def _evidence(result: Result, shelf: Shelf | None) -> tuple[str, ...]:
    if shelf is None:
        return tuple(each.quote or each.document for each in result.question.evidence)
    shown = []
    for place in result.gold.places:
        document, span = shelf.get(place.document_id), place.spans[0]
        if document is not None:
            text = " ".join(document.text[span.start : min(span.end, span.start + EVIDENCE_CHARACTERS)].split())
            shown.append(f"{document.title}：{text}")
    return tuple(dict.fromkeys(shown))
