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
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.documents.answering_again import QUESTION, Step, measured_steps
from eval.documents.building_table import OURS, Corpus, Measured, lost, markdown
from eval.documents.process_tree import Cost, cost_of
from index.errors import ChangaiError, DatasetError, MissingPackageError

ROOT = Path(__file__).resolve().parent.parent.parent
STOCK = "LangChain＋FAISS（HuggingFaceEmbeddings）"
LENT = "LangChain＋FAISS（借用我们的 numpy 向量器）"
SYSTEMS = (OURS, STOCK, LENT)
# A corpus of so few documents shows what a system takes to start; ours starts its reading processes with half a megabyte.
FEW = 400


def cut_corpus(source: Path, target: Path, documents: int | None) -> Corpus:
    """Writes the first documents of a corpus, plain or packed by gzip, as a plain one; DatasetError when it cannot be read."""
    count = size = 0
    try:
        lines: Iterable[bytes]
        with gzip.open(source) if source.suffix == ".gz" else source.open("rb") as lines, target.open("wb") as written:
            for line in islice((line for line in lines if line.strip()), documents):
                size += len(str(json.loads(line)["text"]).encode("utf-8", "replace"))
                written.write(line.rstrip(b"\r\n") + b"\n")
                count += 1
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        what = f"语料 {source} 读不出来（{type(error).__name__}）"
        raise DatasetError(f"{what}；请给出每行一份资料的 .jsonl 或 .jsonl.gz。") from error
    if not count:
        raise DatasetError(f"语料 {source} 里没有资料；请换一个文件。")
    return Corpus(target, count, size)


def build_once(system: str, corpus: Path, folder: Path, peers_python: Path) -> Cost:
    """One build by one system in processes of its own."""
    if system == OURS:
        return _cost([sys.executable, "-m", "cli", "build", str(corpus), "--index", str(folder)])
    module, embeddings = "eval.documents.stock_pipeline", "numpy" if system == LENT else "stock"
    return _cost([str(peers_python), "-m", module, str(corpus), str(folder), "--embeddings", embeddings])


def compare(corpus: Corpus, few: Corpus, work: Path, peers_python: Path, repeats: int) -> dict[str, Measured]:
    """Builds by every system in turn, another one first in each repeat; our index of the last repeat stays in `work`."""
    found = {}
    for number, system in enumerate(SYSTEMS):
        _say(f"前 {few.documents} 份：{system}")
        found[system] = Measured(build_once(system, few.path, work / f"few{number}", peers_python))
    for repeat in range(repeats):
        shift = repeat % len(SYSTEMS)
        for system in SYSTEMS[shift:] + SYSTEMS[:shift]:
            _say(f"第 {repeat + 1}/{repeats} 轮：{system}")
            folder = work / ("index" if system == OURS else "stock")
            if folder.exists():
                shutil.rmtree(folder)
            cost = build_once(system, corpus.path, folder, peers_python)
            _take(found[system], system, cost, folder)
    return found


def _take(measured: Measured, system: str, cost: Cost, folder: Path) -> None:
    measured.runs.append(cost)
    measured.disk_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    documents, measured.passages = _held(folder) if system == OURS else _told(cost.output)
    measured.stored.append(documents)


def _held(folder: Path) -> tuple[int, int]:
    from index.library import Library
    from index.settings import Settings

    with Library.open(Settings(folder=folder)) as library:
        return library.manifest.documents, library.manifest.chunks


def _told(output: str) -> tuple[int, int]:
    told: dict[str, Any] = json.loads(output.splitlines()[-1])
    return int(told["documents"]), int(told["passages"])


def changes(index: Path, work: Path) -> Iterator[Step]:
    """How soon an index answers in a new process, and in this one after documents came and went."""
    parts: dict[str, float]
    cost = _cost([sys.executable, "-m", "eval.documents.answering_again", str(index), QUESTION])
    parts = json.loads(cost.output)
    told = f"打开 {parts['open']:.2f}、关键词 {parts['keywords']:.2f}、向量 {parts['vectors']:.2f}"
    yield Step(f"新进程打开并两路检索（其中{told}）", cost.seconds)
    yield from measured_steps(
        index, work, lambda words: _cost([sys.executable, "-m", "cli", *words, "--index", str(index)]).seconds
    )


def machine() -> str:
    """The machine and how busy it was."""
    cores, load = len(os.sched_getaffinity(0)), "、".join(f"{value:.2f}" for value in os.getloadavg())
    return (
        f"{platform.system()} {platform.machine()}，{cores} 核，Python {platform.python_version()}，开始时负载 {load}"
    )


def _cost(command: Sequence[str]) -> Cost:
    """The cost of a command: no way to the network's models, and as many threads as each takes by itself."""
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONUTF8": "1"}
    return cost_of(command, ROOT, dict(os.environ) | offline)


def _peers_python(environment: Path) -> Path:
    python = environment.absolute() / "bin" / "python"
    if not python.exists():
        raise MissingPackageError(f"没有同行环境 {environment}；请先运行 changai eval peers --quick 建好它。")
    return python


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main(words: Sequence[str] | None = None) -> int:
    """Measures and prints the tables; 1 when documents were lost or a step after the build did not have its effect."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.documents.building", description="建库速度，与通用流程同场比较"
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="文件.jsonl[.gz]")
    parser.add_argument("--documents", type=int, default=None, metavar="N", help="只用前 N 份")
    parser.add_argument("--peers-env", type=Path, default=Path(".venv-peers"), metavar="目录", help="同行的虚拟环境")
    parser.add_argument("--repeats", type=int, default=1, metavar="R")
    parser.add_argument("--work", type=Path, default=None, metavar="目录", help="大文件放在这里（默认系统临时目录）")
    given = parser.parse_args(words)
    sys.stdout.write(f"{machine()}\n\n")
    try:
        python = _peers_python(given.peers_env)
        with TemporaryDirectory(prefix="building-", dir=given.work) as place:
            work = Path(place)
            corpus = cut_corpus(given.corpus, work / "corpus.jsonl", given.documents)
            few = cut_corpus(corpus.path, work / "few.jsonl", FEW)
            found = compare(corpus, few, work, python, given.repeats)
            steps = list(changes(work / "index", work))
    except ChangaiError as error:
        _say(f"错误：{error}")
        return 1
    sys.stdout.write(f"{markdown(corpus, few, found, steps)}\n")
    wanting = lost(corpus, found)
    if wanting:
        _say(f"错误：{'、'.join(wanting)} 入库的份数和语料不同；请在不忙的机器上重跑，或单独运行建库命令看跳过的原因。")
    return 1 if wanting or not all(step.is_done for step in steps) else 0


if __name__ == "__main__":
    sys.exit(main())
