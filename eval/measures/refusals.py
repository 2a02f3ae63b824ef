"""Measures of refusing: when it should, only then, for the right reason, and with a confidence that means something."""

from __future__ import annotations

from eval.measures.measure import Measure, Reading, share
from eval.result import Result

GROUP = "拒答"
# Below every confidence.
FAILED = -1.0


def precision(result: Result) -> Reading | None:
    """Of refused questions, those that are unanswerable."""
    return share(result.question.unanswerable, result.score.refused)


def recall(result: Result) -> Reading | None:
    """Of unanswerable questions, those that were refused; an error is no refusal."""
    return share(result.score.refused, result.question.unanswerable)


def out_of_place(result: Result) -> Reading | None:
    """Of answerable questions, those that were refused; errors are counted by `errors`."""
    return share(result.score.refused, result.question.answerable)


def reason(result: Result) -> Reading | None:
    """Of unanswerable questions that name a reason, those refused for that reason."""
    return share(result.score.reason_right, result.question.reason is not None)


def risk(result: Result) -> Reading | None:
    """Area under the risk–coverage curve (Geifman, Uziel and El-Yaniv 2019), lower is better.

    Questions are taken by falling confidence, as if every one so confident were answered; the risk at a coverage is the
    share of wrong ones among them, and the area the mean risk over the questions. Answering an unanswerable question is
    wrong; a refusal is judged by what it had written. Nothing missing leaves the curve: a reply without a confidence has
    none (0), so that a system that tells none at all has its rate of wrong replies for an area, and a failure comes last.
    """
    if result.question.retrieval_only:
        return None
    answer = result.reply.answer
    sure = FAILED if answer is None else float(answer["confidence"] or 0.0)
    return sure, float(result.would_be_wrong)


def measures() -> list[Measure]:
    """The measures of refusing."""
    return [
        Measure("refusal_recall", "该拒的拒了", GROUP, "资料答不了的题中拒答的占比。", recall, headline=True),
        Measure("refusal_precision", "拒得其所", GROUP, "拒答的题中确实答不了的占比。", precision),
        Measure(
            "refused_wrongly",
            "可答而被拒",
            GROUP,
            "可答的题中被拒答的占比。",
            out_of_place,
            better="lower",
            headline=True,
        ),
        Measure("refusal_reason", "拒答理由对", GROUP, "标明了原因的不可答题中，拒答理由也对的占比。", reason),
        Measure(
            "risk_area",
            "风险–覆盖面积",
            GROUP,
            "按把握从高到低逐题作答时，错误率对覆盖率的平均值（AURC）；越小说明把握越可信。",
            risk,
            sum="risk",
            better="lower",
            headline=True,
        ),
    ]
