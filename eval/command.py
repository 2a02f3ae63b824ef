"""What `changai eval` does with its words: which question sets, over which index, and what to say."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from eval.dataset import default_datasets
from eval.runner import evaluate
from index.errors import DatasetError
from index.settings import Settings

SHOWN_FAILURES = 20


def run_eval_command(
    arguments: argparse.Namespace, settings: Settings, say: Callable[[str], None]
) -> tuple[list[str], int]:
    """The lines of the report and the exit code; progress goes through `say`."""
    if arguments.action == "calibrate":
        return _calibrated(arguments, say), 0
    paths = [Path(path) for path in arguments.dataset] if arguments.dataset else list(default_datasets(arguments.half))

    def progress(done: int, total: int) -> None:
        if done == total or done % 25 == 0:
            say(f"评测 {done}/{total}")

    report = evaluate(settings, paths, Path(arguments.out) if arguments.out else None, progress)
    failures = report.failures(SHOWN_FAILURES)
    return [report.text, *(["", "没有答对的题（至多列 20 道）：", failures] if failures else [])], 0


def _calibrated(arguments: argparse.Namespace, say: Callable[[str], None]) -> list[str]:
    from eval.calibrate import report, rows

    if not arguments.pair:
        raise DatasetError("没有给出校准用的题库；请用 --pair 索引目录 题库文件，可以写多次。")
    found = []
    for negative, pairs in ((False, arguments.pair), (True, arguments.negative or [])):
        for folder, dataset in pairs:
            found += rows(Path(folder), Path(dataset), negative, say)
    return report(found)
