"""Which-places and compare answers: every document is read, a row a place, a verified quote in every row."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.library import Library
from index.matrix import modality
from index.places import find_places, is_enterprise, is_within, narrowest, province_of
from rag.draft import Draft
from rag.extract import Extract, around, attributed, rank
from rag.telling import tell
from rag.terms import Asked, term_coverage, weigh
from rag.types import Passage, Question, Table
from rag.which import Demand, demand

# A place counts as having a measure when one of its sentences speaks of this share of what was asked.
SAID = 0.7
SAID_EITHER = 0.45
# The answer tells this many rows in words; the table holds them all.
SHOWN_ROWS = 8
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
    wanted = demand(question)
    asked = replace(question, kind="which", terms=(wanted.measure,), runs=()) if wanted.measure else question
    terms = weigh(asked, library)
    if not terms.terms:
        return None
    rows = sorted(_rows(library, asked, terms, wanted), key=lambda row: (-row.best.score, row.place))
    if wanted.by_figure:
        rows.sort(key=lambda row: -(wanted.figure(row.best) or 0))
    rows.sort(key=lambda row: modality(_own_clause(row.best, terms)) != "done")
    draft = Draft(confidence=min((row.best.covered for row in rows), default=0.0), shown=SHOWN_ROWS)
    cells = [cell for row in rows if (cell := _cell(draft, row, asked, terms)) is not None]
    draft.timings["table"] = (time.perf_counter() - begun) * 1000
    if not cells:
        return None
    draft.table = Table(WHICH_COLUMNS, tuple(cells))
    draft.lead = _lead(library, draft.table, wanted)
    return draft


def _cell(draft: Draft, row: Row, question: Question, terms: Asked) -> tuple[str, ...] | None:
    """The cells of a row whose sentence the verifier let into the draft; None when it did not."""
    said, evidence = tell(row.best, question)
    # A province is the row of its city's sentence, which names the city or is led by it.
    city = next((place for place in row.best.places if is_within(place, row.place)), row.place)
    text = said if any(is_within(each.full_name, row.place) for each in find_places(said)) else f"{city}：{said}"
    if draft.write(text, (evidence,)) is None:
        return None
    mark = f"【{draft.sentences[-1].numbers[0]}】"
    document = evidence.document
    state = STATES[modality(_own_clause(row.best, terms))]
    return (row.place, state, row.best.text + mark, document.title, document.published or "日期不详")


def _own_clause(run: Extract, terms: Asked) -> str:
    """The clause of a run that speaks most of the measure: a plan beside it (争取补助) does not make it planned."""
    inside = [clause.search for clause in run.line.clauses if run.start <= clause.start < run.end]
    return max(inside, key=lambda form: term_coverage(terms, form), default=run.search)


def _lead(library: Library, table: Table, wanted: Demand) -> str:
    """The count and the names of the places that have it, those that only plan it apart, and how much was read."""
    done = [row[0] for row in table.rows if row[1] == STATES["done"]]
    unsure = [row[0] for row in table.rows if row[1] != STATES["done"]]
    read = f"据资料库{library.manifest.documents}份资料，"
    found = f"有依据的共{len(done)}个：{'、'.join(done)}。" if done else "没有找到已经落实的地方。"
    plans = f"另有{len(unsure)}个是计划或不确定：{'、'.join(unsure)}。" if unsure else ""
    order = "按数字从大到小排列，各地数字的年份和口径可能不同。" if wanted.by_figure else ""
    rest = f"下面列出前{SHOWN_ROWS}条，其余见表。" if len(table.rows) > SHOWN_ROWS else ""
    return f"{read}{found}{plans}{order}\n" + (f"{rest}\n" if rest else "")


def _rows(library: Library, question: Question, terms: Asked, wanted: Demand) -> Iterator[Row]:
    """The best row of every place, over every passage that shares a term with the question."""
    best: dict[str, Extract] = {}
    for passage in _candidates(library, question, terms):
        for run in rank(question, terms, [passage]):
            if not wanted.met_by(run) or not _said(question, terms, run):
                continue
            for place in _places_of(run, question):
                if place not in best or _rank(run, terms) > _rank(best[place], terms):
                    best[place] = run
    yield from (Row(place, run) for place, run in best.items())


def _rank(run: Extract, terms: Asked) -> tuple[bool, bool, float]:
    """What is done speaks for a place before what is planned, a sound page before one that was spun."""
    is_done = modality(_own_clause(run, terms)) == "done"
    return is_done, "spun" not in run.line.passage.document.quality, run.score


def _said(question: Question, terms: Asked, run: Extract) -> bool:
    """Whether the sentence says enough of the question and is of an asked year; of a choice (称号或津贴) a part will do."""
    if question.years and not any(year in run.line.search for year in question.years):
        return False
    said = term_coverage(terms, run.search, [(run.line.search, 0.95), (around(run.line), 0.6)])
    return said >= (SAID_EITHER if "或" in question.search else SAID)


def _candidates(library: Library, question: Question, terms: Asked) -> Iterator[Passage]:
    words = " ".join(" ".join([term.text, *term.alternatives]) for term, _ in terms.terms)
    hits = library.keyword_hits(words, max(library.manifest.chunks, 1))
    for chunk in library.chunks([hit.chunk_id for hit in hits]):
        if term_coverage(terms, chunk.search_text) < SAID_EITHER:
            continue
        document = library.document(chunk.document_id)
        if "duplicate" in document.quality:
            continue
        if question.places and not attributed((*chunk.places, *document.places), question.places):
            continue
        yield Passage(chunk, document, 1.0)


def _places_of(run: Extract, question: Question) -> list[str]:
    """The cities, counties and enterprises that a run of clauses speaks for; a province only when nothing is nearer."""
    wanted = [
        place for place in narrowest(list(run.places)) if not question.places or attributed((place,), question.places)
    ]
    if re.search(r"城市|哪.{0,2}[市省县区]", question.search):
        wanted = [place for place in wanted if not is_enterprise(place)]
    if re.search(r"哪[^省]{0,3}省", question.search):
        wanted = [province_of(place) or place for place in wanted]
    return list(dict.fromkeys(place for place in wanted if place != "全国"))


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
