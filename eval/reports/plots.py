"""Vega-Lite specifications of the plots about measures: plain values that the page hands to the browser."""

from __future__ import annotations

from typing import Any

from eval.estimate import Estimate
from eval.reports.view import MeasureLine, ReportView, TypeLine, Unit
from eval.reports.wording import arrowed, interval, written

Spec = dict[str, Any]
FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
# The colours are those of the page, so that light, dark and paper need no second drawing; blue and orange differ to
# every kind of eye, and shape says the same again.
GOOD, BAD, QUIET, INK = "var(--blue)", "var(--orange)", "var(--faint)", "var(--ink)"
CONFIG: Spec = {
    "aria": False,
    "background": None,
    "font": FONT,
    "padding": {"left": 2, "right": 26, "top": 8, "bottom": 4},
    "view": {"stroke": None},
    "axis": {
        **{
            "labelColor": "var(--soft)",
            "titleColor": "var(--soft)",
            "gridColor": "var(--line)",
            "domainColor": "var(--line)",
        },
        **{"tickColor": "var(--line)", "labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal"},
        **{"labelPadding": 8, "labelLimit": 170, "ticks": False, "domain": False},
    },
    # The page paints this stroke under the letters, so that no rule crosses a figure out.
    "text": {"fontSize": 14, "fill": INK, "stroke": "var(--sheet)", "strokeWidth": 4},
}
CAPS = (("accuracy_64", "前 64 字"), ("accuracy_130", "前 130 字"), ("accuracy_255", "前 255 字"), ("accuracy", "全文"))
SHARE_AXIS: Spec = {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]}
_TOOLTIP = [
    {"field": "name", "title": "名称"},
    {"field": "text", "title": "数值"},
    {"field": "interval", "title": "95% 区间"},
    {"field": "of", "title": "计数"},
]


def headline_plot(view: ReportView) -> Spec | None:
    """Every headline share with its interval, in the order of the view; None where there is none."""
    lines = [line for line in view.headlines if line.unit == "share"]
    rows = [_row(arrowed(line), line.overall, "share") | {"lower": line.better == "lower"} for line in lines]
    return _whiskers(rows, "share", 40) if rows else None


def type_plot(line: MeasureLine, types: tuple[TypeLine, ...]) -> Spec | None:
    """One measure by type of question, the worst first, with a rule at the value over all; None where nothing counted."""
    rows = [_row(kind.name, line.by_type[kind.key], line.unit) for kind in types if kind.key in line.by_type]
    rows = [row | {"lower": line.better == "lower"} for row in rows if row["value"] is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: row["value"], reverse=line.better == "lower")
    spec = _whiskers(rows, line.unit, 34)
    if line.overall.value is not None:
        spec["layer"].insert(0, _overall_rule(line))
    return spec


def caps_plot(view: ReportView) -> Spec | None:
    """Accuracy when only the first characters of an answer count, because a long answer contains more; None below two."""
    lines = {line.key: line for line in view.measures}
    rows = [_row(name, lines[key].overall, "share") for key, name in CAPS if key in lines]
    rows = [row for row in rows if row["value"] is not None]
    if len(rows) < 2:
        return None
    across = {"field": "name", "type": "nominal", "sort": None, "scale": {"padding": 0.3}}
    up: Spec = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"title": None, **SHARE_AXIS}}
    return {
        "width": "container",
        "height": 230,
        "data": {"values": rows},
        "encoding": {"x": across | {"axis": {"title": None, "labelAngle": 0}}, "tooltip": _TOOLTIP},
        "layer": [
            {"mark": {"type": "line", "color": GOOD, "strokeWidth": 2}, "encoding": {"y": up | {"field": "value"}}},
            {
                "mark": {"type": "rule", "color": GOOD, "strokeWidth": 4, "opacity": 0.45, "strokeCap": "round"},
                "encoding": {"y": up | {"field": "low"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "color": GOOD, "opacity": 1},
                "encoding": {"y": up | {"field": "value"}},
            },
            {
                "mark": {"type": "text", "dy": -12},
                "encoding": {"y": up | {"field": "high"}, "text": {"field": "text"}},
            },
        ],
    }


def _whiskers(rows: list[Spec], unit: Unit, step: int) -> Spec:
    """Rows of a point on its interval; orange squares where lower is better, blue dots else."""
    axis: Spec = {"title": None, **(SHARE_AXIS if unit == "share" else {"tickCount": 5})}
    scale: Spec = {"domain": [0, 1]} if unit == "share" else {"zero": True}
    along: Spec = {"type": "quantitative", "axis": axis, "scale": scale}
    choose = {"condition": {"test": "datum.lower", "value": BAD}, "value": GOOD}
    shape = {"condition": {"test": "datum.lower", "value": "square"}, "value": "circle"}
    return {
        "width": "container",
        "height": step * len(rows),
        "data": {"values": rows},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None, "labelColor": INK}},
            "tooltip": _TOOLTIP,
        },
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.4, "strokeCap": "round"},
                "encoding": {"x": along | {"field": "low"}, "x2": {"field": "high"}, "color": choose},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {"x": along | {"field": "value"}, "color": choose, "shape": shape},
            },
            {
                "mark": {"type": "text", "dy": -13, "fontSize": 13, "align": {"expr": "datum.align"}},
                "encoding": {"x": along | {"field": "value"}, "text": {"field": "text"}},
            },
        ],
    }


def _overall_rule(line: MeasureLine) -> Spec:
    row = _row("全体", line.overall, line.unit)
    return {
        "data": {"values": [row]},
        "mark": {"type": "rule", "color": QUIET, "strokeDash": [5, 4], "strokeWidth": 1.5},
        "encoding": {"x": {"field": "value", "type": "quantitative"}, "y": {"value": 0}, "y2": {"value": "height"}},
    }


def _row(name: str, estimate: Estimate, unit: Unit) -> Spec:
    value = estimate.value
    near_left, near_right = unit == "share" and (value or 0) < 0.08, unit == "share" and (value or 0) > 0.92
    return {
        "name": name,
        "value": value,
        "low": value if estimate.low is None else estimate.low,
        "high": value if estimate.high is None else estimate.high,
        "text": written(value, unit),
        "interval": interval(estimate, unit),
        "of": estimate.of,
        # A label at either end grows inwards, so that it meets neither the names nor the edge.
        "align": "left" if near_left else "right" if near_right else "center",
    }
