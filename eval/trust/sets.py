"""Questions with the one text that answers them, or does not: CMRC, CAIL and CRUD as shared, and the project's own lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import DatasetError

_JUDGEMENTS = frozenset(["YES", "NO"])


@dataclass(frozen=True, slots=True)
class Given:
    """A question and the record of its text; `answers` are strings of which the text holds any, none if unanswerable.

    `answerable` without `answers` means that the text answers it in words that are not known.
    """

    id: str
    question: str
    record: str
    answers: tuple[str, ...]
    answerable: bool


def given_questions(path: Path, split: str = "") -> list[Given]:
    """The questions of a file: `.jsonl` as shared (of one split where one is named), or `.tsv` of record and question.

    Questions that only want a yes or a no are left out. DatasetError when the file cannot be read.
    """
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        if path.suffix == ".tsv":
            return [
                Given(f"{number}", line.split("\t")[1], line.split("\t")[0], (), True)
                for number, line in enumerate(lines)
                if not line.startswith("#")
            ]
        return list(_shared(lines, split))
    except (OSError, UnicodeDecodeError, KeyError, IndexError, json.JSONDecodeError) as error:
        raise DatasetError(f"题目文件 {path.name} 读不了（{error}）；请检查格式后重试。") from error


def _shared(lines: list[str], split: str) -> Iterator[Given]:
    for line in lines:
        row = json.loads(line)
        if split and row.get("split") != split:
            continue
        answers = tuple(answer for answer in row["answers"] if answer not in _JUDGEMENTS)
        if answers or not row["answers"]:
            yield Given(row["id"], row["question"], row["passage_id"], answers, bool(answers))
