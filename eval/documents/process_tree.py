"""What a command costs with all the processes that it starts: seconds by the clock, CPU seconds, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from index.errors import ChangaiError

SAMPLE_S = 0.05
# Who belongs to the tree is looked up again after so many samples; reading the list of all processes costs more than memory.
_SAMPLES_A_LOOK = 5
_PROC = Path("/proc")
_TAIL = 300


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one run; `peak_mb` is the largest sum of PSS over the tree, sampled every 50 ms.

    PSS counts a page that several processes share once in all, so that the sum is what the machine has to hold.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str = ""


def cost_of(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Runs a command to its end in `folder`; ChangaiError, with its last line, when it fails.

    `cpu_seconds` holds those of all processes of the tree that were waited for.
    """
    with TemporaryFile() as told, TemporaryFile() as complaints:
        begin = time.perf_counter()
        child = subprocess.Popen(list(command), stdout=told, stderr=complaints, cwd=folder, env=environment)
        peak, tree, sample = 0, [child.pid], 0
        try:
            while True:
                ended, status, usage = os.wait4(child.pid, os.WNOHANG)
                if ended:
                    break
                if sample % _SAMPLES_A_LOOK == 0:
                    tree = list(_tree(child.pid))
                peak = max(peak, sum(map(_pss_kb, tree)))
                sample += 1
                time.sleep(SAMPLE_S)
        except BaseException:
            child.kill()
            child.wait()
            raise
        seconds = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise ChangaiError(
                f"{' '.join(command[:3])} 没有运行完（{_last_line(complaints)}）；请单独运行它查明原因。"
            )
        told.seek(0)
        output = told.read().decode("utf-8", "replace")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak / 1024, output)


def _tree(root: int) -> Iterator[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdecimal() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield process
        waiting += children.get(process, [])


def _parent(entry: Path) -> int | None:
    try:
        # The name of a process stands in brackets and may hold brackets and blanks itself.
        return int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        # It ended meanwhile.
        return None


def _pss_kb(process: int) -> int:
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        # It ended meanwhile.
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][-_TAIL:] if lines else "没有留下说明"
