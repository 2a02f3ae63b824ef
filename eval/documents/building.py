"""The building of a large library beside a stock pipeline, in one run, alternating.

`python -m eval.documents.building --corpus FILE.jsonl[.gz] [--documents N] [--peers-env .venv-peers] [--repeats R]` prints the
machine, a table of costs and a table of how soon our library answers again after a change.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from eval.documents.answering_again import QUESTION, Step, measured_steps
from eval.documents.process_tree import Cost, cost_of
from eval.documents.stock_pipeline import CHUNK_OVERLAP, CHUNK_SIZE
from eval.peers.spread import Spread, ratio, spread
from index.errors import ChangaiError, DatasetError

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = "changai build"
STOCK = "LangChain＋FAISS（HuggingFaceEmbeddings）"
LENT = "LangChain＋FAISS（借用我们的 numpy 向量器）"
SYSTEMS = (OURS, STOCK, LENT)
# A corpus of so few documents shows what a system takes to start; ours starts its reading processes with half a megabyte.
FEW = 400
MEGABYTE = 10**6


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus on disk: how many documents it holds and how many bytes of text."""

    path: Path
    documents: int
    text_bytes: int


@dataclass(slots=True)
class Measured:
    """What a system cost: its start with a few documents, then every repeat, and what the last one left."""

    start: Cost
    runs: list[Cost] = field(default_factory=list)
    passages: int = 0
    disk_bytes: int = 0

    def seconds(self) -> list[float | None]:
        """The seconds of each repeat."""
        return [run.seconds for run in self.runs]

    def without_start(self) -> list[float | None]:
        """The seconds of each repeat less those of the first few documents."""
        return [max(run.seconds - self.start.seconds, 0.0) for run in self.runs]

    def cpu_without_start(self) -> list[float | None]:
        """The CPU seconds of each repeat less those of the first few documents."""
        return [max(run.cpu_seconds - self.start.cpu_seconds, 0.0) for run in self.runs]


def cut_corpus(source: Path, target: Path, documents: int | None) -> Corpus:
    """Writes the first documents of a corpus, plain or packed by gzip, as a plain one; DatasetError when it cannot be read."""
    count = size = 0
    try:
        with _lines(source) as lines, target.open("wb") as written:
            for line in islice((line for line in lines if line.strip()), documents):
                size += len(str(json.loads(line)["text"]).encode("utf-8", "replace"))
                written.write(line.rstrip(b"\r\n") + b"\n")
                count += 1
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"语料 {source} 读不出来（{type(error).__name__}）；请给出每行一份资料的 .jsonl 或 .jsonl.gz。"
        ) from error
    if not count:
        raise DatasetError(f"语料 {source} 里没有资料；请换一个文件。")
    return Corpus(target, count, size)


def build_once(system: str, corpus: Path, folder: Path, peers_python: Path) -> Cost:
    """One build by one system in processes of its own."""
    if system == OURS:
        return cost_of(
            [sys.executable, "-m", "cli", "build", str(corpus), "--index", str(folder)], ROOT, _environment()
        )
    embeddings = "numpy" if system == LENT else "stock"
    module = "eval.documents.stock_pipeline"
    command = [str(peers_python), "-m", module, str(corpus), str(folder), "--embeddings", embeddings]
    return cost_of(command, ROOT, _environment())


def compare(corpus: Corpus, few: Corpus, work: Path, peers_python: Path, repeats: int) -> dict[str, Measured]:
    """Builds by every system in turn, another one first in each repeat; our index of the last repeat stays in `work`."""
    found = {}
    for number, system in enumerate(SYSTEMS):
        _say(f"启动 {system}")
        found[system] = Measured(build_once(system, few.path, work / f"start{number}", peers_python))
    for repeat in range(repeats):
        shift = repeat % len(SYSTEMS)
        for system in SYSTEMS[shift:] + SYSTEMS[:shift]:
            _say(f"第 {repeat + 1}/{repeats} 轮 {system}")
            folder = work / ("index" if system == OURS else f"stock{SYSTEMS.index(system)}")
            _clear(folder)
            measured = found[system]
            cost = build_once(system, corpus.path, folder, peers_python)
            measured.runs.append(cost)
            measured.disk_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            measured.passages = _passages(system, cost, folder)
            if system != OURS:
                _clear(folder)
    return found


def markdown(corpus: Corpus, found: dict[str, Measured], steps: Sequence[Step]) -> str:
    """The tables that people read."""
    head = "系统 | 秒 | 份/秒 | MB/秒 | CPU 秒 | CPU 毫秒/份（除前 {FEW} 份） | 峰值 MB（PSS 和） | 磁盘 MB | 段落 | 前 {FEW} 份秒 | 秒÷本系统 | 除前 {FEW} 份"
    lines = [
        f"{corpus.documents} 份资料，正文 {corpus.text_bytes / MEGABYTE:.1f} MB（UTF-8）；通用流程："
        f"RecursiveCharacterTextSplitter({CHUNK_SIZE}, {CHUNK_OVERLAP})、FAISS.from_texts、save_local，同一向量模型，无关键词索引。",
        "",
        f"| {head} |",
        "|" + "---|" * (head.count("|") + 1),
    ]
    lines += [_row(corpus, name, measured, found[OURS]) for name, measured in found.items()]
    if steps:
        lines += ["", "| 步骤 | 秒 | 做到 |", "|---|---|---|"]
        lines += [f"| {step.what} | {step.seconds:.2f} | {'是' if step.is_done else '否'} |" for step in steps]
    return "\n".join(lines)


