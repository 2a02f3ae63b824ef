"""The repeats of a comparison: every system once in each, in an order that turns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.peers.run import Material, Measured, measure_once
from eval.peers.schedule import NAMES, Entry, rotated


@dataclass(frozen=True, slots=True)
class Plan:
    """What a comparison has settled before it measures.

    `command` starts an entry's process, `chosen` numbers the setting of each system in the third track. The first repeat
    asks all `questions`, the others the first `timed` of them.
    """

    entries: tuple[Entry, ...]
    command: Callable[[Entry], Sequence[str]]
    material: Material
    chosen: Mapping[str, int]
    questions: tuple[str, ...]
    timed: int
    repeats: int


def run_repeats(plan: Plan, say: Callable[[str], None]) -> dict[Entry, list[Measured]]:
    """What every entry gave in each repeat, in order; a failed one is told and the rest go on."""
    runs: dict[Entry, list[Measured]] = {entry: [] for entry in plan.entries}
    for repeat in range(plan.repeats):
        for entry in rotated(plan.entries, repeat, plan.repeats):
            setting = plan.chosen.get(entry.system, 0) if entry.track == "chinese" else 0
            questions = plan.questions[: plan.timed] if repeat else plan.questions
            measured = measure_once(plan.command(entry), plan.material, entry.track, setting, questions)
            runs[entry].append(measured)
            told = measured.error or f"入库 {measured.seconds:.1f} 秒"
            say(f"第 {repeat + 1}/{plan.repeats} 次　{NAMES[entry.system]}（{entry.track}）：{told}")
    return runs
