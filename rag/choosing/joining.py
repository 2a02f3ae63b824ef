"""Which further sentences join the best one: those that speak of what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from rag.choosing.extracts import Extract
from rag.runs import CLAUSE_KINDS, governing_years
from rag.terms import Asked, coverage, pairs_of
from rag.types import Kind, Question

MOST_SENTENCES: dict[Kind, int] = {
    "figure": 2,
    "date": 1,
    "entity": 1,
    "list": 3,
    "how": 3,
    "yesno": 1,
    "other": 2,
}
# Two runs that share this part of their character pairs say the same.
SAME = 0.7
# A further sentence is worth its place when it speaks of at least this share of the question that the first left open.
GAIN_FOR_MORE = 0.22
# A second sentence joins where its chance is at least this share of the first one's, which is not sure itself, and where
# both together stay short.
RIVAL_SHARE = 0.3
SURE_ALONE = 0.45
MOST_TOGETHER = 210
# When several things are asked at once, a sentence of the right shape may join for less.
GAIN_FOR_OTHER_PART = 0.08


def joined(question: Question, terms: Asked, ranked: Sequence[Extract]) -> list[Extract]:
    """The extracts of an answer, from those of all sentences, best first; at most as many as the question's kind allows."""
    chosen = list(ranked[:1])
    limit = MOST_SENTENCES.get(question.kind, 2)
    for candidate in ranked[1:]:
        if len(chosen) >= limit:
            break
        if _adds(question, terms, chosen, candidate):
            chosen.append(candidate)
    if len(chosen) == 1 and question.kind != "figure":
        chosen += _rivals(question, chosen[0], ranked[1:])
    return chosen


def _rivals(question: Question, best: Extract, others: Sequence[Extract]) -> list[Extract]:
    """The sentence that may as well be the answer, where which of the two answers is open and both are short."""
    for candidate in others:
        if candidate.weighed < RIVAL_SHARE * best.weighed or best.weighed >= SURE_ALONE:
            continue
        if len(best.search) + len(candidate.search) > MOST_TOGETHER or _of_other_years(question, candidate):
            continue
        if candidate.line.passage.document.id == best.line.passage.document.id and not _repeats(
            candidate.search, best.search
        ):
            return [candidate]
    return []


def _of_other_years(question: Question, extract: Extract) -> bool:
    years = governing_years(extract.line, extract.start, extract.search)
    return bool(question.years and years) and not years & set(question.years)


def _adds(question: Question, terms: Asked, chosen: list[Extract], candidate: Extract) -> bool:
    """Whether a candidate speaks of enough that the chosen ones left open, and is from the same document or place."""
    if any(_repeats(candidate.search, each.search) for each in chosen):
        return False
    if candidate.line.passage.document.id != chosen[0].line.passage.document.id:
        return False
    if _of_other_years(question, candidate):
        return False
    so_far = "".join(each.search for each in chosen)
    gain = coverage(terms, so_far + candidate.search) - coverage(terms, so_far)
    if question.asks > 1 and question.kind in CLAUSE_KINDS:
        return gain >= GAIN_FOR_OTHER_PART and candidate.fitting >= 0.4
    if question.kind in {"how", "list"}:
        return gain >= GAIN_FOR_MORE or (candidate.score >= 0.85 * chosen[0].score and candidate.covered > 0.5)
    # A figure that fits answers the question; a second sentence would only pad it.
    answered = question.kind == "figure" and chosen[0].fitting >= 0.6
    return gain >= GAIN_FOR_MORE and not answered


def _repeats(one: str, other: str) -> bool:
    """Whether two runs say the same: one holds the other, or most of its character pairs."""
    mine, theirs = set(pairs_of(one)), set(pairs_of(other))
    return one in other or other in one or len(mine & theirs) >= SAME * min(len(mine), len(theirs))
