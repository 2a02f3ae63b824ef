"""Replies judged against the gold of their questions: from answers to results, without asking anything again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.complete import complete
from eval.dataset import GoldQuestion
from eval.gold import Gold, Shelf
from eval.reply import Reply
from eval.result import Result
from eval.retrieval import documents_found, first_ranks
from eval.score import score

MISSING = "答案文件里没有这道题"


def judge(questions: Sequence[GoldQuestion], replies: Mapping[str, Reply], shelf: Shelf) -> tuple[Result, ...]:
    """A result for every question in their order; one without a reply is an error, and scores zero like one.

    Where the system told no hits (no passages) for any question, retrieval (evidence) is not measured at all; where it
    told some, a question without them scores zero.
    """
    given = [complete(replies.get(question.id) or _missing(question), shelf) for question in questions]
    gold = [shelf.locate(question) for question in questions]
    told_hits = any(reply.hits is not None for reply in given)
    told_passages = any(reply.passages is not None for reply in given)
    found = documents_found([(each, reply.hits or ()) for each, reply in zip(gold, given, strict=True)])
    return tuple(
        Result(
            question,
            reply,
            each,
            score(question, each, reply.answer, shelf),
            _ranks(each, reply) if told_passages else None,
            measured if told_hits else None,
        )
        for question, reply, each, measured in zip(questions, given, gold, found, strict=True)
    )


def _missing(question: GoldQuestion) -> Reply:
    # A question that asks for no answer needs no line in a file of answers.
    return Reply(question.id, None, "" if question.retrieval_only else MISSING)


def _ranks(gold: Gold, reply: Reply) -> tuple[int | None, ...]:
    return first_ranks(gold, reply.passages or ())
