"""How far a run is, as one line: a bar, counts, and the time that is left at the pace so far."""

from __future__ import annotations

import time
from collections.abc import Callable

WIDTH = 24
# A person sees a bar move; a log gets a line now and then.
EVERY_S, EVERY_S_IN_A_LOG = 0.5, 10.0


class ProgressBar:
    """Tells a line now and then, and always the last one.

    What a killed run left is shown as done, but says nothing of the pace.
    """

    def __init__(
        self,
        tell: Callable[[str, bool], None],
        watched: bool,
        what: str = "评测",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._what = what
        self._every_s = EVERY_S if watched else EVERY_S_IN_A_LOG
        self._clock = clock
        self._begun = clock()
        self._told_at = float("-inf")

    def __call__(self, done: int, total: int, kept: int) -> None:
        """`done` of `total` are answered, `kept` of them by an earlier run."""
        now = self._clock()
        if done < total and now - self._told_at < self._every_s:
            return
        self._told_at = now
        self._tell(bar(self._what, done, total, kept, now - self._begun), done >= total)


def bar(what: str, done: int, total: int, kept: int, elapsed_s: float) -> str:
    """The line of a progress bar."""
    filled = WIDTH * done // total if total else WIDTH
    line = f"{what} [{'█' * filled}{'░' * (WIDTH - filled)}] {done}/{total}"
    if kept:
        line += f"（其中 {kept} 题是上次留下的）"
    asked = done - kept
    if done >= total:
        return f"{line} 用时 {elapsed_s:.0f} 秒"
    return f"{line} 约剩 {elapsed_s / asked * (total - done):.0f} 秒" if asked > 0 else line
