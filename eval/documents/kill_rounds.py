"""Rounds of kills over one index: a change begins, is killed, and what it left is looked at and counted."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from random import Random

from eval.documents.changes import BUILD, KINDS, RESUME, RIVALS, Change, Changes
from eval.documents.killing import (
    Ended,
    Moment,
    Pace,
    Process,
    finished,
    killed,
    paced,
    started,
    survivors,
    wait_for_line,
)
from eval.documents.shelf import MIXED, Shelf, State
from eval.documents.standing import Standing, standing
from index.errors import IndexBusyError, UnknownDocumentError
from index.generations import UNFINISHED_FOLDER, current_number
from index.manifest import RESUME_FILE
from index.settings import Settings
from index.steps import Steps, standard_steps

FILES, RECORDS = 50, 10
# Every so many rounds the killed change is made again and comes to its end.
WHOLE_EVERY = 10


@dataclass(slots=True)
class Tally:
    """What became of one kind of change; `ended` came to its end before the moment of its kill."""

    kills: int = 0
    ended: int = 0
    before: int = 0
    after: int = 0
    resumed: int = 0
    whole: int = 0
    lost: int = 0
    stale: int = 0
    unreadable: int = 0
    other: int = 0


@dataclass(slots=True)
class Rounds:
    """A run of kills over an index in `home`/索引 of files in `home`/资料; `say` is told each fault at once."""

    home: Path
    random: Random
    say: Callable[[str], None]
    suffixes: Sequence[str] = MIXED
    tallies: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    faults: list[str] = field(default_factory=list)
    rounds: int = 0
    found: Standing = field(default_factory=Standing)
    _groups: list[int] = field(default_factory=list)
    _paces: dict[str, Pace] = field(default_factory=dict)
    settings: Settings = field(init=False)
    shelf: Shelf = field(init=False)
    _changes: Changes = field(init=False)
    _steps: Steps = field(init=False)

    def __post_init__(self) -> None:
        self.settings = Settings(folder=self.home / "索引")
        self.shelf = Shelf(self.home / "资料", FILES, RECORDS, self.random, self.suffixes)
        # One model for all looks: they are hundreds, and the same every time.
        usual = standard_steps()
        self._steps = replace(usual, embedder=lru_cache(usual.embedder))
        self._changes = Changes(self.shelf, self.settings.folder, self.random)

    @property
    def kills(self) -> int:
        """How many processes were killed in their work."""
        return sum(tally.kills for tally in self.tallies.values())

    def begin(self) -> None:
        """Builds the index twice, and takes the times."""
        small = paced(self._changes.small("build"))
        usual = paced(self._changes.cli("build", str(self.shelf.folder)))
        self._paces = {kind: small if kind == RESUME else usual.copy() for kind in KINDS}
        self._judge(BUILD, self.shelf.state(), self.shelf.state(), "第一次建立")

    def round(self, kind: str) -> None:
        """One change, killed; now and then made again to its end."""
        self.rounds += 1
        change = self._changes.of(kind, self.found)
        if kind == RIVALS:
            self._rivals(change)
            return
        self._kill(kind, change)
        if kind == RESUME:
            # Killed a second time, while it goes on from where the first was.
            self._kill(kind, change)
        if (kind == RESUME or self.rounds % WHOLE_EVERY == 0) and self.found.held != change.after:
            self._look_whole(kind, finished(self._started(kind, change.command)))
            self.tallies[kind].whole += 1
            self._judge(kind, change.after, change.after, "再做一遍并做完")

    def finish(self) -> None:
        """Looks for processes that outlived their writer."""
        if left := survivors(self._groups):
            self._fault(BUILD, f"还有 {len(left)} 个读取进程没有结束")

    def _kill(self, kind: str, change: Change) -> None:
        moment = self._paces[kind].draw(self.random)
        ended = killed(self._started(kind, change.command), moment)
        self._count(kind, ended, moment)
        self._judge(kind, self.found.held, change.after, f"{moment.life_s:.3f} 秒处中断")

    def _rivals(self, change: Change) -> None:
        """One writer works, a second is told so, a third waits; the first is killed and the third does its work."""
        (own,) = self.shelf.put(1)
        mine = {str(own): self.shelf.state()[str(own)]}
        number = current_number(self.settings.folder)
        first = self._started(RIVALS, change.command)
        wait_for_line(first)
        first.send_signal(signal.SIGSTOP)
        if not self._is_busy() and current_number(self.settings.folder) == number:
            self._fault(RIVALS, "第二个写者没有被拒绝")
        third = self._started(RIVALS, self._changes.cli("add", str(own), "--wait", "240"))
        first.send_signal(signal.SIGCONT)
        moment = Moment(False, self._paces[RIVALS].draw(self.random).life_s)
        self._count(RIVALS, killed(first, moment), moment)
        self._look_whole(RIVALS, finished(third))
        self._judge(RIVALS, self.found.held | mine, change.after | mine, f"{moment.life_s:.3f} 秒处中断")

    def _is_busy(self) -> bool:
        from index.build import remove

        try:
            remove(self.settings, ["没有这份资料"])
        except IndexBusyError:
            return True
        except UnknownDocumentError:
            return False
        return False

    def _started(self, kind: str, command: tuple[str, ...]) -> Process:
        self.tallies[kind].resumed += self._is_unfinished()
        process = started(command)
        self._groups.append(os.getpgid(process.pid))
        return process

    def _count(self, kind: str, ended: Ended, moment: Moment) -> None:
        self._paces[kind].saw(ended, moment)
        self.tallies[kind].kills += ended.is_killed
        self.tallies[kind].ended += not ended.is_killed
        if not ended.is_killed:
            self._look_whole(kind, ended)

    def _look_whole(self, kind: str, ended: Ended) -> None:
        if ended.code:
            self._fault(kind, f"退出码 {ended.code}：{ended.said[-300:]}")

    def _judge(self, kind: str, before: State, after: State, when: str) -> None:
        """Looks at the index and counts; what it holds is what the next round begins from."""
        found, tally = standing(self.settings, self._steps, self.shelf.words, self.random), self.tallies[kind]
        tally.unreadable += not found.is_readable
        if found.is_readable:
            self._compare(kind, before, after, found.held, when)
            self.found = found
        tally.stale += len(found.stale)
        tally.other += len(found.faults) if found.is_readable else 0
        for line in (*(f"还查得到已经不在的 {word}" for word in found.stale), *found.faults):
            self._tell(kind, f"{when}：{line}")

    def _compare(self, kind: str, before: State, after: State, held: State, when: str) -> None:
        tally = self.tallies[kind]
        if held in (before, after):
            tally.before += held == before != after
            tally.after += held == after != before
            return
        missing = sorted((before.keys() & after.keys()) - held.keys())
        if missing:
            tally.lost += len(missing)
            self._tell(kind, f"{when}：丢失 {len(missing)} 份，如 {missing[0]}")
            return
        odd = sorted(
            origin
            for origin in held.keys() | after.keys()
            if held.get(origin) not in (before.get(origin), after.get(origin))
        )
        shown = [f"{origin}：{[sorted(one.get(origin, ())) for one in (before, held, after)]}" for origin in odd[:2]]
        self._fault(kind, f"{when}：既不是之前也不是之后的状态（{'；'.join(shown) or '新旧混杂'}）")

    def _fault(self, kind: str, line: str) -> None:
        self.tallies[kind].other += 1
        self._tell(kind, line)

    def _tell(self, kind: str, line: str) -> None:
        self.faults.append(f"第 {self.rounds} 轮 {kind} {line}")
        self.say(self.faults[-1])

    def _is_unfinished(self) -> bool:
        """Whether a killed writer left parts that the next one may use."""
        index = self.settings.folder
        return any(index.glob(f"generations/*.draft/{RESUME_FILE}")) or (index / UNFINISHED_FOLDER).exists()
