"""What the runs of clauses of a sentence are worth, and the best of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.places import agreeing
from rag.choosing.extracts import Extract, around, attributed
from rag.lines import Line
from rag.longer_names import longer_name_cost
from rag.rungs import rung_cost
from rag.runs import governing_years, runs
from rag.terms import Asked, Surroundings, coverage_within, surroundings
from rag.types import Question
from rag.wanted import fit, is_news, is_of_sources, is_share, lacks_scope

# What the rest of the sentence says counts for less than the words themselves, what the title, the headings and the
# sentence before say for less, and what only the rest of the passage says for less again.
SENTENCE_CREDIT = 0.6
AROUND_CREDIT = 0.6
PASSAGE_CREDIT = 0.4
FIT_WEIGHT = 0.3
PASSAGE_WEIGHT = 0.25
# A passage whose odds are so much worse than the best one's (in logarithms) gains nothing by its rank.
LEAST_ODDS = 8.0
# A run of the asked year gains this, a run of another year loses it.
YEAR_WEIGHT = 0.3
# Asked of no year, what was true years before its document came out loses this much a year.
STALENESS = 0.02
LENGTH_COST = 0.0012
DEPENDENT_COST = 0.03
# Asked of no place in particular, what holds for the whole country comes first.
LOCAL_COST = 0.12
# Asked how many there are, what is only added counts less.
NEWS_COST = 0.05
# Asked how many there are, what part of something they are is no count.
SHARE_COST = 0.3
# A sentence about another subset or level than the one asked for answers another question.
SCOPE_COST = 1.2
# Of two pages that say the same, the one that no machine rewrote comes first.
SPUN_COST = 0.1
# What a run loses that holds none of the clauses which, as was learned, hold the answer.
CLAUSE_WEIGHT = 0.3
_ROUNDING = 1e-9
_DEPENDENT = re.compile(r"^(?:其中|同时|此外|并|而且|但|因此|为此|从而|以及|该|这|它|其)")


def best_runs(
    question: Question, terms: Asked, line: Line, passage_share: float, held: Sequence[float] = ()
) -> list[Extract]:
    """The best run of a sentence, or of each place where the sentence speaks of several; runs across places are none.

    `held` has the learned chance of each clause that it holds a part of the answer, where it was asked for.
    """
    # One figure stands in one clause; what else is likely to be told with it only makes the answer long.
    alone = question.kind == "figure" and question.asks == 1
    shares = [chance if not alone or chance == max(held) else 0.0 for chance in held]
    whole = sum(shares) or 1.0
    share_at = dict(zip((clause.start for clause in line.clauses), shares, strict=False))
    known = _known(terms, line)
    of_line = PASSAGE_WEIGHT * passage_share + _of_line(question, line)
    best: dict[tuple[str, ...], Extract] = {}
    for run in runs(question, line.clauses):
        places = agreeing([clause.places for clause in run])
        if places is None or (question.places and not attributed(places, question.places)):
            continue
        form = "".join(clause.search for clause in run)
        covered = coverage_within(form, known)
        fitting = fit(question, form)
        score = covered + FIT_WEIGHT * fitting + of_line + _of_run(question, line, run[0].start, form)
        score -= rung_cost(question, line, run) + longer_name_cost(question, form)
        if held:
            score -= CLAUSE_WEIGHT * (1 - sum(share_at[clause.start] for clause in run) / whole)
        if covered > 0 and (places not in best or score > best[places].score):
            best[places] = Extract(line, run[0].start, run[-1].end, score, covered, fitting, form, places)
    return list(best.values())


def _known(terms: Asked, line: Line) -> Surroundings:
    """What the sentence, what stands around it and the rest of its passage credit each of its runs with."""
    layers = [
        (line.search, SENTENCE_CREDIT),
        (around(line) + " " + line.before, AROUND_CREDIT),
        (line.passage.chunk.search_text, PASSAGE_CREDIT),
    ]
    return surroundings(terms, layers)


def most_covered(terms: Asked, line: Line) -> float:
    """What all clauses of a sentence cover together: no run of them covers more."""
    return coverage_within("".join(clause.search for clause in line.clauses), _known(terms, line))


def most_worth(question: Question, terms: Asked, line: Line, passage_share: float) -> float:
    """More than any run of a sentence scores where nothing learned is held against it; found out in a fraction of the time."""
    of_run = FIT_WEIGHT + (YEAR_WEIGHT if question.years else 0.0)
    return most_covered(terms, line) + of_run + PASSAGE_WEIGHT * passage_share + _of_line(question, line) + _ROUNDING


def _of_line(question: Question, line: Line) -> float:
    """What every run of a sentence loses by what its document and the sentence are."""
    score = 0.0
    if line.places and not question.places:
        score -= LOCAL_COST
    if "spun" in line.passage.document.quality:
        score -= SPUN_COST
    if lacks_scope(question, line.search):
        score -= SCOPE_COST
    return score


def _of_run(question: Question, line: Line, start: int, form: str) -> float:
    """What a run gains or loses by its length, its years and how it begins."""
    score = -LENGTH_COST * len(form)
    score += _year_score(question, governing_years(line, start, form), (line.passage.document.published or "")[:4])
    if _DEPENDENT.match(form):
        score -= DEPENDENT_COST
    if is_news(question, form):
        score -= NEWS_COST
    if is_share(question, form):
        score -= SHARE_COST
    if is_of_sources(question, form):
        score -= SCOPE_COST
    return score


def _year_score(question: Question, years: frozenset[str], published: str) -> float:
    """What a run gains or loses by the years that govern it; `published` is the year of its document, "" if unknown."""
    if not years:
        return 0.0
    if question.years:
        return YEAR_WEIGHT if years & set(question.years) else -YEAR_WEIGHT
    return -STALENESS * min(5, max(0, int(published) - int(max(years)))) if published else 0.0
