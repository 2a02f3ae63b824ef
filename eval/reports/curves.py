"""Vega-Lite specifications of the two distributions: risk over coverage, and the time of an answer."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, log10
from typing import Any

from eval.reports.plots import BAD, GOOD, SHARE_AXIS, Spec
from eval.reports.view import ReportView
from eval.reports.wording import nearest_rank, written

BARS = 36
RANKS = ((0.50, "p50"), (0.95, "p95"), (0.99, "p99"))
_OVER: Spec = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -14}


def risk_plot(view: ReportView) -> Spec | None:
    """The share of wrong answers over the share answered, the working point marked; None below two points."""
    if len(view.risk_curve) < 2:
        return None
    rows = [
        {"coverage": point.coverage, "risk": point.risk, "threshold": round(point.threshold, 3)}
        for point in sorted(view.risk_curve, key=lambda point: point.coverage)
    ]
    x = _share_axis("coverage", "作答的比例", [0, 1], {})
    highest = max(row["risk"] for row in rows)
    y = _share_axis("risk", "答错的比例", [0, min(1.0, max(0.05, ceil(highest * 1.15 * 20) / 20))], _OVER)
    tooltip = [
        {"field": "coverage", "title": "作答的比例", "format": ".1%"},
        {"field": "risk", "title": "其中答错", "format": ".1%"},
        {"field": "threshold", "title": "把握门限"},
    ]
    layer: list[Spec] = [
        {"mark": {"type": "area", "color": GOOD, "opacity": 0.14}},
        {"mark": {"type": "line", "color": GOOD, "strokeWidth": 2.5}},
        # Wide unseen points, so that a finger finds the curve.
        {"mark": {"type": "point", "size": 260, "opacity": 0, "filled": True}, "encoding": {"tooltip": tooltip}},
        *_working_marks(view, tooltip),
    ]
    data = {"values": rows}
    return {"width": "container", "height": 260, "data": data, "encoding": {"x": x, "y": y}, "layer": layer}


def latency_plot(view: ReportView) -> Spec | None:
    """Questions by time of the answer, with rules at p50, p95 and p99; None where no time was taken.

    The few slowest would press all the others into one bar, so times beyond the axis are counted in its last bar.
    """
    times = view.latencies_ms
    marks = [(name, nearest_rank(times, share) or 0.0) for share, name in RANKS]
    if not times:
        return None
    top = nice_top(max(marks[2][1] * 1.08, 1.0))
    bars = _bars(times, top)
    step = top / BARS
    count: Spec = {
        "type": "quantitative",
        "axis": {"title": "题数", "tickMinStep": 1, "format": "d", "tickCount": 5, **_OVER},
    }
    tooltip = [{"field": "span", "title": "用时"}, {"field": "count", "title": "题数"}]
    ranks = [_rank(name, at, at < top * 0.6) | {"y": 8 + 20 * place} for place, (name, at) in enumerate(marks)]
    x: Spec = {
        "type": "quantitative",
        "scale": {"domain": [0, top]},
        "axis": {"title": "用时（毫秒）", "grid": False, "tickCount": 6},
    }
    label: Spec = {"type": "text", "baseline": "middle", "align": {"expr": "datum.align"}, "dx": {"expr": "datum.dx"}}
    height: Spec = {"field": "y", "type": "quantitative", "scale": None}
    return {
        "width": "container",
        "height": 240,
        "layer": [
            {
                "data": {"values": [bar | {"x1": bar["x1"] - step * 0.12} for bar in bars]},
                "mark": {"type": "bar", "color": GOOD, "opacity": 0.6},
                "encoding": {
                    "x": x | {"field": "x0"},
                    "x2": {"field": "x1"},
                    "y": count | {"field": "count"},
                    "y2": {"datum": 0},
                    "tooltip": tooltip,
                },
            },
            {
                "data": {"values": ranks},
                "layer": [
                    {
                        "mark": {"type": "rule", "color": BAD, "strokeWidth": 1.5},
                        "encoding": {"x": x | {"field": "at"}},
                    },
                    {"mark": label, "encoding": {"x": x | {"field": "at"}, "y": height, "text": {"field": "text"}}},
                ],
            },
        ],
    }


def nice_top(value: float) -> float:
    """The first of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that is not below the value, which is above zero."""
    power: float = 10 ** int(log10(value) // 1)
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= value)


def _bars(times: tuple[float, ...], top: float) -> list[dict[str, Any]]:
    counts = [0] * BARS
    for time in times:
        counts[min(BARS - 1, int(max(time, 0.0) / top * BARS))] += 1
    edges = [top * at / BARS for at in range(BARS + 1)]
    spans = [f"{written(low, 'ms')} 到 {written(high, 'ms')}" for low, high in pairwise(edges)]
    spans[-1] = f"{written(edges[-2], 'ms')} 以上"
    rows = zip(pairwise(edges), counts, spans, strict=True)
    return [{"x0": low, "x1": high, "count": count, "span": span} for (low, high), count, span in rows if count]


def _rank(name: str, at: float, room: bool) -> Spec:
    side = {"align": "left", "dx": 6} if room else {"align": "right", "dx": -6}
    return {"at": at, "text": f"{name} {written(at, 'ms')}", **side}


def _working_marks(view: ReportView, tooltip: list[Spec]) -> list[Spec]:
    point = view.working_point
    if point is None:
        return []
    text = f"当前：答 {written(point.coverage, 'share')}，错 {written(point.risk, 'share')}"
    row = {"coverage": point.coverage, "risk": point.risk, "threshold": round(point.threshold, 3), "text": text}
    side = {"align": "right", "dx": -12} if point.coverage > 0.5 else {"align": "left", "dx": 12}
    ring = {
        "type": "point",
        "filled": False,
        "size": 190,
        "strokeWidth": 3,
        "color": BAD,
        "opacity": 1,
        "fill": "var(--sheet)",
    }
    return [
        {"data": {"values": [row]}, "mark": ring, "encoding": {"tooltip": tooltip}},
        {
            "data": {"values": [row]},
            "mark": {"type": "text", "dy": -12, **side},
            "encoding": {"text": {"field": "text"}},
        },
    ]


def _share_axis(field: str, title: str, domain: list[float], over: Spec) -> Spec:
    axis = {"format": ".0%", "title": title, **over, **(SHARE_AXIS if domain == [0, 1] else {"tickCount": 5})}
    return {"field": field, "type": "quantitative", "scale": {"domain": domain}, "axis": axis}
