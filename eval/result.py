"""What a run gave: one result a question, and the run as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.dataset import GoldQuestion
from eval.gold import Gold
from eval.normal import groups_met
from eval.score import Score


@dataclass(frozen=True, slots=True)
class Result:
    """One question of a run with its answer as JSON, what failed, its time, and what it earned.

    `answer` is None and `error` set when the chain failed; `ranks` are those of `eval.retrieval.first_ranks`.
    """

    question: GoldQuestion
    answer: Mapping[str, Any] | None
    error: str
    elapsed_ms: float
    gold: Gold
    ranks: tuple[int | None, ...]
    score: Score

    @property
    def failed(self) -> bool:
        """Whether the reply is wrong: an answer that is not right, a refusal out of place, or an error."""
        return not (self.score.refused if self.question.unanswerable else self.score.correct)


@dataclass(frozen=True, slots=True)
class Run:
    """All results in the order of the questions; `fingerprint` is that of the library that answered."""

    results: tuple[Result, ...]
    fingerprint: str = ""

    @property
    def problems(self) -> tuple[str, ...]:
        """Which gold evidence the library does not hold, in Chinese, a line a piece."""
        return tuple(problem for result in self.results for problem in result.gold.problems)


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """What a threshold of refusal is chosen by; `correct` reads the raw text where the question was refused."""

    id: str
    type: str
    confidence: float
    refused: bool
    answerable: bool
    correct: bool
    reason: str | None


def calibration_rows(run: Run) -> tuple[CalibrationRow, ...]:
    """Confidence and outcome of every question that did not fail, in their order.

    A refusal keeps in `raw_text` what the extractor wrote, so `correct` there says whether answering would have been
    right; it is false where nothing was written, and for every unanswerable question.
    """
    rows = []
    for result in run.results:
        answer, question = result.answer, result.question
        if answer is None:
            continue
        given = answer["raw_text"] if answer["refused"] else answer["answer"]
        right = not question.unanswerable and groups_met(given, question.answers) == len(question.answers)
        correct = right if answer["refused"] else result.score.correct
        rows.append(
            CalibrationRow(
                question.id,
                question.type,
                answer["confidence"],
                answer["refused"],
                not question.unanswerable,
                correct,
                answer["reason"],
            )
        )
    return tuple(rows)
