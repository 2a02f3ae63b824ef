"""Puts questions to a system, in processes side by side; one bad question never ends a run, not even one that kills."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing import get_context

from eval.dataset import GoldQuestion
from eval.reply import Reply
from eval.systems import Opens, System, peak_mb

# Fewer questions than this are answered before a second process has opened the index.
WORTH_A_PROCESS = 40
DIED = "回答这道题时进程意外退出（内存不足或程序崩溃）"


def ask(system: System, question: GoldQuestion) -> Reply:
    """The reply of a system; whatever it raises is the result of this question, not of the run."""
    begun = time.perf_counter()
    try:
        return system.reply(question)
    except Exception as failure:
        elapsed = (time.perf_counter() - begun) * 1000
        told = f"{type(failure).__name__}：{failure}"
        return Reply(question.id, None, told, elapsed, peak_mb=peak_mb())


def ask_all(choice: Opens, questions: Sequence[GoldQuestion], jobs: int) -> Iterator[Reply]:
    """A reply to every question, in the order in which they come; `jobs` processes, each with the index open."""
    jobs = min(jobs, 1 + len(questions) // WORTH_A_PROCESS)
    if jobs > 1:
        yield from _side_by_side(choice, questions, jobs)
        return
    with choice.open() as system:
        for question in questions:
            yield ask(system, question)


def _side_by_side(choice: Opens, questions: Sequence[GoldQuestion], jobs: int) -> Iterator[Reply]:
    left = {question.id: question for question in questions}
    try:
        with _Pool(choice, jobs) as pool:
            for reply in pool.replies(questions):
                del left[reply.id]
                yield reply
    except BrokenProcessPool:
        # One of the questions in flight killed its process, and the pool does not say which: the rest go one by one.
        for question in left.values():
            yield alone(choice, question)


def alone(choice: Opens, question: GoldQuestion) -> Reply:
    """The reply to one question from a process of its own, an error when that process dies of it."""
    try:
        with _Pool(choice, 1) as pool:
            return next(iter(pool.replies([question])))
    except BrokenProcessPool:
        return Reply(question.id, None, DIED)


class _Pool:
    """Processes that hold a system open; started afresh, so that no thread or lock of this process is copied."""

    def __init__(self, choice: Opens, jobs: int) -> None:
        self._jobs = jobs
        self._pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_open, initargs=(choice,))

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def replies(self, questions: Sequence[GoldQuestion]) -> Iterator[Reply]:
        """Replies as they come; only a few questions wait in the pool, so that an interrupt ends soon."""
        waiting = iter(questions)
        flying: set[Future[Reply]] = set()
        for question in waiting:
            flying.add(self._pool.submit(_ask, question))
            if len(flying) < 4 * self._jobs:
                continue
            done, flying = wait(flying, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in done)
        while flying:
            done, flying = wait(flying, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in done)


# The system of a worker process, opened once by `_open`; the process is the only one that reads it.
_held = ExitStack()
_systems: list[System] = []


def _open(choice: Opens) -> None:
    _systems.append(_held.enter_context(choice.open()))


def _ask(question: GoldQuestion) -> Reply:
    return ask(_systems[0], question)
