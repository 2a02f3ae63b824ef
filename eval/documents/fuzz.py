"""Fuzzing of the readers: `python -m eval.documents.fuzz --inputs N | --minutes M [--seed S] [--reader html] [--guided]`.

Each reader gets files made to harm it, then valid files mutated at random (or guided by coverage, with atheris). Every
input must end with documents or one Chinese line, within `SECONDS` and `MOST_MB` of memory.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.documents.hostile import HOSTILE
from eval.documents.trial import Verdict, drawn
from eval.documents.trials import guided_runs, hostile_trial, random_trials
from eval.documents.valid_files import valid_files

SECONDS, MOST_MB = 10.0, 1024.0
# Two cores are often shared; what the clock says counts only with CPU time of this much behind it.
OWN_SECONDS = 5.0
# One suffix a reader; the slow ones start another program or a recogniser and get a hundredth of the inputs.
QUICK = (".txt", ".md", ".html", ".jsonl", ".csv", ".pdf", ".docx", ".xlsx", ".pptx", ".eml", ".mhtml", ".zip", ".ofd")
SLOW = (".doc", ".xls", ".ppt", ".png")
SLOW_SHARE = 100
# A process is started anew after so many inputs, so that what it holds on to does not add up.
BATCH = 1_000
REPRODUCERS = 20
REASONS = 4


@dataclass(slots=True)
class Tally:
    """What a reader did with its inputs."""

    reader: str
    inputs: int = 0
    documents: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    peak: tuple[float, str] = (0.0, "")
    failures: dict[str, list[str]] = field(default_factory=dict)
    failed: int = 0

    def add(self, verdict: Verdict, label: str, keep: Callable[[str], str]) -> None:
        """Counts one verdict; a failure is kept under its kind by `keep`, which gives the path of the reproducer."""
        self.inputs += 1
        self.documents += verdict.kind == "documents"
        if verdict.kind == "refused":
            self.reasons[verdict.detail] += 1
        self.slowest = max(self.slowest, (verdict.seconds, label))
        self.peak = max(self.peak, (verdict.peak, label))
        fault = fault_of(verdict)
        if fault:
            self.failed += 1
            kept = self.failures.setdefault(fault, [])
            if len(kept) < REPRODUCERS:
                kept.append(keep(label))


def fault_of(verdict: Verdict) -> str:
    """What an input did that none may do; empty when it ended well."""
    if verdict.kind == "broken":
        return verdict.detail
    if verdict.seconds > SECONDS and verdict.cpu > OWN_SECONDS:
        return f"超过 {SECONDS:.0f} 秒"
    return f"超过 {MOST_MB:.0f} MB 内存" if verdict.peak > MOST_MB else ""


def readers() -> list[str]:
    """One suffix for every reader that the program has now."""
    from index.sources.formats import is_readable

    return [suffix for suffix in (*QUICK, *SLOW) if is_readable(f"a{suffix}")]


def fuzz(suffix: str, options: argparse.Namespace, until: float) -> Tally:
    """All trials of one suffix: the hostile files, then random or guided inputs until the count or the time is reached."""
    tally = Tally(suffix)
    out: Path = options.out
    with TemporaryDirectory() as folder:
        for name in [name for name in HOSTILE if name.endswith(suffix) and not options.no_hostile]:
            # The maker of a hostile file is its reproducer: the files themselves may be a gigabyte large.
            tally.add(
                hostile_trial(name, Path(folder)), name, lambda label: f"python -m eval.documents.hostile {label} FILE"
            )
        if options.guided:
            runs = guided_runs(suffix, max(1, round(until - time.monotonic())), options.seed, out)
            tally.inputs += runs.inputs
            for fault, path in runs.failures:
                tally.failed += 1
                tally.failures.setdefault(fault, []).append(path)
            return tally
        wanted = -(-options.inputs // SLOW_SHARE) if suffix in SLOW else options.inputs
        for first in range(0, wanted, BATCH):
            last = min(first + BATCH, wanted)
            for verdict in random_trials(suffix, options.seed, (first, last), Path(folder)):
                tally.add(verdict, str(verdict.number), partial(_kept, out, suffix, options.seed))
                if time.monotonic() > until:
                    return tally
    return tally


def _kept(out: Path, suffix: str, seed: int, label: str) -> str:
    """The path under which an input is kept, drawn again from its number."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{suffix[1:]}-{seed}-{label}{suffix}"
    path.write_bytes(drawn(valid_files(suffix), suffix, seed, int(label)))
    return str(path)


def table(tallies: Sequence[Tally]) -> str:
    """One line a reader, then the reasons of refusal and the failures with their reproducers."""
    lines = ["读取器\t输入\t成文\t拒绝\t最慢（秒）\t内存峰值（MB）\t失败"]
    for one in tallies:
        slowest, peak = f"{one.slowest[0]:.1f} {one.slowest[1]}", f"{one.peak[0]:.0f} {one.peak[1]}"
        refused = sum(one.reasons.values())
        lines.append(f"{one.reader}\t{one.inputs}\t{one.documents}\t{refused}\t{slowest}\t{peak}\t{one.failed}")
    lines.append(f"合计\t{sum(one.inputs for one in tallies)}\t失败 {sum(one.failed for one in tallies)}")
    for one in tallies:
        lines += [f"{one.reader} 拒绝 {count} 次：{reason}" for reason, count in one.reasons.most_common(REASONS)]
    for one in tallies:
        lines += [f"{one.reader} 失败：{fault} ← {'、'.join(paths)}" for fault, paths in one.failures.items()]
    return "\n".join(lines)


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description="对读取器做模糊测试")
    parser.add_argument("--inputs", type=int, default=10**9, metavar="个数", help="每种格式的输入数")
    parser.add_argument("--minutes", type=float, default=0.0, metavar="分钟", help="总时间，各格式平分")
    parser.add_argument("--seed", type=int, default=1, metavar="数", help="随机数种子")
    parser.add_argument("--reader", nargs="+", default=["all"], metavar="格式", help="如 txt html docx，或 all")
    parser.add_argument("--guided", action="store_true", help="用 atheris 按代码覆盖引导（需要 pip install atheris）")
    parser.add_argument("--no-hostile", action="store_true", help="不做专门构造的有害文件")
    parser.add_argument("--out", type=Path, default=Path("runs/fuzz"), metavar="目录", help="失败的输入放在这里")
    options = parser.parse_args(arguments)
    if not options.minutes and options.inputs == 10**9:
        parser.error("请用 --inputs 或 --minutes 说明做到什么时候为止")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzzes the readers that were named and prints the table; 1 when an input failed."""
    options = parsed(arguments)
    chosen = readers() if "all" in options.reader else [f".{name.lstrip('.')}" for name in options.reader]
    share = options.minutes * 60 / len(chosen) if options.minutes else float("inf")
    tallies = []
    for suffix in chosen:
        tallies.append(fuzz(suffix, options, time.monotonic() + share))
        sys.stderr.write(f"{suffix} {tallies[-1].inputs} {tallies[-1].failed}\n")
    sys.stdout.write(f"{table(tallies)}\n")
    return 1 if any(one.failed for one in tallies) else 0


if __name__ == "__main__":
    raise SystemExit(main())
