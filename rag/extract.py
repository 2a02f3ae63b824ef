"""The answer with no LLM: the fewest verbatim clauses that answer, chosen from the sentences of the best passages."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.counted import is_heading
from index.places import find_places, is_within
from rag.choosing.chooser import chances
from rag.choosing.clauses import clause_chances
from rag.choosing.extracts import Extract, around, attributed, widened
from rag.choosing.joining import joined
from rag.choosing.second import Looked, looked_again
from rag.choosing.weighing import best_runs, most_covered, most_worth
from rag.lines import Line, lines
from rag.same_turn import told_before
from rag.terms import Asked
from rag.types import Passage, Question

__all__ = ["Behind", "Extract", "around", "attributed", "extract", "first_look", "likeliest", "rank", "widened"]

# Whether an extract is to come behind the others.
Behind = Callable[[Extract], bool]

# A passage whose odds are so much worse than the best one's (in logarithms) gains nothing by its rank.
LEAST_ODDS = 8.0
# So many sentences, those of the best chances, are looked at clause by clause.
MOST_READ = 8
# A passage whose odds are so much worse than the best one's (in logarithms) is not looked through, unless it is of the first.
FARTHEST_ODDS = 5.0
ALWAYS_READ = 6
# What the learned odds of a sentence weigh beside what its clauses say, and how far the odds are told apart.
ODDS_WEIGHT = 0.15
MOST_ODDS = 7.0
# A sentence that answered the question before has most often no answer to the next one.
TOLD_SHARE = 0.3


def of_none(extract: Extract) -> bool:
    """Puts no extract behind the others."""
    return False


def _any_line(line: Line) -> bool:
    return True


def extract(question: Question, terms: Asked, passages: Sequence[Passage], behind: Behind = of_none) -> list[Extract]:
    """The answer's extracts, those of which `behind` is true last; empty when no sentence speaks of the question at all."""
    return joined(question, terms, sorted(likeliest(question, terms, passages), key=behind))


def likeliest(question: Question, terms: Asked, passages: Sequence[Passage]) -> list[Extract]:
    """The best run of each of the likeliest sentences, best first, by their learned chances and what the runs say."""
    first, every = first_look(question, terms, passages)
    best = max(map(_odds, passages), default=0.0)
    found: list[Extract] = []
    for each in looked_again(question, first, every):
        gained = ODDS_WEIGHT * min(MOST_ODDS, max(-MOST_ODDS, _logit(each.weighed)))
        for run in best_runs(question, terms, each.line, _share(each.line.passage, best), each.shares):
            found.append(replace(run, score=run.score + gained, chance=each.chance, weighed=each.weighed))
    return _in_order(found)


def first_look(question: Question, terms: Asked, passages: Sequence[Passage]) -> tuple[list[Looked], list[Line]]:
    """The likeliest sentences by the chooser alone, best first, and all lines of the passages that were looked through."""
    every = [line for passage in _near(passages) for line in lines(passage)]
    told = [
        chance * (TOLD_SHARE if told_before(question, line.search) else 1)
        for chance, line in zip(chances(question, terms.grams, every).tolist(), every, strict=True)
    ]
    allowed = [(chance, line) for chance, line in zip(told, every, strict=True) if _may_answer(question, line)]
    read = _once(sorted(allowed, key=lambda each: -each[0]))[:MOST_READ]
    held = clause_chances(question, terms.grams, [line for _, line in read])
    first = [Looked(line, chance, chance, tuple(shares)) for (chance, line), shares in zip(read, held, strict=True)]
    return first, every


def _once(ranked: Sequence[tuple[float, Line]]) -> list[tuple[float, Line]]:
    """Each sentence once, as its best copy: passages of a document overlap."""
    first: dict[tuple[str, int], tuple[float, Line]] = {}
    for chance, line in ranked:
        first.setdefault((line.passage.document.id, line.parts(line.start, line.end)[-1].end), (chance, line))
    return list(first.values())


