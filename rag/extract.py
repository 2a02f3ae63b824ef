"""The answer with no LLM: the fewest verbatim clauses that answer, chosen from the sentences of the best passages."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.counted import is_heading
from index.places import agreeing, is_within
from index.types import Span
from rag.lines import Clause, Line, lines
from rag.runs import CLAUSE_KINDS, governing_years, leading_time, parts, runs
from rag.terms import Asked, coverage, pairs_of
from rag.types import Kind, Passage, Question
from rag.wanted import fit, is_news, lacks_scope

MOST_SENTENCES: dict[Kind, int] = {
    "figure": 2,
    "date": 1,
    "entity": 1,
    "list": 3,
    "how": 3,
    "yesno": 1,
    "other": 2,
}
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
# Two runs that share this part of their character pairs say the same.
SAME = 0.7
LENGTH_COST = 0.0012
DEPENDENT_COST = 0.03
# Asked of no place in particular, what holds for the whole country comes first.
LOCAL_COST = 0.12
# Asked how many there are, what is only added counts less.
NEWS_COST = 0.05
# A sentence about another subset or level than the one asked for answers another question.
SCOPE_COST = 0.3
# Of two pages that say the same, the one that no machine rewrote comes first.
SPUN_COST = 0.1
# A further sentence is worth its place when it speaks of at least this share of the question that the first left open.
GAIN_FOR_MORE = 0.22
# When several things are asked at once, a sentence of the right shape may join for less.
GAIN_FOR_OTHER_PART = 0.08
_DEPENDENT = re.compile(r"^(?:其中|同时|此外|并|而且|但|因此|为此|从而|以及|该|这|它|其)")


@dataclass(frozen=True)
class Extract:
    """A run of clauses of one sentence with what it is worth: its score, how much it covers, how well it fits."""

    line: Line
    start: int
    end: int
    score: float
    covered: float
    fitting: float
    search: str
    places: tuple[str, ...]

    @property
    def marks(self) -> tuple[Span, ...]:
        """Original spans of the run, with the sentence's leading time clause where the run would lose its year."""
        lead = leading_time(self.line, self.start, self.search)
        spans = self.line.parts(self.start, self.end)
        return (*self.line.parts(lead.start, lead.end), *spans) if lead else spans

    @property
    def text(self) -> str:
        """The verbatim words of the marks."""
        document = self.line.passage.document
        return "".join(document.text[mark.start : mark.end] for mark in self.marks)


def widened(extract: Extract) -> Extract:
    """What governs an extract: its part between semicolons, or the whole sentence where a colon rules over its parts."""
    line = extract.line
    start, end = line.start, line.end
    if not any("：" in clause.search for clause in line.clauses if clause.start < extract.start):
        for part in parts(line.clauses):
            if part[0].start <= extract.start < part[-1].end:
                start = part[0].start
            if part[0].start < extract.end <= part[-1].end:
                end = part[-1].end
    form = "".join(clause.search for clause in line.clauses if start <= clause.start < end)
    places = extract.places if (start, end) != (line.start, line.end) else line.places
    return replace(extract, start=start, end=end, search=form, places=places)


def extract(question: Question, terms: Asked, passages: Sequence[Passage]) -> list[Extract]:
    """The answer's extracts, best first; empty when no sentence speaks of the question at all.

    The first is the best run of clauses; others join only while they speak of what is still open.
    """
    ranked = rank(question, terms, passages)
    if not ranked:
        return []
    chosen = [ranked[0]]
    limit = MOST_SENTENCES.get(question.kind, 2)
    for candidate in ranked[1:]:
        if len(chosen) >= limit:
            break
        if _adds(question, terms, chosen, candidate):
            chosen.append(candidate)
    return chosen


