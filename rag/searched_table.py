"""The rows of a which-places answer for what the matrix does not hold: every passage is read, not the best few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.library import Library
from index.measures import modality
from index.measures.figures import value_of
from index.measures.filters import city_of
from index.places import is_enterprise, narrowest, places, province_of
from rag.counted import Counted, counted
from rag.demanded_tokens import demanded_tokens
from rag.extract import Extract, around, attributed, rank
from rag.granted import Granted, granted
from rag.scope import Scope, scope_of
from rag.terms import Asked, term_coverage, weigh
from rag.types import Passage, Question, Term
from rag.which import Demand

# A place counts as having a measure when one of its sentences speaks of this share of what was asked.
SAID = 0.7
SAID_EITHER = 0.45
# What only stands around a sentence counts so much.
NEARBY = 0.6
_SENTENCE_END = re.compile(r"[。!?！？]")


@dataclass(frozen=True)
class SearchedRow:
    """One place with the best sentence of its own that says what was asked, and whether that tells of something done.

    The figure and its unit are those of the thing that a question for the most or the least counts, "" for any other.
    """

    place: str
    best: Extract
    is_done: bool
    is_planned: bool
    figure: str = ""
    unit: str = ""


def searched_rows(library: Library, question: Question, wanted: Demand, scope: Scope) -> list[SearchedRow]:
    """The places for which some sentence says what was asked, what is done first; none where nothing can be looked for.

    Every passage that shares a term with the question is read: a count must be complete (promise 4).
    """
    given = granted(question)
    rows = _granted_rows(library, question, given, wanted, scope) if given else []
    if rows or (given and scope.order):
        # Where no sum is told, nobody's grant is the largest.
        return [row for row in rows if row.is_done or not scope.done_only]
    ranked = counted(question) if scope.order in ("figure", "least") else None
    thing = wanted.measure or (Term(ranked.thing) if ranked else None)
    asked = replace(question, kind="which", terms=(thing,), runs=()) if thing else question
    terms = weigh(asked, library)
    if not terms.terms:
        return []
    best: dict[str, Extract] = {}
    for passage in _candidates(library, asked, terms):
        for run in rank(asked, terms, [passage]):
            if not wanted.met_by(run) or not _said(asked, terms, run, scope):
                continue
            for place in _places_of(run, asked):
                if ranked and not _is_own_count(ranked, run, place):
                    continue
                if place not in best or _rank(run, terms) > _rank(best[place], terms):
                    best[place] = run
    if ranked and not best:
        # Nobody tells a number of it: who has it at all is then the honest answer.
        return searched_rows(library, question, wanted, replace(scope, order=""))
    rows = [_row(place, run, terms, ranked) for place, run in best.items()]
    rows.sort(key=lambda row: (-row.best.score, row.place))
    if scope.order in ("figure", "least") and not ranked:
        sign = 1 if scope.order == "least" else -1
        rows.sort(key=lambda row: sign * (wanted.figure(row.best) or 0))
        # A row without a figure is neither the most nor the least.
        rows.sort(key=lambda row: wanted.figure(row.best) is None)
    rows.sort(key=lambda row: not row.is_done)
    return [row for row in rows if row.is_done or not scope.done_only]


def _granted_rows(
    library: Library, question: Question, given: Granted, wanted: Demand, scope: Scope
) -> list[SearchedRow]:
    """The places that give something to whom the question names, each with the sentence that tells the largest sum."""
    asked = replace(question, kind="which", terms=given.terms(question), runs=())
    terms = weigh(asked, library)
    best: dict[str, SearchedRow] = {}
    for passage in _candidates(library, asked, terms):
        for run in rank(asked, terms, [passage]):
            told = given.told(run.line.search)
            if told is None or (scope.order and not told[0]) or not _is_of_years(run, scope):
                continue
            if not (wanted.says_others(run, given.others(wanted.others)) and wanted.is_within(value_of(told[0]))):
                continue
            meant = modality(_own_clause(run, terms))
            for place in _places_of(run, asked):
                row = SearchedRow(place, run, meant == "done", meant in ("planned", "required"), *told)
                if place not in best or (row.is_done, value_of(row.figure) or 0, run.score) > _of_row(best[place]):
                    best[place] = row
    return sorted(best.values(), key=lambda row: (not row.is_done, -(value_of(row.figure) or 0), row.place))


def _of_row(row: SearchedRow) -> tuple[bool, float, float]:
    return row.is_done, value_of(row.figure) or 0, row.best.score


def _row(place: str, run: Extract, terms: Asked, ranked: Counted | None) -> SearchedRow:
    told = modality(_own_clause(run, terms))
    figure, unit = (ranked and ranked.told(run.line.search)) or ("", "")
    return SearchedRow(place, run, told == "done", told in ("planned", "required"), figure, unit)


def _is_own_count(ranked: Counted, run: Extract, place: str) -> bool:
    """Whether a run tells how many of the thing the place has itself: a city's number is not its province's."""
    return ranked.told(run.search) is not None and place in run.places


def _own_clause(run: Extract, terms: Asked) -> str:
    """The clause of a run that speaks most of the measure: a plan beside it (争取补助) does not make it planned."""
    inside = [clause.search for clause in run.line.clauses if run.start <= clause.start < run.end]
    return max(inside, key=lambda form: term_coverage(terms, form), default=run.search)


def _rank(run: Extract, terms: Asked) -> tuple[bool, bool, float]:
    """What is done speaks for a place before what is planned, a sound page before one that was spun."""
    is_done = modality(_own_clause(run, terms)) == "done"
    return is_done, "spun" not in run.line.passage.document.quality, run.score


def _said(question: Question, terms: Asked, run: Extract, scope: Scope) -> bool:
    """Whether the sentence says enough of the question and is of an asked year; of a choice (称号或津贴) a part will do."""
    if not _is_of_years(run, scope):
        return False
    said = term_coverage(terms, run.search, [(run.line.search, 0.95), (around(run.line), NEARBY)])
    return said >= _least(question)


def _is_of_years(run: Extract, scope: Scope) -> bool:
    """Whether a sentence is of an asked year; any is where none is asked."""
    return not (scope.since or scope.until) or any(map(scope.holds_year, _YEAR.findall(run.line.search)))


_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")


def _candidates(library: Library, question: Question, terms: Asked) -> Iterator[Passage]:
    """The passages in which a sentence may say what was asked, found out before any text is cut into sentences."""
    words = " ".join(" ".join([term.text, *term.alternatives]) for term in _demanded(question, terms))
    demanded = demanded_tokens(terms, _least(question))
    hits = library.keyword_hits(words, max(library.manifest.chunks, 1), demanded=demanded)
    likely = [
        one.chunk_id
        for one in library.candidates([hit.chunk_id for hit in hits])
        if "duplicate" not in one.quality
        and (not question.places or attributed(one.places, question.places))
        and _may_say(question, terms, one.search_text)
    ]
    for chunk in library.chunks(likely):
        yield Passage(chunk, library.document(chunk.document_id), 1.0)


def _demanded(question: Question, terms: Asked) -> list[Term]:
    """The weightiest term alone where no sentence can say enough without it, else all terms."""
    heaviest, weight = max(terms.terms, key=lambda pair: pair[1])
    without = 1 - weight / sum(each for _, each in terms.terms)
    return [heaviest] if without < _least(question) else [term for term, _ in terms.terms]


def _may_say(question: Question, terms: Asked, form: str) -> bool:
    """Whether a sentence of a passage in search form might be let through by `_said`, whatever else it is."""
    least = _least(question)
    return term_coverage(terms, form) >= least and any(
        term_coverage(terms, sentence, [(form, NEARBY)]) >= least for sentence in _SENTENCE_END.split(form)
    )


def _least(question: Question) -> float:
    return SAID_EITHER if "或" in question.search else SAID


def _places_of(run: Extract, question: Question) -> list[str]:
    """The cities, counties and enterprises that a run of clauses speaks for; a province only when nothing is nearer."""
    wanted = [
        place for place in narrowest(list(run.places)) if not question.places or attributed((place,), question.places)
    ]
    kind = scope_of(question).kind
    if kind in ("city", "province", "county") or re.search(r"城市|哪.{0,2}[市省县区]", question.search):
        wanted = [place for place in wanted if not is_enterprise(place)]
    if kind == "city":
        wanted = [place for place in wanted if city_of(place) or place not in places()]
    if kind == "province" or re.search(r"哪[^省]{0,3}省", question.search):
        wanted = [province_of(place) or place for place in wanted]
    return list(dict.fromkeys(place for place in wanted if place != "全国"))
