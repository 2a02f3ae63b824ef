"""What the codes of vectors lose and gain against an exact search: `python -m eval.search.shortcut --index DIR [DATASET…]`.

Codes are made for the parts of any index, however small, beside it; questions are those of the shipped dev half, or of the
sets named. Of the best 10 and 100 chunks of an exact search, the share that the codes find is printed, with milliseconds.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from eval.dataset import default_datasets, load_dataset
from index.codes import Codes
from index.errors import ChangaiError, DatasetError
from index.nearest import VectorPart, best_of
from index.settings import Settings
from index.store import PARTS_FOLDER
from index.vectors import Matrix, Vectors

DEPTHS = (10, 100)
# Codes are learned from at least so many rows; a smaller part is searched exactly, as in a library.
_FEWEST_ROWS = 64


@dataclass(frozen=True, slots=True)
class Loss:
    """At one depth: the share of the exact hits found, over all questions and at the worst, and the median milliseconds."""

    depth: int
    share: float
    worst: float
    exact_ms: float
    codes_ms: float


def coded(plain: Sequence[VectorPart], work: Path) -> list[VectorPart]:
    """The same parts with codes, which are written below `work`."""
    made = []
    for number, part in enumerate(plain):
        if len(part.vectors.rows) < _FEWEST_ROWS:
            made.append(part)
            continue
        Codes.build(work / str(number), part.vectors.rows)
        made.append(VectorPart(part.vectors, Codes.open(work / str(number))))
    return made


def loss(plain: Sequence[VectorPart], short: Sequence[VectorPart], queries: Matrix, depth: int) -> Loss:
    """Asks both forms of the same parts for the best `depth` chunks of every query, (n, d) with no row of zeros."""
    shares, exact_times, code_times = [], [], []
    for query in queries:
        begin = time.perf_counter()
        exact = best_of(plain, query, depth)
        between = time.perf_counter()
        found = {hit.chunk_id for hit in best_of(short, query, depth)}
        code_times.append(time.perf_counter() - between)
        exact_times.append(between - begin)
        shares.append(sum(hit.chunk_id in found for hit in exact) / len(exact) if exact else 1.0)
    return Loss(
        depth=depth,
        share=float(np.mean(shares)),
        worst=min(shares),
        exact_ms=float(np.median(exact_times)) * 1000,
        codes_ms=float(np.median(code_times)) * 1000,
    )


def table(losses: Sequence[Loss]) -> str:
    """A line of Markdown a depth."""
    lines = ["| 深度 | 找回比例 | 最差一题 | 精确（毫秒） | 编码（毫秒） |", "|---:|---:|---:|---:|---:|"]
    lines += [
        f"| {each.depth} | {each.share:.4f} | {each.worst:.2f} | {each.exact_ms:.2f} | {each.codes_ms:.2f} |"
        for each in losses
    ]
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    """Prints the table for one index."""
    parser = argparse.ArgumentParser(prog="python -m eval.search.shortcut", description="向量编码与精确检索之差")
    parser.add_argument("datasets", nargs="*", type=Path, metavar="题库", help="题库文件（默认随附题库的 dev 半）")
    parser.add_argument("--index", type=Path, required=True, metavar="目录", help="索引目录")
    given = parser.parse_args(words)
    try:
        questions = load_dataset(*(given.datasets or default_datasets()))
        losses = _measured(given.index, [question.question for question in questions])
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{table(losses)}\n")
    return 0


def _measured(index: Path, questions: Sequence[str]) -> list[Loss]:
    from index.library import Library
    from index.published import published
    from rag.question import understand

    settings = Settings.from_environment(os.environ, index)
    with Library.open(settings) as library, TemporaryDirectory(prefix="changai-") as work:
        queries = library.embedder.embed([understand(words).search for words in questions])
        queries = queries[queries.any(axis=1)]
        if not len(queries):
            raise DatasetError("题库里没有一道题能变成向量，无法比较；请换一个题库。")
        found = published(settings.folder)
        homes = [found.folder / PARTS_FOLDER / entry.name for entry in found.manifest.parts]
        plain = [VectorPart(Vectors.open(home)) for home in homes]
        short = coded(plain, Path(work))
        return [loss(plain, short, queries, depth) for depth in DEPTHS]


if __name__ == "__main__":
    sys.exit(main())
