"""The questions that the chooser learns from: where in which document the answer of each stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.training.texts import records
from rag.training.span.held_out import is_held_out

# Every n-th question of the sets of others; the rest only repeats what these say.
_CAIL_STEP, _CMRC_STEP = 3, 4
# Sets of our own questions: their name, file and library. Those asked of other articles of CRUD lie in a library of their own.
_OWN = (
    ("sample", "sample_dev.jsonl", "sample"),
    ("seeds", "seeds_dev.jsonl", "seeds"),
    ("fresh_briefs", "fresh_briefs_dev.jsonl", "sample"),
    ("fresh_news", "fresh_news_dev.jsonl", "seeds"),
    ("asked", "asked_train.jsonl", "seeds"),
    ("asked_more", "asked_crud_train.jsonl", "more"),
    ("asked_briefs", "asked_briefs_train.jsonl", "sample"),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an answer stands: `document` is a record or a file name, with a place in its text or a verbatim quote."""

    document: str
    start: int = 0
    end: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A question, the document that it was asked of, and what proves its answer; nothing does where it has none.

    `answers` are the words of the answer where the proofs are whole sentences.
    """

    question: str
    document: str
    proofs: tuple[Proof, ...]
    answers: tuple[str, ...] = ()


def sought(shared: Path, questions: Path) -> Iterator[tuple[str, str, list[Sought]]]:
    """Name, library and questions of each set, none that is measured; `questions` has the dev halves of our own."""
    data = shared / "data"
    cmrc = [row for row in records(data / "cmrc2018" / "qa.jsonl") if row["split"] == "train"]
    yield "cmrc", "cmrc", [_reading(row) for row in cmrc[::_CMRC_STEP]]
    cail = [row for row in records(data / "cail2019" / "qa.jsonl") if row["split"] == "dev"]
    # A judgement of yes or no stands nowhere in the text.
    kept = [row for row in cail if row["is_impossible"] or any(start >= 0 for start in row["answer_starts"])]
    yield "cail", "cail", [_reading(row) for row in kept[::_CAIL_STEP]]
    yield from _own_sets(questions)


def unseen(shared: Path, questions: Path) -> Iterator[tuple[str, str, list[Sought]]]:
    """The same that the span reader did not learn from: CMRC's trial part, our dev halves, and the documents held out of it."""
    rows = [row for row in records(shared / "data" / "cmrc2018" / "qa.jsonl") if row["split"] == "trial"]
    yield "cmrc", "cmrc", [_reading(row) for row in rows]
    for name, file, library in _OWN:
        learned = name.startswith("asked")
        yield name, library, [one for one in _asked(questions / file) if not learned or is_held_out(one.document, file)]


def _own_sets(questions: Path) -> Iterator[tuple[str, str, list[Sought]]]:
    for name, file, library in _OWN:
        yield name, library, _asked(questions / file)


def _asked(file: Path) -> list[Sought]:
    return [own for line in file.read_text(encoding="utf-8").splitlines() for own in _own(json.loads(line))]


def _reading(row: dict[str, Any]) -> Sought:
    """A question of reading comprehension."""
    document = row["passage_id"]
    marked = zip(row["answer_starts"], row["answers"], strict=True)
    proofs = tuple(Proof(document, start, start + len(answer)) for start, answer in marked if start >= 0)
    return Sought(row["question"], document, proofs)


def _own(row: dict[str, Any]) -> Iterator[Sought]:
    """A question of the project's own benchmark; tables and follow-ups are answered by other means."""
    if row.get("history") or row.get("table") or row.get("unanswerable") or not row.get("evidence"):
        return
    proofs = tuple(
        Proof(each["document"], each.get("start", 0), each.get("end", 0), each.get("quote", ""))
        for each in row["evidence"]
    )
    answers = tuple(answer for group in row.get("answers", ()) for answer in group)
    yield Sought(row["question"], proofs[0].document, proofs, answers)
