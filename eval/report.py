"""The measures of a run as an aligned text table in Chinese, and the questions that went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from eval.measures import Measures, Ratio, measure
from eval.result import Result, Run

_COLUMNS = (
    *("题型", "题数", "答对", "答案组", "误拒", "错数", "引文准", "引对文档", "引文字准", "引文全"),
    *("检索@1", "检索@5", "检索@10", "检索@20", "字数", "出错"),
)
TYPE_NAMES = {
    "figure": "数字",
    "date": "时间",
    "who": "人和单位",
    "list": "列举",
    "which": "哪些地方",
    "compare": "比较",
    "yesno": "是否",
    "how": "做法",
    "worker": "工友口语",
    "followup": "追问",
    "spun": "改写网页",
    "traditional": "繁体",
    "unanswerable": "不可答",
}
REASON_NAMES = {
    "no_content": "没有内容",
    "unknown_place": "没有该地",
    "place_silent": "该地未提",
    "off_topic": "无关问题",
    "out_of_dates": "年份不符",
    "private": "个人隐私",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A run with its measures over all questions and by type, in the order in which the types first appear."""

    run: Run
    overall: Measures
    by_type: dict[str, Measures]

    @property
    def text(self) -> str:
        """The whole report for a terminal, without the single questions."""
        parts = [self._by_type(), self._overall(), self._reasons(), self._problems()]
        return "\n\n".join(part for part in parts if part)

    def failures(self, limit: int | None = None) -> str:
        """The questions whose reply is wrong, at most `limit`: what was asked, replied and expected."""
        wrong = [result for result in self.run.results if result.failed]
        return "\n".join(_failure(result) for result in wrong[:limit])

    def _by_type(self) -> str:
        rows = [_row(TYPE_NAMES.get(name, name), each) for name, each in self.by_type.items()]
        return aligned([_COLUMNS, *rows, _row("全部", self.overall)])

    def _overall(self) -> str:
        every = self.overall
        within = "，".join(f"前 {cap} 字 {_share(ratio)}" for cap, ratio in every.accuracy_within.items())
        lines = [
            f"答案：答对 {_counts(every.accuracy)}；只看{within}；答案字数中位 {_number(every.length)}，"
            f"数字题 {_number(every.figure_length)}",
            f"数字题答错数字：{_counts(every.wrong_figure)}",
            f"引文：与原文逐字相符 {_counts(every.verbatim)}；命中证据 {_counts(every.citation_precision)}；"
            f"证据被引到 {_counts(every.citation_recall)}",
            f"拒答：该拒的拒了 {_counts(every.refusal_recall)}；拒了的确实该拒 {_counts(every.refusal_precision)}；"
            f"理由正确 {_counts(every.refusal_reason)}；可答而被拒 {_counts(every.answerable_refused)}",
            f"用时：中位 {every.p50_ms:.0f} 毫秒，95% 的题不超过 {every.p95_ms:.0f} 毫秒；出错 {every.errors} 题",
        ]
        return "\n".join(lines)

    def _reasons(self) -> str:
        rows: list[Sequence[str]] = [("应拒的原因", "题数", "拒了", "理由对")]
        for reason, name in REASON_NAMES.items():
            asked = [result.score for result in self.run.results if result.question.reason == reason]
            if asked:
                refused = Ratio(sum(each.refused for each in asked), len(asked))
                right = Ratio(sum(each.reason_right for each in asked), len(asked))
                rows.append((name, str(len(asked)), _share(refused), _share(right)))
        return aligned(rows) if len(rows) > 1 else ""

    def _problems(self) -> str:
        problems = self.run.problems
        if not problems:
            return ""
        return "\n".join([f"有 {len(problems)} 处证据在索引中找不到，按零分计：", *problems[:10]])


def report(run: Run) -> Report:
    """The measures of a run, over all questions and by type."""
    types = dict.fromkeys(result.question.type for result in run.results)
    by_type = {name: measure([each for each in run.results if each.question.type == name]) for name in types}
    return Report(run, measure(run.results), by_type)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column stands left and whose others stand right; a Han character is two columns wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(_pad(cell, width, at > 0) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )


def _row(name: str, measures: Measures) -> tuple[str, ...]:
    shares = (
        *(measures.accuracy, measures.groups, measures.answerable_refused, measures.wrong_figure),
        *(measures.citation_precision, measures.right_document, measures.citation_characters),
        *(measures.citation_recall, *measures.evidence_recall.values()),
    )
    return (name, str(measures.questions), *map(_share, shares), _number(measures.length), str(measures.errors))


def _failure(result: Result) -> str:
    question, answer = result.question, result.answer
    wanted = "应拒答" if question.unanswerable else "；".join("/".join(group) for group in question.answers)
    replied = result.error if answer is None else f"{'［拒答］' if answer['refused'] else ''}{answer['answer']}"
    ranks = "、".join(str(rank or "无") for rank in result.ranks)
    confidence = "" if answer is None else f" 把握 {answer['confidence']:.2f}"
    return f"{question.id} [{question.type}] {question.question}\n  应为 {wanted}\n  实为 {replied}\n  证据名次 {ranks or '—'}{confidence}"


def _share(ratio: Ratio) -> str:
    return f"{ratio.value:.3f}" if ratio.of else "—"


def _counts(ratio: Ratio) -> str:
    return f"{ratio.value:.3f}（{ratio.met}/{ratio.of}）"


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.0f}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int, right: bool) -> str:
    blank = " " * (width - _width(text))
    return blank + text if right else text + blank
