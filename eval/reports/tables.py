"""The tables of the page: six figures, types against headline measures, and every measure with its definition."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from eval.estimate import Estimate
from eval.reports.view import MeasureLine, ReportView, TypeLine
from eval.reports.wording import FEW, NOTHING, arrowed, direction, interval, written

SHADES = 8


def join(parts: Iterable[Markup]) -> Markup:
    """The parts one after another."""
    return Markup("").join(parts)


def tiles(lines: tuple[MeasureLine, ...]) -> Markup:
    """Large figures, each with its interval; a tap on one opens its definition."""
    tile = Markup(
        '<details class="tile {}"><summary><span class="name">{}</span><span class="value">{}{}</span>'
        '<span class="interval">{}</span></summary><p>{}</p></details>'
    )
    lower = Markup("<small>越低越好</small>")
    return join(
        tile.format(
            *(line.better, line.name, written(line.overall.value, line.unit), lower if line.better == "lower" else ""),
            *(_under(line), _definition(line)),
        )
        for line in lines
    )


def type_table(view: ReportView, linked: frozenset[str]) -> Markup:
    """Types down, headline measures across, the value in each cell, the deeper in colour the worse.

    The names of types in `linked` are buttons that lead to their worst questions.
    """
    lines = view.typed_headlines
    head = join(Markup('<th scope="col"><a href="#m-{}">{}</a></th>').format(line.key, arrowed(line)) for line in lines)
    rows = join(_type_row(kind, lines, kind.key in linked) for kind in view.types)
    whole = join(_cell(line.overall, line) for line in lines)
    asked = sum(kind.questions for kind in view.types)
    return Markup(
        '<table class="heat"><thead><tr><th scope="col">题型</th><th scope="col">题数</th>{}</tr></thead><tbody>{}</tbody>'
        '<tfoot><tr><th scope="row">全体</th><td>{}</td>{}</tr></tfoot></table>'
    ).format(head, rows, asked, whole)


def measure_table(view: ReportView) -> Markup:
    """Every measure in its group: name and definition, value, interval, count."""
    group = Markup('<tbody><tr><th scope="rowgroup" colspan="4">{}</th></tr>{}</tbody>')
    return Markup(
        '<table class="measures"><thead><tr><th scope="col">指标</th><th scope="col">数值</th><th scope="col">95% 区间</th>'
        '<th scope="col">计数</th></tr></thead>{}</table>'
    ).format(join(group.format(name, join(map(_measure_row, lines))) for name, lines in view.groups.items()))


def _measure_row(line: MeasureLine) -> Markup:
    return Markup(
        '<tr id="m-{}"><th scope="row"><details><summary>{}</summary><p>{}</p></details></th>'
        "<td>{}</td><td>{}</td><td>{}</td></tr>"
    ).format(
        line.key,
        arrowed(line),
        _definition(line),
        written(line.overall.value, line.unit),
        interval(line.overall, line.unit),
        line.overall.of,
    )


def _type_row(kind: TypeLine, lines: tuple[MeasureLine, ...], linked: bool) -> Markup:
    button = Markup('<button type="button" class="to-type" data-type="{}">{}</button>').format(kind.key, kind.name)
    nothing = Estimate(None, None, None, 0)
    cells = join(_cell(line.by_type.get(kind.key, nothing), line) for line in lines)
    return Markup('<tr><th scope="row">{}</th><td>{}</td>{}</tr>').format(
        button if linked else kind.name, kind.questions, cells
    )


def _cell(estimate: Estimate, line: MeasureLine) -> Markup:
    if estimate.value is None:
        return Markup('<td class="none">{}</td>').format(NOTHING)
    shade = ""
    if line.unit == "share" and line.better:
        bad = 1 - estimate.value if line.better == "higher" else estimate.value
        shade = f"h{round(min(max(bad, 0.0), 1.0) * SHADES)}"
    few = " few" if estimate.of < FEW else ""
    hint = f"95% 区间 {interval(estimate, line.unit)}，计 {estimate.of} 次"
    return Markup('<td class="{}{}" title="{}">{}</td>').format(shade, few, hint, written(estimate.value, line.unit))


def _under(line: MeasureLine) -> Markup:
    within = interval(line.overall, line.unit)
    parts = [f"计 {line.overall.of} 次"] if within == NOTHING else [f"95% 区间 {within}", f"计 {line.overall.of} 次"]
    return join(Markup("<span>{}</span> ").format(part) for part in parts)


def _definition(line: MeasureLine) -> str:
    way = direction(line)
    return f"{line.definition}（{way}）" if way else line.definition
