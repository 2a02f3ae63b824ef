"""Whether the sentence that answers comes first, the passage given: `python -m eval.answers.sentences SHARED --index DIR`.

The index is one over the passages of the set (`changai build SHARED/data/cmrc2018/passages.jsonl`). A question counts where
its answer stands in the passage; the sentence is right that holds the place of the first answer, or a part of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.normal import holds, normal
from eval.statistics import wilson
from index.library import Library
from index.settings import Settings
from index.training.texts import records
from rag.extract import Extract, extract
from rag.question import understand
from rag.terms import weigh
from rag.types import Passage

# Folder of the data and split of each set; CMRC's trial part is neither trained on nor reported by others.
SETS = {
    "cmrc_dev": ("cmrc2018", "dev"),
    "cmrc_trial": ("cmrc2018", "trial"),
    "cail_test": ("cail2019", "test"),
}
SHORT = 120


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: whether its first sentence is right, and its answer of at most 120 characters holds the gold words."""

    first: bool
    said: bool
    length: int
    chance: float


def judged(library: Library, rows: Sequence[dict[str, Any]]) -> Iterator[Judged]:
    """Every row whose answer stands in its passage, answered from that passage alone."""
    by_name = {one.record: one.id for one in library.held()}
    for row in rows:
        spans = [
            (start, start + len(answer))
            for start, answer in zip(row["answer_starts"], row["answers"], strict=True)
            if start >= 0
        ]
        if not spans or row["passage_id"] not in by_name:
            continue
        document = library.document(by_name[row["passage_id"]])
        given = [Passage(chunk, document, 1.0) for chunk in library.chunks_of(document.id)]
        question = understand(row["question"], rarity=library)
        found = extract(question, weigh(question, library), given)
        if not found:
            yield Judged(False, False, 0, 0.0)
            continue
        told = "".join(each.text for each in found)
        said = any(holds(normal(told[:SHORT]), normal(answer)) for answer in row["answers"])
        yield Judged(_touches(found[0], spans), said, len(told), found[0].chance)


def _touches(best: Extract, spans: Sequence[tuple[int, int]]) -> bool:
    parts = best.line.parts(best.line.start, best.line.end)
    return any(part.start < end and start < part.end for part in parts for start, end in spans)


def report(name: str, every: Sequence[Judged]) -> str:
    """One line a measure, in Chinese, with the interval of the first."""
    count = len(every)
    if not count:
        return f"{name}：没有可评的题。"
    first = sum(each.first for each in every) / count
    low, high = wilson(first, count)
    said = sum(each.said for each in every) / count
    length = sorted(each.length for each in every)[count // 2]
    sure = sum(each.chance for each in every) / count
    return (
        f"{name}：{count} 题；答案句排第一 {first:.3f} [{low:.3f}–{high:.3f}]；"
        f"前 {SHORT} 字含答案 {said:.3f}；答案长度中位数 {length} 字；所给把握平均 {sure:.3f}"
    )


def main() -> None:
    """Prints the measures of one set."""
    parser = argparse.ArgumentParser(description="Whether the sentence that answers comes first, the passage given.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path, required=True, help="an index over the passages of the set")
    parser.add_argument("--split", choices=sorted(SETS), default="cmrc_trial")
    parser.add_argument("--every", type=int, default=1, help="judge every n-th question alone")
    options = parser.parse_args()
    folder, split = SETS[options.split]
    rows = [row for row in records(options.shared / "data" / folder / "qa.jsonl") if row["split"] == split]
    with Library.open(Settings(options.index)) as library:
        sys.stdout.write(report(options.split, list(judged(library, rows[:: options.every]))) + "\n")


if __name__ == "__main__":
    main()
