"""Trials in processes of their own, so that a hang, a crash or a flood of memory is seen from outside."""

from __future__ import annotations

import json
import re
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.documents.trial import Verdict
from eval.documents.valid_files import valid_files
from index.errors import MissingPackageError

# Longer than any input may take, so that a slow one is told from one that never ends.
PATIENCE = 45
_MODULE = [sys.executable, "-m"]
MOST_FAILURES = 5


@dataclass(frozen=True, slots=True)
class Guided:
    """What a run guided by coverage did: inputs tried, and each failure with the path of its input."""

    inputs: int
    failures: tuple[tuple[str, str], ...]


def random_trials(suffix: str, seed: int, numbers: tuple[int, int], folder: Path) -> Iterator[Verdict]:
    """Verdicts on the inputs first to last; a process that dies or hangs costs one input and is started anew."""
    first, last = numbers
    while first < last:
        command = [*_MODULE, "eval.documents.trial", suffix, str(seed), str(first), str(last), str(folder)]
        for verdict in _watched(command, first):
            yield verdict
            first = verdict.number + 1


def hostile_trial(name: str, folder: Path) -> Verdict:
    """The verdict on one hostile file, made by one process and read by another."""
    path = folder / name
    subprocess.run([*_MODULE, "eval.documents.hostile", name, str(path)], check=True, timeout=300)
    try:
        return next(_watched([*_MODULE, "eval.documents.trial", "--file", str(path)], 0))
    finally:
        path.unlink()


def _watched(command: Sequence[str], first: int) -> Iterator[Verdict]:
    """The verdicts that the process prints; when it ends or falls silent before its time, a last one that says so."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        number = first
        ended = False
        for line in _lines(process):
            if line.isdigit():
                number, ended = int(line), False
            elif line.startswith(b"{"):
                ended = True
                yield Verdict(**json.loads(line))
        if process.poll() is None:
            process.kill()
            yield Verdict(number, "broken", f"{PATIENCE} 秒没有结束", 0, float(PATIENCE), float(PATIENCE), 0.0)
        elif not ended:
            told = process.stderr.read().decode("utf-8", "replace").strip().split("\n") if process.stderr else []
            detail = f"进程中断（{process.returncode}）：{told[-1][:160] if told else ''}"
            yield Verdict(number, "broken", detail, 0, 0.0, 0.0, 0.0)


def _lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Lines of the process until it ends, or until it has been silent for as long as patience lasts."""
    if process.stdout is None:
        return
    waiting = selectors.DefaultSelector()
    waiting.register(process.stdout, selectors.EVENT_READ)
    rest = b""
    while waiting.select(timeout=PATIENCE):
        piece = process.stdout.read1(65536)  # type: ignore[attr-defined]
        if not piece:
            process.wait()
            return
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines


def guided_runs(suffix: str, seconds: int, seed: int, out: Path) -> Guided:
    """Runs of atheris over one reader, from the valid files and whatever new coverage finds; anew after each failure.

    Raises:
        MissingPackageError: atheris is not installed.
    """
    from importlib.util import find_spec

    if find_spec("atheris") is None:
        raise MissingPackageError("没有安装 atheris；请运行 pip install atheris 后重试。")
    out.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + seconds
    inputs = 0
    failures: list[tuple[str, str]] = []
    with TemporaryDirectory() as corpus:
        for number, data in enumerate(valid_files(suffix)):
            (Path(corpus) / f"valid{number}").write_bytes(data)
        while len(failures) < MOST_FAILURES and (left := round(until - time.monotonic())) > 0:
            told = _guided(suffix, corpus, left, f"-seed={seed + len(failures)}", out)
            runs = re.findall(r"stat::number_of_executed_units:\s*(\d+)", told) or re.findall(r"(?m)^#(\d+)\s", told)
            inputs += int(runs[-1]) if runs else 0
            written = re.findall(r"Test unit written to (\S+)", told)
            if not written:
                break
            fault = re.search(r"(?m)^.*(?:FailedInputError: |ERROR: |Error: )(.*)$", told)
            failures.append((fault[1][:160] if fault else "原因见 atheris", written[0]))
    return Guided(inputs, tuple(failures))


def _guided(suffix: str, corpus: str, seconds: int, seed: str, out: Path) -> str:
    """What one run of atheris tells; it ends with its time or with its first failure."""
    command = [
        *_MODULE, "eval.documents.guided", suffix, corpus, f"-max_total_time={seconds}", seed, "-max_len=65536",
        "-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1", f"-artifact_prefix={out}/{suffix[1:]}-",
    ]  # fmt: skip
    done = subprocess.run(command, check=False, capture_output=True, timeout=seconds + 300)
    return done.stderr.decode("utf-8", "replace")
