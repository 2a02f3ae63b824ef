"""How figures are written for a Chinese reader, the same on the page and in Markdown."""

from __future__ import annotations

from math import ceil

from eval.estimate import Estimate
from eval.reports.view import MeasureLine, Unit

NOTHING = "—"
# Below this many questions a share of a single type says little, and the report says so.
FEW = 5
_SUFFIX: dict[Unit, str] = {"share": "%", "ms": " 毫秒", "characters": " 字", "MB": " MB", "number": ""}


def written(value: float | None, unit: Unit) -> str:
    """The value with its unit, e.g. 83.2%, 46 毫秒, 31 字; a dash for None."""
    return NOTHING if value is None else _figure(value, unit) + _SUFFIX[unit]


def interval(estimate: Estimate, unit: Unit) -> str:
    """The 95 % interval with its unit, e.g. 79.1–86.9%; a dash where there is none."""
    if estimate.low is None or estimate.high is None:
        return NOTHING
    return f"{_figure(estimate.low, unit)}–{_figure(estimate.high, unit)}{_SUFFIX[unit]}"


def direction(line: MeasureLine) -> str:
    """Which way is good, in words; empty where neither is."""
    return {"higher": "越高越好", "lower": "越低越好", "": ""}[line.better]


def arrowed(line: MeasureLine) -> str:
    """The name, with an arrow where a lower value is better, because most measures go the other way."""
    return f"{line.name} ↓" if line.better == "lower" else line.name


def nearest_rank(values: tuple[float, ...], share: float) -> float | None:
    """The smallest value that at least this share of them does not exceed; None when there is none."""
    ordered = sorted(values)
    # 0.07 × 100 is a hair above 7 in binary, which must not become the eighth.
    return ordered[max(0, ceil(share * len(ordered) - 1e-9) - 1)] if ordered else None


def quote_marks(verbatim: bool, on_gold: bool, figures_kept: bool) -> tuple[tuple[bool, str], ...]:
    """The three marks of a quote: whether each is good, and its words."""
    return (
        (verbatim, "✓ 逐字" if verbatim else "✗ 不逐字"),
        (on_gold, "✓ 命中证据" if on_gold else "✗ 未命中证据"),
        (figures_kept, "✓ 数字相符" if figures_kept else "✗ 数字不符"),
    )


def _figure(value: float, unit: Unit) -> str:
    if unit == "share":
        return f"{value * 100:.1f}"
    if unit in {"ms", "characters", "MB"}:
        return f"{value:,.0f}" if abs(value) >= 1 else f"{value:.3g}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
