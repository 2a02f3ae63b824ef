"""The reading processes of a build: each file within its time and memory, and none of them able to end the build."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from itertools import islice
from pathlib import Path

from index.cleaning.site import SiteLines
from index.gather import files_read, remember
from index.measures.taxonomy import chosen_taxonomy
from index.reader import FileOutcome, Piece
from index.steps import FileRead, Gathering
from index.worker import READY, receive, send, unpacked

# Pieces that a process has at hand beside the one it reads, so that it never waits for the writer.
_AHEAD = 2
# Results that may wait for a slow one before them.
_WINDOW = 48
# A piece has so many seconds of its process's own time; by the clock it has many more, because a machine may be busy.
_CLOCK_FACTOR = 10
_START_SECONDS = 300.0
_LOOK_SECONDS = 0.5
_TICKS = os.sysconf("SC_CLK_TCK")

# The number of a step, and of a file in it where a piece of several is read again file by file.
Place = tuple[int, int]


@dataclass(eq=False)
class _Process:
    """One reading process and the pieces it was given; the first of them is at hand since `since` and `spent` seconds."""

    handle: subprocess.Popen[bytes]
    given: deque[tuple[Place, Piece]] = field(default_factory=deque)
    since: float = field(default_factory=time.monotonic)
    spent: float = 0.0
    is_ready: bool = False
    replies: FileIO = field(init=False)

    def __post_init__(self) -> None:
        assert self.handle.stdout is not None
        # Read without a buffer: a second reply that came with the first would lie there, where waiting does not see it.
        self.replies = FileIO(self.handle.stdout.fileno(), closefd=False)

    def begin(self) -> None:
        """Marks that the next piece is at hand."""
        self.since, self.spent = time.monotonic(), self.seconds()

    def seconds(self) -> float:
        """The processor time that it took so far, with that of programs it called and that have ended."""
        try:
            fields = Path(f"/proc/{self.handle.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return self.spent
        return sum(map(int, fields[11:15])) / _TICKS

    def is_late(self) -> bool:
        """Whether the piece at hand took more time than it may."""
        clock = time.monotonic() - self.since
        if not self.is_ready:
            return clock > _START_SECONDS
        allowed = self.given[0][1].seconds
        return clock > allowed * _CLOCK_FACTOR or (clock > allowed and self.seconds() - self.spent > allowed)


class Workers:
    """As many reading processes as there are cores; results come in the order of the work."""

    def __init__(self, asked: Gathering, count: int | None = None) -> None:
        self._asked = asked
        self._count = count or max(1, min(8, len(os.sched_getaffinity(0))))
        self._known = {site: lines.as_json() for site, lines in asked.sites.items()}
        self._processes: list[_Process] = []
        self._waiting: deque[tuple[Place, Piece]] = deque()
        # What came of each step so far by the place in it, and of how many of its pieces nothing came yet.
        self._results: dict[int, dict[int, list[FileRead]]] = {}
        self._open: dict[int, int] = {}
        self._again: set[Place] = set()

    def read(self, steps: Iterator[Piece | FileRead]) -> Iterator[FileRead]:
        """What each step gives, in order; the processes end with the iteration, however it ends."""
        numbered = enumerate(steps)
        following, exhausted = 0, False
        try:
            while True:
                while not exhausted and len(self._waiting) < self._count * _AHEAD:
                    if self._taken(following) >= _WINDOW:
                        break
                    step = next(numbered, None)
                    if step is None:
                        exhausted = True
                    elif isinstance(step[1], FileRead):
                        self._results[step[0]] = {0: [step[1]]}
                    else:
                        self._open[step[0]] = 1
                        self._waiting.append(((step[0], 0), step[1]))
                while following in self._results and not self._open.get(following):
                    found = self._results.pop(following)
                    self._open.pop(following, None)
                    following += 1
                    for place in sorted(found):
                        yield from found[place]
                if exhausted and not self._waiting and not any(one.given for one in self._processes):
                    return
                self._hand_out()
                self._collect()
        finally:
            for process in self._processes:
                _end(process)

    def _taken(self, following: int) -> int:
        """How far ahead of the next result the work has gone."""
        numbers = [*self._results, *(place[0] for place, _ in self._waiting)]
        numbers += [place[0] for process in self._processes for place, _ in process.given]
        return max(numbers, default=following) - following

    def _hand_out(self) -> None:
        while self._waiting:
            idle = min(self._processes, key=lambda one: len(one.given), default=None)
            if (idle is None or idle.given) and len(self._processes) < self._count:
                idle = self._start()
            if idle is None or len(idle.given) > _AHEAD:
                return
            place, piece = self._waiting.popleft()
            assert idle.handle.stdin is not None
            # One that died since is found out by whoever reads from it next, and its work handed to another.
            with suppress(OSError):
                send(idle.handle.stdin, piece.fields)
            if not idle.given:
                idle.begin()
            idle.given.append((place, piece))

    def _collect(self) -> None:
        busy = [process for process in self._processes if process.given]
        streams = {one.replies: one for one in busy}
        ready, _, _ = select.select(list(streams), [], [], _LOOK_SECONDS)
        for stream in ready:
            self._take(streams[stream])
        for process in busy:
            if process.given and process.replies not in ready and process.is_late():
                place, piece = process.given.popleft()
                reason = f"读取超过 {piece.seconds:.0f} 秒，已停止；请拆分或换一种格式后重试。"
                self._fail(place, piece, reason, may_try_again=False)
                self._lose(process)

    def _take(self, process: _Process) -> None:
        try:
            frame, numbers = receive(process.replies)
        except (EOFError, ValueError):
            place, piece = process.given.popleft()
            self._fail(place, piece, "读取时程序崩溃，文件可能有问题；请重新导出或换一种格式后重试。")
            self._lose(process)
            return
        if frame == READY:
            process.is_ready = True
            process.begin()
            return
        (number, at), piece = process.given.popleft()
        process.begin()
        rows, counts, sites = frame
        prepared = iter(unpacked(rows, numbers))
        outcomes = [FileOutcome(list(islice(prepared, count)), unread) for count, unread in counts]
        remember(self._asked.sites, {site: SiteLines.from_json(lines) for site, lines in sites.items()})
        self._done((number, at), files_read(piece, outcomes))

    def _done(self, place: Place, found: list[FileRead]) -> None:
        self._results.setdefault(place[0], {})[place[1]] = found
        self._open[place[0]] -= 1

    def _fail(self, place: Place, piece: Piece, reason: str, may_try_again: bool = True) -> None:
        """Tells what became of a piece: one of several files is read again file by file, one of a single file once more.

        A process may die through no fault of its file, when the machine runs out of memory.
        """
        if len(piece.files) > 1:
            self._open[place[0]] += len(piece.files) - 1
            singles = [((place[0], at), Piece((file,))) for at, file in enumerate(piece.files)]
            self._waiting.extendleft(reversed(singles))
        elif may_try_again and place not in self._again:
            self._again.add(place)
            self._waiting.appendleft((place, piece))
        else:
            file = piece.files[0]
            self._done(place, files_read(piece, [FileOutcome([], [(file.path, f"文件 {file.name} {reason}")])]))

    def _lose(self, process: _Process) -> None:
        """Ends a process and hands what it had not begun to others."""
        self._processes.remove(process)
        self._waiting.extendleft(reversed(process.given))
        process.given.clear()
        _end(process)

    def _start(self) -> _Process:
        environment = dict(os.environ) | {
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "TOKENIZERS_PARALLELISM": "false",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        handle = subprocess.Popen(
            [sys.executable, "-m", "index.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        process = _Process(handle)
        self._processes.append(process)
        assert handle.stdin is not None
        settings = self._asked.settings
        send(
            handle.stdin,
            {
                "token_encoding": settings.token_encoding,
                "chunk_tokens": settings.chunk_tokens,
                "embedder_setting": self._asked.embedder_setting,
                "embeds": self._asked.embeds,
                "sites": self._known,
                "measures": str(chosen_taxonomy()),
            },
        )
        return process


def _end(process: _Process) -> None:
    process.handle.kill()
    for stream in (process.handle.stdin, process.handle.stdout):
        if stream is not None:
            # What was still to be sent has nobody left to read it.
            with suppress(OSError):
                stream.close()
    process.handle.wait()
