"""What a run gave: one result a question, and the run as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eval.dataset import GoldQuestion
from eval.gold import Gold
from eval.normal import without_markers
from eval.reply import Reply
from eval.score import Score, read


@dataclass(frozen=True, slots=True)
class Result:
    """One question of a run with the reply, what it earned, and how early its proof was found.

    `ranks` are those of `eval.retrieval.first_ranks` (None where the system tells no passages), `found` the measures of
    `eval.retrieval.documents_found` (None where it tells no hits).
    """

    question: GoldQuestion
    reply: Reply
    gold: Gold
    score: Score
    ranks: tuple[int | None, ...] | None = None
    found: Mapping[str, float] | None = None

    @property
    def failed(self) -> bool:
        """Whether the reply is wrong: an answer that is not right, a refusal out of place, or an error."""
        if self.question.unanswerable:
            return not self.score.refused
        if self.question.retrieval_only:
            # Only retrieval was asked for: it failed when no proof is among the first ten documents.
            return not (self.found or {}).get("hit_10", 0.0)
        return not self.score.whole.correct

    @property
    def would_be_wrong(self) -> bool:
        """Whether answering is wrong: for a refusal, what it had written before it refused is read in its place."""
        answer, question = self.reply.answer, self.question
        if answer is None or question.unanswerable:
            return True
        if not self.score.refused:
            return not self.score.whole.correct
        return not read(without_markers(answer["raw_text"]), question).correct


@dataclass(frozen=True, slots=True)
class Run:
    """All results in the order of the questions, and what was run on what (`eval.identity`)."""

    results: tuple[Result, ...]
    identity: Mapping[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[str, ...]:
        """Which gold evidence the library does not hold, in Chinese, a line a piece."""
        return tuple(problem for result in self.results for problem in result.gold.problems)
