"""The report as Markdown, for a pull request, a wiki or a mail; reads well as plain text too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from eval.estimate import Estimate
from eval.reports.curves import RANKS
from eval.reports.plots import CAPS
from eval.reports.view import MeasureLine, ReportView, ShownQuote, WorstQuestion
from eval.reports.weakest import verdict
from eval.reports.wording import arrowed, direction, interval, nearest_rank, quote_marks, written

_NOTHING = Estimate(None, None, None, 0)
# Signs by which text of a document could become markup, a table cell or a link. HTML's own become entities, because not
# every reader of Markdown takes a backslash there.
_SIGNS = {ord(sign): f"\\{sign}" for sign in "\\`*[]|~#!$"} | {
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("&"): "&amp;",
}
# Addresses become links by themselves, and an underscore at the edge of a word starts italics.
_EDGES = re.compile(r"(?i)(?<=[a-z])://|(?<=www)\.|@(?=[a-z])|(?<!\w)_|_(?!\w)")
_COVERAGES = (0.25, 0.5, 0.75, 1.0)


def report_markdown(view: ReportView) -> str:
    """The whole report; every string of the view is inert in it."""
    parts = [
        f"# {inert(view.title)}",
        inert(view.heading),
        _bullets(f"{inert(name)}：{inert(value)}" for name, value in view.facts),
        *("## 主要结果", _headlines(view), _weakest(view), _problems(view)),
        *("## 分题型看", _types(view), "## 门限与拒答", _refusal(view), "## 长度与用时", _caps(view), _latency(view)),
        *(
            "## 全部指标",
            _measures(view),
            "## 最差的题",
            *(map(_worst, view.worst) if view.worst else ["没有答错的题。"]),
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def inert(text: str) -> str:
    """The text on one line, as it may stand inside a line or a table cell of Markdown."""
    line = " ".join(text.split()).translate(_SIGNS)
    return _EDGES.sub(lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", line)


def _headlines(view: ReportView) -> str:
    rows = [(inert(arrowed(line)), *_cells(line), direction(line)) for line in view.headlines]
    return _table(("指标", "数值", "95% 区间", "计数", "方向"), rows, 1) if rows else "没有可计的数。"


def _weakest(view: ReportView) -> str:
    return f"**最弱的一处**：{inert(verdict(view))}"


def _problems(view: ReportView) -> str:
    if not view.problems:
        return ""
    return f"**这次评测有 {len(view.problems)} 处要留意**\n\n{_bullets(map(inert, view.problems))}"


def _types(view: ReportView) -> str:
    lines = view.typed_headlines
    if not view.types:
        return "没有按题型分开的数。"
    rows = [
        (
            inert(kind.name),
            str(kind.questions),
            *(written(line.by_type.get(kind.key, _NOTHING).value, line.unit) for line in lines),
        )
        for kind in view.types
    ]
    whole = (
        "全体",
        str(sum(kind.questions for kind in view.types)),
        *(written(line.overall.value, line.unit) for line in lines),
    )
    return _table(("题型", "题数", *(inert(arrowed(line)) for line in lines)), [*rows, whole])


def _refusal(view: ReportView) -> str:
    point, area = view.working_point, view.risk_area
    said = []
    if point is not None and view.threshold is not None:
        covered, wrong = written(point.coverage, "share"), written(point.risk, "share")
        said.append(f"当前门限 {view.threshold:.2f}：回答了 {covered} 的题，其中答错 {wrong}。")
    if area.value is not None:
        said.append(
            f"风险与覆盖曲线下的面积 {written(area.value, 'number')}（95% 区间 {interval(area, 'number')}），越小越好。"
        )
    rows = [_risk(view, coverage) for coverage in _COVERAGES] if view.risk_curve else []
    table = _table(("作答的比例", "其中答错", "把握门限"), rows) if rows else ""
    return "\n\n".join(part for part in ("".join(said), table) if part) or "没有风险与覆盖曲线。"


def _risk(view: ReportView, coverage: float) -> tuple[str, ...]:
    point = min(view.risk_curve, key=lambda each: abs(each.coverage - coverage))
    return written(point.coverage, "share"), written(point.risk, "share"), f"{point.threshold:.2f}"


def _caps(view: ReportView) -> str:
    lines = {line.key: line for line in view.measures}
    rows = [(name, *_cells(lines[key])) for key, name in CAPS if key in lines]
    return _table(("只看回答的", "答对率", "95% 区间", "计数"), rows) if len(rows) > 1 else ""


def _latency(view: ReportView) -> str:
    if not view.latencies_ms:
        return "没有用时的记录。"
    ranks = [f"{name} {written(nearest_rank(view.latencies_ms, share), 'ms')}" for share, name in RANKS]
    return f"用时：{'，'.join(ranks)}（{len(view.latencies_ms)} 题）。"


def _measures(view: ReportView) -> str:
    tables = []
    for group, lines in view.groups.items():
        rows = [(inert(arrowed(line)), *_cells(line), inert(line.definition)) for line in lines]
        tables.append(f"### {inert(group)}\n\n{_table(('指标', '数值', '95% 区间', '计数', '怎么算'), rows, 1)}")
    return "\n\n".join(tables) or "没有指标。"


def _worst(each: WorstQuestion) -> str:
    confidence = [] if each.confidence is None else [f"把握 {each.confidence:.2f}"]
    reason = [f"理由 {inert(each.reason)}"] if each.reason else []
    facts = "，".join([*reason, *confidence, f"用时 {written(each.elapsed_ms, 'ms')}"])
    lines = [
        f"题型：{inert(each.type_name)}；问题：{'、'.join(map(inert, each.faults)) or '—'}",
        *(f"前文：{inert(turn)}" for turn in each.history),
        f"回答：{'［拒答］' if each.refused else ''}{inert(each.answer) or '（没有回答）'}（{facts}）",
        *map(_quote, each.quotes),
        f"应当是：{inert(each.expected)}",
        *(f"证据：{inert(evidence)}" for evidence in each.evidence),
    ]
    return f"### {inert(each.id)} {inert(each.question)}\n\n{_bullets(lines)}"


def _quote(quote: ShownQuote) -> str:
    marks = "，".join(words for _, words in quote_marks(quote.verbatim, quote.on_gold, quote.figures_kept))
    return f"引文【{quote.number}】{inert(quote.title)}（{inert(quote.file)}）：「{inert(quote.quote)}」{marks}"


def _cells(line: MeasureLine) -> tuple[str, str, str]:
    return written(line.overall.value, line.unit), interval(line.overall, line.unit), str(line.overall.of)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 0) -> str:
    """The first column and the last `words` columns hold words and stand left; the others hold figures."""
    rule = ["---", *("---:" for _ in head[1 : len(head) - words]), *("---" for _ in range(words))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))
