"""Real processes that are killed at a random moment of their work, as by a power cut: SIGKILL, which nobody can catch."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

# Which share of the kills may hit the start of the process too; the others come after its first line of progress.
_EARLY = 0.15
# A kill makes a process of its kind be taken for so much slower, so that the last moments of a change get their share too.
_SLOWER = 1.03
# No change of so small an index takes longer, on however busy a machine.
_PATIENCE_S = 240.0

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: by itself with `code`, or killed `after_s` seconds of its work (code −9); what it said."""

    code: int
    after_s: float
    said: str

    @property
    def is_killed(self) -> bool:
        """Whether it was killed before its end."""
        return self.code == -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: so many seconds after the first line of progress, or after the start."""

    after_line: bool
    life_s: float


@dataclass(slots=True)
class Pace:
    """How long processes of one kind take until their first line, and from there to their end."""

    until_line_s: float
    to_end_s: float

    def copy(self) -> Pace:
        """The same times, to be corrected apart."""
        return Pace(self.until_line_s, self.to_end_s)

    def draw(self, random: Random) -> Moment:
        """A moment of such a process, any as likely as any other."""
        if random.random() < _EARLY:
            return Moment(False, random.uniform(0, self.until_line_s + self.to_end_s))
        return Moment(True, random.uniform(0, self.to_end_s))

    def saw(self, ended: Ended, moment: Moment) -> None:
        """Corrects the time to the end: by a process that ended before its moment, and up a little by one that did not."""
        if ended.is_killed:
            self.to_end_s *= _SLOWER
        elif moment.after_line:
            self.to_end_s = ended.after_s


def started(command: Sequence[str]) -> Process:
    """The process, in a group of its own, importing from where this one does."""
    environment = dict(os.environ) | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )


def wait_for_line(process: Process) -> float:
    """Waits for the first line on stderr, or the end; gives the seconds."""
    start = time.monotonic()
    if process.stderr is not None:
        select.select([process.stderr], [], [], _PATIENCE_S)
    return time.monotonic() - start


def killed(process: Process, moment: Moment) -> Ended:
    """Kills a process at a moment of its life, if it lives as long."""
    if moment.after_line:
        wait_for_line(process)
    start = time.monotonic()
    try:
        process.wait(timeout=moment.life_s)
    except subprocess.TimeoutExpired:
        # The process alone, not its readers: they must find out by themselves that nobody wants them any more.
        process.kill()
    return _ended(process, start)


def finished(process: Process) -> Ended:
    """Lets a process come to its end; one that does not in a long time is killed and counts as killed."""
    return killed(process, Moment(False, _PATIENCE_S))


def paced(command: Sequence[str]) -> Pace:
    """Runs a process to its end and takes its times."""
    process = started(command)
    until_line_s = wait_for_line(process)
    ended = finished(process)
    if ended.code:
        raise RuntimeError(f"{' '.join(command)}: {ended.said}")
    return Pace(until_line_s, ended.after_s)


def survivors(groups: Sequence[int], patience_s: float = 15) -> list[int]:
    """The processes of these groups that still run after a while; readers of a killed writer must end by themselves."""
    until = time.monotonic() + patience_s
    while (alive := _alive(set(groups))) and time.monotonic() < until:
        time.sleep(0.2)
    return alive


def _ended(process: Process, start: float) -> Ended:
    with process:
        code = process.wait()
        after_s = time.monotonic() - start
        said = process.stderr.read() if process.stderr else b""
    return Ended(code, after_s, said.decode("utf-8", "replace").strip())


def _alive(groups: set[int]) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:3]
        except OSError:
            # It ended while the list was read.
            continue
        if int(group) in groups and state not in "ZX":
            found.append(int(path.parent.name))
    return found
