"""Puts questions to a system, in processes side by side; one bad question never ends a run, not even one that kills."""

from __future__ import annotations

import os
import threading
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
PARENT_SEEN_EVERY_S = 0.5
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
    while left:
        pool = _Pool(choice, jobs)
        try:
            with pool:
                for reply in pool.replies(list(left.values())):
                    del left[reply.id]
                    yield reply
        except BrokenProcessPool:
            # One of the questions in flight killed its process, and the pool does not say which: each of them is asked
            # in a process of its own.
            for name in pool.flying & left.keys():
                yield alone(choice, left.pop(name))


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
        self._asked: dict[Future[Reply], str] = {}
        context = get_context("spawn")
        self._pool = ProcessPoolExecutor(jobs, context, initializer=_open, initargs=(choice, os.getpid()))

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    @property
    def flying(self) -> set[str]:
        """The ids of the questions that were asked and have not been answered."""
        return set(self._asked.values())

    def replies(self, questions: Sequence[GoldQuestion]) -> Iterator[Reply]:
        """Replies as they come; only a few questions wait in the pool, so that an interrupt ends soon.

        Raises BrokenProcessPool when a process died, and what opening the system raised.
        """
        for question in questions:
            self._asked[self._pool.submit(_ask, question)] = question.id
            if len(self._asked) >= 2 * self._jobs:
                yield from self._done()
        while self._asked:
            yield from self._done()

    def _done(self) -> Iterator[Reply]:
        for each in wait(self._asked, return_when=FIRST_COMPLETED).done:
            reply = each.result()
            del self._asked[each]
            yield reply


# What a worker process holds, set once by `_open`; the process is the only one that reads it.
_held = ExitStack()
_systems: list[System] = []
_failures: list[Exception] = []


def _open(choice: Opens, parent: int) -> None:
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        _systems.append(_held.enter_context(choice.open()))
    except Exception as failure:
        # The pool would say no more than that it broke; the run shall end with what happened.
        _failures.append(failure)


def _end_with(parent: int) -> None:
    """Ends this process soon after the one that started it, however that ended: nobody waits for the answers any more."""
    while os.getppid() == parent:
        time.sleep(PARENT_SEEN_EVERY_S)
    os._exit(1)


def _ask(question: GoldQuestion) -> Reply:
    if _failures:
        raise _failures[0]
    return ask(_systems[0], question)
