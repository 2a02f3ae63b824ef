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
from itertools import islice

from index.cleaning.site import SiteLines
from index.gather import FileOutcome, Piece, files_read
from index.steps import FileRead, Gathering
from index.worker import receive, send, unpacked

# Pieces that a process has at hand beside the one it reads, so that it never waits for the writer.
_AHEAD = 2
# Results that may wait for a slow one before them.
_WINDOW = 48


@dataclass(eq=False)
class _Process:
    """One reading process and the pieces it was given, by their number."""

    handle: subprocess.Popen[bytes]
    given: deque[tuple[int, Piece]] = field(default_factory=deque)
    since: float = 0.0


class Workers:
    """As many reading processes as there are cores; results come in the order of the work."""

    def __init__(self, asked: Gathering, count: int | None = None) -> None:
        self._asked = asked
        self._count = count or max(1, min(8, len(os.sched_getaffinity(0))))
        self._processes: list[_Process] = []
        self._waiting: deque[tuple[int, Piece]] = deque()
        # What came of each step so far, and of how many of its pieces nothing came yet.
        self._results: dict[int, list[FileRead]] = {}
        self._open: dict[int, int] = {}

    def read(self, steps: Iterator[Piece | FileRead]) -> Iterator[FileRead]:
        """What each step gives, in order; the processes end with the iteration, however it ends."""
        numbered = enumerate(steps)
        following, exhausted = 0, False
        try:
            while True:
                while not exhausted and len(self._waiting) < self._count * _AHEAD:
                    taken = self._taken(following)
                    if taken >= _WINDOW:
                        break
                    step = next(numbered, None)
                    if step is None:
                        exhausted = True
                    elif isinstance(step[1], FileRead):
                        self._results[step[0]] = [step[1]]
                    else:
                        self._open[step[0]] = 1
                        self._waiting.append((step[0], step[1]))
                while following in self._results and not self._open.get(following):
                    yield from self._results.pop(following)
                    self._open.pop(following, None)
                    following += 1
                if exhausted and not self._waiting and not any(one.given for one in self._processes):
                    return
                self._hand_out()
                self._collect()
        finally:
            for process in self._processes:
                _end(process)

    def _taken(self, following: int) -> int:
        """How far ahead of the next result the work has gone."""
        numbers = [*self._results, *(number for number, _ in self._waiting)]
        numbers += [number for process in self._processes for number, _ in process.given]
        return max(numbers, default=following) - following

    def _hand_out(self) -> None:
        while self._waiting:
            idle = min(self._processes, key=lambda one: len(one.given), default=None)
            if (idle is None or idle.given) and len(self._processes) < self._count:
                idle = self._start()
            if idle is None or len(idle.given) > _AHEAD:
                return
            number, piece = self._waiting.popleft()
            try:
                assert idle.handle.stdin is not None
                send(idle.handle.stdin, piece.fields)
            except OSError:
                # It died since; what it had is handed out again by whoever notices.
                self._waiting.appendleft((number, piece))
                self._lose(idle)
                continue
            if not idle.given:
                idle.since = time.monotonic()
            idle.given.append((number, piece))

    def _collect(self) -> None:
        busy = [process for process in self._processes if process.given]
        now = time.monotonic()
        left = min((one.since + one.given[0][1].seconds - now for one in busy), default=0.0)
        streams = {one.handle.stdout: one for one in busy if one.handle.stdout is not None}
        ready, _, _ = select.select(list(streams), [], [], max(0.0, left))
        for stream in ready:
            self._take(streams[stream])
        now = time.monotonic()
        for process in busy:
            if (
                process.given
                and now - process.since > process.given[0][1].seconds
                and process.handle.stdout not in ready
            ):
                number, piece = process.given.popleft()
                seconds = f"{piece.seconds:.0f}"
                self._fail(number, piece, f"读取超过 {seconds} 秒，已停止；请拆分或换一种格式后重试。")
                self._lose(process)

    def _take(self, process: _Process) -> None:
        assert process.handle.stdout is not None
        number, piece = process.given[0]
        try:
            (rows, counts, sites), numbers = receive(process.handle.stdout)
        except (EOFError, ValueError):
            process.given.popleft()
            self._fail(number, piece, "读取时程序崩溃，文件可能有问题；请重新导出或换一种格式后重试。")
            self._lose(process)
            return
        process.given.popleft()
        process.since = time.monotonic()
        prepared = iter(unpacked(rows, numbers))
        outcomes = [FileOutcome(list(islice(prepared, count)), unread) for count, unread in counts]
        self._done(number, files_read(piece, outcomes))
        self._asked.sites.update((site, SiteLines.from_json(lines)) for site, lines in sites.items())

    def _done(self, number: int, found: list[FileRead]) -> None:
        self._results.setdefault(number, []).extend(found)
        self._open[number] -= 1

    def _fail(self, number: int, piece: Piece, reason: str) -> None:
        """Tells what became of a piece; one of several files is read again file by file, to find the one at fault."""
        if len(piece.files) > 1:
            self._open[number] += len(piece.files) - 1
            self._waiting.extendleft((number, Piece((file,))) for file in reversed(piece.files))
            return
        file = piece.files[0]
        self._done(number, files_read(piece, [FileOutcome([], [(file.path, f"文件 {file.name} {reason}")])]))

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
                "sites": {site: lines.as_json() for site, lines in self._asked.sites.items()},
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
