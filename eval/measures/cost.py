"""Measures of cost: time an answer, by nearest rank, the size of the process, and questions that failed."""

from __future__ import annotations

from eval.measures.measure import Measure, Reading, Sum, share
from eval.result import Result

GROUP = "用时"


def elapsed(result: Result) -> Reading | None:
    """The milliseconds of a reply, errors included; None for a system that does not tell its time."""
    return (result.reply.elapsed_ms, 1.0) if result.reply.elapsed_ms else None


def memory(result: Result) -> Reading | None:
    """The largest resident size, in MiB, of the process that answered."""
    return (result.reply.peak_mb, 1.0) if result.reply.peak_mb else None


def errors(result: Result) -> Reading | None:
    """Of all questions, those at which the system failed or that it left without a line."""
    return share(bool(result.reply.error), 1)


def measures() -> list[Measure]:
    """The measures of cost."""
    quantiles: tuple[tuple[Sum, str], ...] = (("p50", "一半"), ("p95", "95%"), ("p99", "99%"))
    return [
        Measure("errors", "出错率", GROUP, "出错或没有回答的题的占比。", errors, better="lower", headline=True),
        *(
            Measure(
                f"{key}_ms",
                f"用时 {key.upper()}",
                GROUP,
                f"{part}的题不超过这个用时（毫秒）。",
                elapsed,
                sum=key,
                unit="ms",
                better="lower",
            )
            for key, part in quantiles
        ),
        Measure("peak_mb", "内存峰值", GROUP, "进程占用内存的最大值（MiB）。", memory, "max", "MB", "lower"),
    ]
