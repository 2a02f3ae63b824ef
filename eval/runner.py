"""A run from its question sets to its report: asked in processes, kept as it grows, taken up again after a kill."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from eval.asking import ask_all
from eval.dataset import GoldQuestion, load_dataset
from eval.folder import RunFolder, RunRecord
from eval.gold import Shelf
from eval.identity import digest, identity
from eval.judging import judge
from eval.reply import Reply
from eval.result import Run
from eval.retrieval import require_ir_measures
from eval.summary import Summary, summarise
from eval.systems import Opens
from index.library import Library
from index.settings import Settings

# Told after each question: how many replies there are, of how many, and how many of them were kept from before.
Progress = Callable[[int, int, int], None]
RUNS = Path("runs")


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be run: a system over an index, on question sets, into a folder (None: `runs/` by what it is)."""

    choice: Opens
    datasets: tuple[Path, ...]
    out: Path | None = None
    fresh: bool = False
    jobs: int = 0

    @property
    def processes(self) -> int:
        """How many processes ask; two over one bigram index would hold it twice in memory for nothing."""
        return self.jobs or (1 if self.choice.name == "bm25" else os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that is judged: its summary, what it was made with, and the documents that it was judged against."""

    summary: Summary
    record: RunRecord
    shelf: Shelf


def run(order: Order, progress: Progress | None = None) -> tuple[Finished, RunFolder]:
    """Asks what is not answered yet, judges all, and gives the run with the folder that holds the answers.

    Raises DatasetError, the index's own errors, and MissingPackageError; errors of single questions are in the run.
    """
    require_ir_measures()
    questions = load_dataset(*order.datasets)
    choice = order.choice
    with Library.open(choice.settings) as library:
        model = library.manifest.embedder
        made_with = identity(choice.name, choice.settings, library.fingerprint, model, order.datasets, choice.llm)
        shelf = Shelf(library.documents())
    folder = RunFolder(order.out or default_folder(made_with, order.datasets))
    record = replace(new_record(made_with, order.datasets, choice.settings), jobs=order.processes)
    with folder.held():
        replies = folder.begin(record, order.fresh)
        _ask(order, questions, folder, replies, progress)
        record = replace(record, finished=now())
        folder.finish(record, [replies[question.id] for question in questions])
    return Finished(summarise(Run(judge(questions, replies, shelf), made_with)), record, shelf), folder


def _ask(
    order: Order,
    questions: Sequence[GoldQuestion],
    folder: RunFolder,
    replies: dict[str, Reply],
    progress: Progress | None,
) -> None:
    """Fills `replies`; each is on disk before the next is told."""
    left = [question for question in questions if question.id not in replies]
    kept = len(replies)
    with folder.growing() as add:
        for reply in ask_all(order.choice, left, order.processes) if left else ():
            add(reply)
            replies[reply.id] = reply
            if progress is not None:
                progress(len(replies), len(questions), kept)


def score_answers(answers: Mapping[str, Reply], datasets: Sequence[Path], settings: Settings, system: str) -> Finished:
    """The answers of any system judged over an index; nothing is asked."""
    require_ir_measures()
    questions = load_dataset(*datasets)
    with Library.open(settings) as library:
        made_with = identity(system, settings, library.fingerprint, library.manifest.embedder, datasets)
        shelf = Shelf(library.documents())
    record = replace(new_record(made_with, datasets, settings), finished=now())
    return Finished(summarise(Run(judge(questions, answers, shelf), made_with)), record, shelf)


def new_record(made_with: Mapping[str, str], datasets: Sequence[Path], settings: Settings) -> RunRecord:
    """The record of a run that begins now on this machine."""
    machine = f"{platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}"
    names = tuple(str(path.resolve()) for path in datasets)
    return RunRecord(made_with, names, str(settings.folder.resolve()), now(), version("changai"), machine)


def default_folder(made_with: Mapping[str, str], datasets: Sequence[Path]) -> Path:
    """The folder that a run of this identity always has, so that the same command takes a killed run up again."""
    name = "+".join(path.name.split(".")[0] for path in datasets)[:60]
    whole = digest(repr(sorted(made_with.items())).encode())
    return RUNS / f"{name}-{made_with['system']}-{whole[:8]}"


def now() -> str:
    """The local time to the second, ISO."""
    return datetime.fromtimestamp(time.time()).astimezone().isoformat(timespec="seconds")