def rank(question: Question, terms: Asked, passages: Sequence[Passage]) -> list[Extract]:
    """The best run of each sentence (of each place in it, where it speaks of several), best first."""
    best = max(map(_odds, passages), default=0.0)
    found = []
    for passage in passages:
        for line in lines(passage):
            if _names_only(line) or (question.places and not attributed(line.places, question.places)):
                continue
            found += _best_runs(question, terms, line, 1 - min(1.0, (best - _odds(passage)) / LEAST_ODDS))
    found.sort(key=lambda each: (-each.score, each.line.passage.chunk.id, each.start))
    return found


def _odds(passage: Passage) -> float:
    """The logarithm of the odds that a passage answers, by the ranker's chance."""
    chance = min(max(passage.score, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def _names_only(line: Line) -> bool:
    spans = line.parts(line.start, line.end)
    return is_heading(line.passage.document, spans[0].start, spans[-1].end)


def around(line: Line) -> str:
    """What a reader of the sentence already knows: title, headings and places, in the search form of the chunk."""
    chunk, document = line.passage.chunk, line.passage.document
    return " ".join([document.title, *chunk.heading, *document.places, *chunk.places])


def _best_runs(question: Question, terms: Asked, line: Line, passage_share: float) -> list[Extract]:
    """The best run of a sentence, or of each place where the sentence speaks of several; runs across places are none."""
    known = around(line) + " " + line.before
    best: dict[tuple[str, ...], Extract] = {}
    for run in runs(question, line.clauses):
        places = agreeing([clause.places for clause in run])
        if places is None or (question.places and not attributed(places, question.places)):
            continue
        weighed = replace(_weigh(question, terms, line, run, known, passage_share), places=places)
        if weighed.covered > 0 and (places not in best or weighed.score > best[places].score):
            best[places] = weighed
    return list(best.values())


def _weigh(
    question: Question,
    terms: Asked,
    line: Line,
    run: Sequence[Clause],
    known: str,
    passage_share: float,
) -> Extract:
    form = "".join(clause.search for clause in run)
    layers = [(line.search, SENTENCE_CREDIT), (known, AROUND_CREDIT), (line.passage.chunk.search_text, PASSAGE_CREDIT)]
    covered = coverage(terms, form, layers)
    fitting = fit(question, form)
    score = covered + FIT_WEIGHT * fitting + PASSAGE_WEIGHT * passage_share - LENGTH_COST * len(form)
    score += _year_score(
        question, governing_years(line, run[0].start, form), (line.passage.document.published or "")[:4]
    )
    if _DEPENDENT.match(form):
        score -= DEPENDENT_COST
    if line.places and not question.places:
        score -= LOCAL_COST
    if "spun" in line.passage.document.quality:
        score -= SPUN_COST
    if lacks_scope(question, line.search):
        score -= SCOPE_COST
    if is_news(question, form):
        score -= NEWS_COST
    return Extract(line, run[0].start, run[-1].end, score, covered, fitting, form, line.places)


def _year_score(question: Question, years: frozenset[str], published: str) -> float:
    """What a run gains or loses by the years that govern it; `published` is the year of its document, "" if unknown."""
    if not years:
        return 0.0
    if question.years:
        return YEAR_WEIGHT if years & set(question.years) else -YEAR_WEIGHT
    return -STALENESS * min(5, max(0, int(published) - int(max(years)))) if published else 0.0


def _adds(question: Question, terms: Asked, chosen: list[Extract], candidate: Extract) -> bool:
    """Whether a candidate speaks of enough that the chosen ones left open, and is from the same document or place."""
    if any(_repeats(candidate.search, each.search) for each in chosen):
        return False
    if candidate.line.passage.document.id != chosen[0].line.passage.document.id:
        return False
    years = governing_years(candidate.line, candidate.start, candidate.search)
    if question.years and years and not years & set(question.years):
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


def attributed(places: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether any of the places is, or lies within, one of the wanted ones (promise 3: cities are never crossed)."""
    return any(is_within(place, target) for place in places for target in wanted)
