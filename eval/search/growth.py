"""How time and memory grow with the number of chunks: the table and the plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eval.search.timing import LEGS, Cost
from index.errors import MissingPackageError

Spec = dict[str, Any]
LEG_NAMES = dict(zip(LEGS, ("关键词一路", "向量一路", "整个检索"), strict=True))
_FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"
# Blue, orange and green of one brightness, which differ to every kind of eye; shape says the same again.
_COLOURS = ("#3566b5", "#c2622d", "#3f8f6b")
_MEGABYTE = 10**6


@dataclass(frozen=True, slots=True)
class Grown:
    """A library of one size: what building it took, what it takes on disk, and what questions cost."""

    build_s: float
    disk_bytes: int
    cost: Cost


def table(rows: Sequence[Grown]) -> str:
    """A line of Markdown a size, all of them asked by the same legs."""
    legs = list(rows[0].cost.p50) if rows else []
    head = [
        "段落数",
        *(f"{LEG_NAMES[leg]} p50 / p95（毫秒；括号内为处理器 p95）" for leg in legs),
        "自用内存（MB）",
        "文件内存（MB）",
        "磁盘（MB）",
        "建库（秒）",
        "打开到首次命中（秒）",
    ]
    lines = ["| " + " | ".join(head) + " |", "|" + "---:|" * len(head)]
    for row in rows:
        cost = row.cost
        cells = [f"{cost.chunks:,}", *(_times(cost, leg) for leg in legs)]
        cells += [f"{cost.anonymous_mb:.0f}", f"{cost.file_mb:.0f}", f"{row.disk_bytes / _MEGABYTE:.0f}"]
        cells += [f"{row.build_s:.0f}", f"{cost.open_s:.2f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _times(cost: Cost, leg: str) -> str:
    processor = f" ({cost.cpu_p95[leg]:.2f})" if leg in cost.cpu_p95 else ""
    return f"{cost.p50[leg]:.2f} / {cost.p95[leg]:.2f}{processor}"


def plot(rows: Sequence[Grown]) -> Spec:
    """Vega-Lite: milliseconds a question and resident memory, both against the number of chunks; at least one row."""
    halves = (("一半的问题", "p50"), ("95% 的问题", "p95"))
    times = [
        {"chunks": row.cost.chunks, "what": LEG_NAMES[leg], "value": getattr(row.cost, field)[leg], "share": share}
        for row in rows
        for share, field in halves
        for leg in row.cost.p50
    ]
    memory = [
        {"chunks": row.cost.chunks, "what": what, "value": value}
        for row in rows
        for what, value in (("进程自用", row.cost.anonymous_mb), ("文件页", row.cost.file_mb))
    ]
    panels = [
        _panel("每个问题所用时间（毫秒）", "实线：一半的问题不超过；虚线：95% 的问题不超过", times, "log"),
        _panel("常驻内存（MB）", "文件页在内存紧张时由系统收回", memory, "linear"),
    ]
    # The subtitle tells the dashes, whose signs a legend would draw in no colour at all.
    dashes = {"domain": [share for share, _ in halves], "range": [[1, 0], [5, 4]]}
    panels[0]["encoding"]["strokeDash"] = {"field": "share", "type": "nominal", "scale": dashes, "legend": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": 16,
        "config": {
            "font": _FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12, "titleFontSize": 13, "titleFontWeight": "normal", "gridColor": "#e6e6e6"},
            "legend": {"labelFontSize": 12, "labelLimit": 200, "orient": "bottom", "columns": 3},
            "title": {"fontSize": 15, "anchor": "start", "fontWeight": "normal", "offset": 12, "subtitleColor": "#666"},
        },
        "hconcat": panels,
        "spacing": 48,
        "resolve": {"scale": {"color": "independent", "shape": "independent"}},
    }


def picture(spec: Spec) -> str:
    """The plot as SVG; MissingPackageError without the library that draws it."""
    try:
        import vl_convert
    except ImportError as missing:
        raise MissingPackageError(
            "画图需要 vl-convert-python，当前环境没有安装；"
            '请先运行 .venv/bin/pip install -c constraints.txt -e ".[eval]"；表格不受影响。'
        ) from missing
    drawn: str = vl_convert.vegalite_to_svg(spec)
    return drawn


def _panel(title: str, told: str, values: list[Spec], scale: str) -> Spec:
    """One plot of lines over the number of chunks, a colour and a shape for each of what the values name."""
    shown = list(dict.fromkeys(row["what"] for row in values))
    along: Spec = {"field": "what", "type": "nominal", "sort": None, "title": None}
    return {
        "title": {"text": title, "subtitle": told},
        "width": 380,
        "height": 280,
        "data": {"values": values},
        "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 70, "filled": True}},
        "encoding": {
            "x": {
                "field": "chunks",
                "type": "quantitative",
                "title": "段落数",
                "scale": {"type": "log", "nice": False},
                "axis": {"format": ",d", "values": sorted({row["chunks"] for row in values}), "grid": False},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "scale": {"type": scale, "zero": scale == "linear"},
                "axis": {"format": ",~f", "tickCount": 5},
            },
            "color": along | {"scale": {"domain": shown, "range": list(_COLOURS[: len(shown)])}},
            "shape": along | {"scale": {"domain": shown, "range": ["circle", "square", "triangle-up"][: len(shown)]}},
        },
    }
