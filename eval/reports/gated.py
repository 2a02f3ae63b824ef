"""The verdict of the gate as text: every headline beside its baseline."""

from __future__ import annotations

from collections.abc import Sequence

from eval.gate import Judged
from eval.reports.terminal import aligned
from eval.reports.wording import written


def gate_text(judged: Sequence[Judged]) -> str:
    """An aligned table, a headline a line."""
    rows: list[Sequence[str]] = [("指标", "基线", "现在", "差的 95% 区间", "结论")]
    for each in judged:
        unit, gap = each.measure.unit, each.difference
        scale = 100 if unit == "share" else 1
        span = f"{gap.low * scale:+.1f} 至 {gap.high * scale:+.1f}"
        told = "下降" if each.fell else "通过"
        rows.append((each.measure.name, written(gap.before, unit), written(gap.after, unit), span, told))
    return aligned(rows)
