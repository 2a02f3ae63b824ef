"""The span reader on questions with their passage given: `python -m eval.answers.spans FOLDER [--split dev]`.

FOLDER holds `qa.jsonl` (id, question, answers, passage_id, split, is_impossible?) and `passages.jsonl` (id, text), as
CMRC 2018 and CAIL 2019 have them in the shared data. Exact match and F1 are those of eval/reading.py.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.reading import character_f1, exact_match
from index.errors import DatasetError
from rag.span.reader import Found, spans

_SENTENCE = re.compile(r"[^。！？；\n]+")
_NOT_A_SPAN = ("YES", "NO")


@dataclass(frozen=True, slots=True)
class Read:
    """One question with its answers (none: its passage does not answer it), and what the reader found."""

    answers: tuple[str, ...]
    passage: str
    found: Found

    @property
    def said(self) -> str:
        """The best span, or nothing."""
        return self.passage[self.found.spans[0].start : self.found.spans[0].end] if self.found.spans else ""

    @property
    def in_sentence(self) -> bool:
        """Whether the sentence in which the best span begins holds one of the answers."""
        if not self.found.spans:
            return False
        start = self.found.spans[0].start
        stops = [match for match in _SENTENCE.finditer(self.passage) if match.start() <= start < match.end()]
        return any(answer in match[0] for match in stops for answer in self.answers)


def read_folder(folder: Path, split: str) -> Iterator[Read]:
    """Every question of a split but those answered by yes or no; raises DatasetError when a file is missing."""
    try:
        passages = {record["id"]: record["text"] for record in _records(folder / "passages.jsonl")}
        asked = [record for record in _records(folder / "qa.jsonl") if record["split"] == split]
    except FileNotFoundError as error:
        raise DatasetError(f"找不到文件 {error.filename}；请给出含 qa.jsonl 和 passages.jsonl 的文件夹。") from error
    for record in asked:
        if not any(answer in _NOT_A_SPAN for answer in record["answers"]):
            text = passages[record["passage_id"]]
            answers = () if record.get("is_impossible") else tuple(record["answers"])
            yield Read(answers, text, spans(record["question"], [text])[0])


def summary(reads: Sequence[Read]) -> dict[str, float]:
    """Shares over the answerable questions; `unanswered_auroc` over all, where some have no answer."""
    answered = [read for read in reads if read.answers]
    figures = {
        "questions": float(len(answered)),
        "exact": _mean([exact_match(read.said, read.answers) for read in answered]),
        "f1": _mean([character_f1(read.said, read.answers) for read in answered]),
        "sentence": _mean([float(read.in_sentence) for read in answered]),
    }
    impossible = [read.found.none for read in reads if not read.answers]
    if impossible and answered:
        figures["unanswerable"] = float(len(impossible))
        figures["unanswered_auroc"] = _above(impossible, [read.found.none for read in answered])
    return figures


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


def _above(high: Sequence[float], low: Sequence[float]) -> float:
    """How often a value of the first stands above one of the second; a tie is half."""
    one, other = np.array(high)[:, None], np.array(low)[None]
    return float(np.mean((one > other) + 0.5 * (one == other)))


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints one line of JSON with the figures, and the time of the processor a question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev")
    given = parser.parse_args(arguments)
    begun = time.process_time()
    reads = list(read_folder(given.folder, given.split))
    spent = (time.process_time() - begun) * 1000 / max(len(reads), 1)
    sys.stdout.write(json.dumps({**summary(reads), "cpu_ms": spent}) + "\n")


if __name__ == "__main__":
    main()