def rank(
    question: Question, terms: Asked, passages: Sequence[Passage], telling: Callable[[Line], bool] = _any_line
) -> list[Extract]:
    """The best run of every sentence (of each place in it, where it speaks of several), best first, nothing learned.

    A table reads every sentence of a library, not the likeliest few. Sentences that are not `telling` are left out.
    """
    best = max(map(_odds, passages), default=0.0)
    found = [
        run
        for passage in passages
        for line in lines(passage)
        if telling(line) and _may_answer(question, line)
        for run in best_runs(question, terms, line, _share(passage, best))
    ]
    return _in_order(found)


def first_ranked(question: Question, terms: Asked, passages: Sequence[Passage], most: int) -> list[Extract]:
    """The first of all that `rank` gives, without taking apart the sentences that cannot be among them."""
    best = max(map(_odds, passages), default=0.0)
    lines_with = [(line, _share(line.passage, best)) for line in _allowed(question, passages)]
    bounded = [(most_worth(question, terms, line, share), line, share) for line, share in lines_with]
    found: list[Extract] = []
    scores: list[float] = []
    for bound, line, share in sorted(bounded, key=lambda each: -each[0]):
        if len(scores) >= most and scores[-most] > bound:
            break
        for run in best_runs(question, terms, line, share):
            found.append(run)
            insort(scores, run.score)
    return _in_order(found)[:most]


def rank_covering(
    question: Question,
    terms: Asked,
    passages: Sequence[Passage],
    telling: Callable[[Line], bool],
    least: float,
    most: int,
) -> list[Extract]:
    """The first of all that `rank` gives, some of those left out that cover less of the question than `least`."""
    best = max(map(_odds, passages), default=0.0)
    every = [line for line in _allowed(question, passages) if telling(line)]
    # Where there are more than are wanted, those that cover little may stand before others.
    if sum(len(line.clauses) if len(line.places) > 1 else 1 for line in every) <= most:
        every = [line for line in every if most_covered(terms, line) >= least]
    runs = (run for line in every for run in best_runs(question, terms, line, _share(line.passage, best)))
    return _in_order(list(runs))[:most]


def _allowed(question: Question, passages: Sequence[Passage]) -> list[Line]:
    return [line for passage in passages for line in lines(passage) if _may_answer(question, line)]


def _near(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages that are worth looking through, in the order given."""
    odds = [_odds(passage) for passage in passages]
    worst = min(max(odds, default=0.0) - FARTHEST_ODDS, min(sorted(odds, reverse=True)[:ALWAYS_READ], default=0.0))
    return [passage for passage, each in zip(passages, odds, strict=True) if each >= worst]


def _in_order(found: list[Extract]) -> list[Extract]:
    return sorted(found, key=lambda each: (-each.score, each.line.passage.chunk.id, each.start))


def _may_answer(question: Question, line: Line) -> bool:
    """Whether a line says anything, and of the asked places (promise 3: cities are never crossed)."""
    if question.places and not attributed(line.places, question.places) and not _goes_on(question, line):
        return False
    spans = line.parts(line.start, line.end)
    return not is_heading(line.passage.document, spans[0].start, spans[-1].end)


def _goes_on(question: Question, line: Line) -> bool:
    """Whether a sentence that names no place goes on, in a document of the place around, with what a follow-up asked about."""
    around = any(is_within(asked, place) for asked in question.places for place in line.places)
    return question.whole is not None and bool(question.whole.carried) and around and not find_places(line.search)


def _share(passage: Passage, best: float) -> float:
    """How near the odds of a passage come to the best ones, 0..1."""
    return 1 - min(1.0, (best - _odds(passage)) / LEAST_ODDS)


def _odds(passage: Passage) -> float:
    """The logarithm of the odds that a passage answers, by the ranker's chance."""
    return _logit(passage.score)


def _logit(chance: float) -> float:
    sure = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(sure / (1 - sure))
