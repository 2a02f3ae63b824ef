"""A comparison of two runs as text: the measures in a table, then the questions one by one."""

from __future__ import annotations

from collections.abc import Sequence

from eval.comparison import Change, Comparison, compared
from eval.names import type_name
from eval.reports.terminal import aligned
from eval.reports.wording import written
from eval.statistics import Difference

SHOWN = 60


def comparison_text(found: Comparison, limit: int = SHOWN) -> str:
    """The whole comparison; at most `limit` questions of each kind, the rest counted."""
    parts = [_table(found), _counts(found)]
    parts += [
        _questions(title, changes, limit)
        for title, changes in (
            ("变好的题", found.better),
            ("变差的题", found.worse),
            ("回答变了、对错没变的题", found.changed),
        )
        if changes
    ]
    return "\n\n".join(parts)


def _table(found: Comparison) -> str:
    rows: list[Sequence[str]] = [("指标", "甲", "乙", "差", "95% 区间", "p", "结论")]
    for key, measure in compared().items():
        gap = found.differences.get(key)
        if gap is not None:
            signs = (
                f"{value * (100 if measure.unit == 'share' else 1):+.1f}" for value in (gap.value, gap.low, gap.high)
            )
            value, low, high = signs
            shown = (written(gap.before, measure.unit), written(gap.after, measure.unit))
            rows.append(
                (
                    measure.name,
                    *shown,
                    value,
                    f"{low} 至 {high}",
                    f"{gap.p:.3f}" if gap.p >= 0.001 else "<0.001",
                    verdict(gap, measure.better),
                )
            )
    return aligned(rows) + "\n（甲乙两次评测逐题配对；p 未因比较的指标多而校正。）"


def verdict(gap: Difference, better: str) -> str:
    """Whether the difference is more than noise, and which way it goes."""
    if gap.value == 0:
        return "相同"
    if not gap.real:
        return "在误差内"
    if not better:
        return "不同"
    return "变好" if (gap.low > 0) == (better == "higher") else "变差"


def _counts(found: Comparison) -> str:
    only = f"；只在甲 {found.only_a} 题，只在乙 {found.only_b} 题" if found.only_a or found.only_b else ""
    return (
        f"共同的题 {found.common} 道：变好 {len(found.better)}，变差 {len(found.worse)}，"
        f"回答变了而对错没变 {len(found.changed)}{only}。"
    )


def _questions(title: str, changes: Sequence[Change], limit: int) -> str:
    lines = [f"{title}（{len(changes)}）："]
    for each in changes[:limit]:
        lines += [
            f"{each.id} [{type_name(each.type)}] {each.question}",
            f"  甲 {_short(each.before)}",
            f"  乙 {_short(each.after)}",
        ]
    if len(changes) > limit:
        lines.append(f"……另有 {len(changes) - limit} 题，见 --json。")
    return "\n".join(lines)


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= 120 else f"{told[:120]}…"
