"""The gate: no headline may fall below a golden baseline beyond noise, and no promise by a single question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures import headlines
from eval.measures.measure import Measure
from eval.scores import ScoredQuestion
from eval.statistics import Difference, difference
from index.errors import DatasetError

BASELINES = Path(__file__).resolve().parent / "baselines"
DEFAULT = BASELINES / "sample_dev.jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    """One headline against its baseline, and whether it fell."""

    measure: Measure
    difference: Difference
    fell: bool


def gate(baseline: Mapping[str, ScoredQuestion], now: Mapping[str, ScoredQuestion]) -> tuple[Judged, ...]:
    """Every headline that both runs count, judged over the baseline's questions.

    A headline fell when its paired difference is real (`Difference.real`) and on the worse side; a promise fell when it is
    worse at all. Raises DatasetError when the run lacks a question of the baseline, for a gate that looks at
    fewer questions would let through what it cannot see.
    """
    if not any(headlines().keys() & each.readings.keys() for each in baseline.values()):
        raise DatasetError("基线里没有任何主要指标，无法把关；请用 changai eval gate --regenerate 重新生成。")
    absent = [key for key, each in baseline.items() if not each.same_task(now.get(key))]
    if absent:
        raise DatasetError(
            f"这次评测缺少基线里的 {len(absent)} 道题（例如 {absent[0]}），无法把关；"
            "请用基线的题库评测，题库有意改动时用 changai eval gate --regenerate 更新基线。"
        )
    found = []
    unmeasured = []
    for key, measure in headlines().items():
        gap = difference(
            measure.sum,
            [each.readings.get(key) for each in baseline.values()],
            [now[name].readings.get(key) for name in baseline],
        )
        if gap is not None:
            found.append(Judged(measure, gap, fell(measure, gap)))
        elif any(key in each.readings for each in baseline.values()):
            unmeasured.append(measure.name)
    # A system that answers nothing any more has no citations to judge: what else fell tells that well enough.
    if unmeasured and not any(each.fell for each in found):
        raise DatasetError(f"这次评测没有测到基线里的指标「{'」「'.join(unmeasured)}」，无法把关；请用同样的系统评测。")
    return tuple(found)


def fell(measure: Measure, gap: Difference) -> bool:
    """Whether a headline is worse than its baseline beyond noise, or a promise at all."""
    lower_is_worse = measure.better == "higher"
    if measure.promise:
        return gap.value < 0 if lower_is_worse else gap.value > 0
    return gap.real and (gap.high < 0 if lower_is_worse else gap.low > 0)


def replaceable(baseline: Mapping[str, ScoredQuestion], now: Mapping[str, ScoredQuestion]) -> None:
    """DatasetError when a new baseline would lose questions of the old one: a gate must not shrink unseen."""
    lost = baseline.keys() - now.keys()
    if lost:
        raise DatasetError(
            f"新基线会少掉原基线里的 {len(lost)} 道题（例如 {min(lost)}）；请用整个题库评测，确要缩小时先删除原来的基线文件。"
        )


def baseline_lines(scored: Iterable[ScoredQuestion]) -> list[dict[str, Any]]:
    """The lines of a baseline: the readings of the headlines alone, without what was told."""
    return [
        {
            "id": each.id,
            "type": each.type,
            "question": each.question,
            "failed": each.failed,
            "refused": each.refused,
            "told": "",
            "gold": each.gold,
            "readings": {key: list(each.readings[key]) for key in headlines() if key in each.readings},
        }
        for each in scored
    ]
