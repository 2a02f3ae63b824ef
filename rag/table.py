"""Which-places and compare answers: every document is read, a row a place, a verified quote in every row."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.library import Library
from index.matrix import modality
from index.measures import Measure, measures
from index.places import find_places, is_within, narrowest, province_of
from rag.draft import Draft
from rag.extract import Extract, around, attributed, rank
from rag.telling import tell
from rag.terms import Asked, term_coverage, weigh
from rag.types import Passage, Question, Table, Term

# A place counts as having a measure when one of its sentences speaks of this share of what was asked.
SAID = 0.7
SAID_WHOLE = 0.85
SAID_EITHER = 0.45
COLUMNS = ("地区", "原文依据", "来源", "日期")
WHICH_COLUMNS = ("地区", "状态", "原文依据", "来源", "日期")
STATES = {"done": "有依据", "planned": "计划或要求", "negated": "不确定"}


@dataclass(frozen=True)
class Row:
    """One place with the best sentence of its own that says what was asked."""

    place: str
    best: Extract


def which_places(library: Library, question: Question) -> Draft | None:
    """The places for which some sentence of the library says what was asked; None when there is no such place.

    Every passage that shares a term with the question is read, not the best few: a count must be complete (promise 4).
    """
    begun = time.perf_counter()
    asked = named_measure(question)
    terms = weigh(asked, library)
    if not terms.terms:
        return None
    rows = sorted(_rows(library, asked, terms), key=lambda row: (-row.best.score, row.place))
    draft = Draft(confidence=min((row.best.covered for row in rows), default=0.0))
    cells: list[tuple[str, ...]] = []
    for row in rows:
        said, evidence = tell(row.best, question)
        told = said if any(each.full_name == row.place for each in find_places(said)) else f"{row.place}：{said}"
        if draft.write(told, (evidence,)) is not None:
            state = STATES[modality(row.best.search)]
            mark = f"【{draft.sentences[-1].numbers[0]}】"
            document = evidence.document
            cells.append((row.place, state, row.best.text + mark, document.title, document.published or "日期不详"))
    draft.timings["table"] = (time.perf_counter() - begun) * 1000
    if not cells:
        return None
    draft.table = Table(WHICH_COLUMNS, tuple(sorted(cells, key=lambda cell: cell[1] != STATES["done"])))
    draft.lead = _lead(library, draft.table)
    return draft


def _lead(library: Library, table: Table) -> str:
    """The count and the names of the places that have it, those that only plan it apart, and how much was read."""
    done = [row[0] for row in table.rows if row[1] == STATES["done"]]
    unsure = [row[0] for row in table.rows if row[1] != STATES["done"]]
    read = f"据资料库{library.manifest.documents}份资料，"
    found = f"有依据的共{len(done)}个：{'、'.join(done)}。" if done else "没有找到已经落实的地方。"
    return f"{read}{found}" + (f"另有{len(unsure)}个是计划或不确定：{'、'.join(unsure)}。" if unsure else "") + "\n"


def named_measure(question: Question) -> Question:
    """The question with the taxonomy's name of the measure it speaks of as its one term, where there is one."""
    said = [measure for measure in measures() if measure.said_in(question.search)]
    if not said:
        return question
    longest = max(said, key=lambda measure: max(len(alias) for alias in measure.aliases if alias in question.search))
    return _with_term(question, longest)


def _with_term(question: Question, measure: Measure) -> Question:
    spoken = max((alias for alias in measure.aliases if alias in question.search), key=len)
    others = tuple(alias for alias in measure.aliases if alias != spoken)
    return Question(
        text=question.text,
        standalone=question.standalone,
        search=question.search,
        kind="which",
        places=question.places,
        years=question.years,
        terms=(Term(spoken, others),),
    )


def _rows(library: Library, question: Question, terms: Asked) -> Iterator[Row]:
    """The best row of every place, over every passage that shares a term with the question."""
    best: dict[str, Extract] = {}
    for passage in _candidates(library, question, terms):
        for run in rank(question, terms, [passage]):
            said = term_coverage(terms, run.search, [(run.line.search, 0.95), (around(run.line), 0.6)])
            dated = not question.years or any(year in run.line.search for year in question.years)
            if said < _least(question) or not dated:
                continue
            for place in _places_of(run, question):
                if place not in best or run.score > best[place].score:
                    best[place] = run
    yield from (Row(place, run) for place, run in best.items())


def _least(question: Question) -> float:
    """The share that must be said: a named measure whole, other wordings mostly, of a choice (称号或津贴) a part."""
    if len(question.terms) == 1:
        return SAID_WHOLE
    return SAID_EITHER if "或" in question.search else SAID


def _candidates(library: Library, question: Question, terms: Asked) -> Iterator[Passage]:
    words = " ".join(" ".join([term.text, *term.alternatives]) for term, _ in terms.terms)
    hits = library.keyword_hits(words, max(library.manifest.chunks, 1))
    for chunk in library.chunks([hit.chunk_id for hit in hits]):
        if term_coverage(terms, chunk.search_text) < SAID:
            continue
        document = library.document(chunk.document_id)
        if "duplicate" in document.quality:
            continue
        if question.places and not attributed((*chunk.places, *document.places), question.places):
            continue
        yield Passage(chunk, document, 1.0)


def _places_of(run: Extract, question: Question) -> list[str]:
    """The cities, counties and enterprises that a run of clauses speaks for; a province only when nothing is nearer."""
    wanted = [place for place in narrowest(list(run.line.places)) if _is_asked(place, question)]
    if re.search(r"哪[^省]{0,3}省", question.search):
        wanted = [province_of(place) or place for place in wanted]
    return list(dict.fromkeys(place for place in wanted if place != "全国"))


def _is_asked(place: str, question: Question) -> bool:
    return not question.places or attributed((place,), question.places)


def side_by_side(question: Question, drafts: Sequence[tuple[str, Draft]]) -> Draft:
    """The answers of several places in one, a row a place; a place without an answer is listed as left open."""
    joined = Draft(confidence=min((draft.confidence for _, draft in drafts if draft.sentences), default=0.0))
    rows = []
    for place, draft in drafts:
        joined.passages += draft.passages
        joined.raw_text += draft.raw_text
        if not draft.sentences:
            joined.unanswered.append(f"{place}的资料没有提到这件事")
            rows.append((place, "资料未提及", "", ""))
            continue
        for said, evidence in draft.written:
            text = said if any(is_within(each.full_name, place) for each in find_places(said)) else f"{place}：{said}"
            if joined.write(text, evidence) is None:
                continue
            document = evidence[0].document
            rows.append(
                (
                    place,
                    text + f"【{joined.sentences[-1].numbers[0]}】",
                    document.title,
                    document.published or "日期不详",
                )
            )
    joined.table = Table(COLUMNS, tuple(rows))
    return joined