def machine() -> str:
    """The machine and how busy it was."""
    cores = len(os.sched_getaffinity(0))
    load = "、".join(f"{value:.2f}" for value in os.getloadavg())
    return (
        f"{platform.system()} {platform.machine()}，{cores} 核，Python {platform.python_version()}，开始时负载 {load}"
    )


def _row(corpus: Corpus, name: str, measured: Measured, ours: Measured) -> str:
    cells = (
        name,
        _shown(spread(measured.seconds()), 1),
        _shown(spread([corpus.documents / run.seconds for run in measured.runs]), 0),
        _shown(spread([corpus.text_bytes / MEGABYTE / run.seconds for run in measured.runs]), 2),
        _shown(spread([run.cpu_seconds for run in measured.runs]), 1),
        _shown(spread([_each(seconds, corpus.documents - FEW) for seconds in measured.cpu_without_start()]), 2),
        _shown(spread([run.peak_mb for run in measured.runs]), 0),
        f"{measured.disk_bytes / MEGABYTE:.1f}",
        str(measured.passages),
        f"{measured.start.seconds:.1f}",
        _shown(ratio(measured.seconds(), ours.seconds()), 2),
        _shown(ratio(measured.without_start(), ours.without_start()), 2),
    )
    return f"| {' | '.join(cells)} |"


def _each(seconds: float | None, documents: int) -> float | None:
    return None if seconds is None or documents <= 0 else seconds / documents * 1000


def _shown(value: Spread, digits: int) -> str:
    if value.median is None:
        return "—"
    middle = f"{value.median:.{digits}f}"
    return middle if value.low == value.high else f"{middle}（{value.low:.{digits}f}–{value.high:.{digits}f}）"


def _passages(system: str, cost: Cost, folder: Path) -> int:
    if system == OURS:
        from index.library import Library
        from index.settings import Settings

        with Library.open(Settings(folder=folder)) as library:
            return library.manifest.chunks
    told: dict[str, Any] = json.loads(cost.output.splitlines()[-1])
    return int(told["passages"])


def _lines(source: Path) -> IO[bytes]:
    return gzip.open(source, "rb") if source.suffix == ".gz" else source.open("rb")  # type: ignore[return-value]


def _peers_python(environment: Path) -> Path:
    python = environment.resolve() / "bin" / "python"
    if not python.exists():
        raise ChangaiError(f"没有同行环境 {environment}；请先运行 changai eval peers --quick 建好它。")
    return python


def _environment() -> dict[str, str]:
    """The same for every system: no way to the network's models, and as many threads as each takes by itself."""
    return dict(os.environ) | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONUTF8": "1"}


def _clear(folder: Path) -> None:
    import shutil

    if folder.exists():
        shutil.rmtree(folder)


def _steps(index: Path, work: Path) -> Iterator[Step]:
    def run(words: Sequence[str]) -> float:
        return cost_of([sys.executable, "-m", "cli", *words, "--index", str(index)], ROOT, _environment()).seconds

    opened = [sys.executable, "-m", "eval.documents.answering_again", str(index), QUESTION]
    cost = cost_of(opened, ROOT, _environment())
    parts: dict[str, float] = json.loads(cost.output)
    yield Step(
        f"新进程打开并两路检索（其中打开 {parts['open']:.2f}、关键词 {parts['keywords']:.2f}、向量 {parts['vectors']:.2f}）",
        cost.seconds,
    )
    yield from measured_steps(index, work, run)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main(words: Sequence[str] | None = None) -> int:
    """Measures, prints the tables, and is 1 when a step after the build did not have its effect."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.documents.building", description="建库速度，与通用流程同场比较"
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="文件.jsonl[.gz]")
    parser.add_argument("--documents", type=int, default=None, metavar="N", help="只用前 N 份")
    parser.add_argument("--peers-env", type=Path, default=Path(".venv-peers"), metavar="目录", help="同行的虚拟环境")
    parser.add_argument("--repeats", type=int, default=1, metavar="R")
    parser.add_argument("--work", type=Path, default=None, metavar="目录", help="大文件放在这里（默认系统临时目录）")
    given = parser.parse_args(words)
    sys.stdout.write(machine() + "\n\n")
    try:
        python = _peers_python(given.peers_env)
        with TemporaryDirectory(prefix="building-", dir=given.work) as place:
            work = Path(place)
            corpus = cut_corpus(given.corpus, work / "corpus.jsonl", given.documents)
            few = cut_corpus(corpus.path, work / "few.jsonl", FEW)
            found = compare(corpus, few, work, python, given.repeats)
            steps = list(_steps(work / "index", work))
    except ChangaiError as error:
        _say(f"错误：{error}")
        return 1
    sys.stdout.write(markdown(corpus, found, steps) + "\n")
    return 0 if all(step.is_done for step in steps) else 1


if __name__ == "__main__":
    sys.exit(main())
