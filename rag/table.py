"""Which-places answers: the rows of the matrix, or of an exhaustive search, each with a quote that the verifier let pass."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.library import Library
from index.measures import MatrixEvidence, matrix
from index.measures.figures import value_of
from index.measures.filters import city_of
from index.places import find_places, is_within
from rag.draft import Draft
from rag.extract import Extract, widened
from rag.granted import granted
from rag.matrix_rows import MatrixRow, enterprise_rows, is_done, matrix_rows
from rag.scope import Scope, asks_how_many_places, asks_who, asks_who_leads, scope_of
from rag.searched_table import SearchedRow, searched_rows
from rag.telling import tell
from rag.types import Question, Table
from rag.which import Demand, demand

# The answer tells this many rows in words; the table holds them all.
SHOWN_ROWS = 8
WHICH_COLUMNS = ("地区", "状态", "原文依据", "来源", "日期")
# Units that a text takes for one another.
_UNITS_ALIKE = (("家", "个", "所", "处", "座"), ("名", "人", "位"))
STATES = {"done": "有依据", "planned": "计划或要求", "negated": "不确定"}
UNDATED = "日期不详"
NOT_IN_TAXONOMY = "举措表没有这样细的一项，以下是逐段查找全部资料的结果。"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
# A clause that only says when or where says nothing of itself.
_HALF = re.compile(r"(?:期间|以来|之后|以后|后|之前|中|里|时|之际)[，,。]?$")
_FIRST = re.compile(r"全国(?:范围内?)?的?(?:第1[个家座部]|首[个家座部创例]|率先|最先|最早)|(?:国内|全国)首(?![批届席])")
YEAR_NOT_SAID = "资料里没有写明所问年份的，以下不限年份。"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row before it is verified: its name, how it is meant, the run that speaks for it, the place that this is of."""

    name: str
    state: str
    run: Extract
    place: str
    figure: str = ""
    unit: str = ""
    year: str = ""


def asks_for_rows(question: Question) -> bool:
    """Whether a question is answered by rows of places."""
    leads = asks_who_leads(question) or (asks_who(question) and granted(question) is not None)
    return question.kind == "which" or leads or asks_how_many_places(question)


def which_places(library: Library, question: Question) -> Draft | None:
    """The places that have what was asked, out of the matrix or, where it lacks the measure, out of every passage.

    None when there is no such place.
    """
    begun = time.perf_counter()
    wanted, scope = demand(question), scope_of(question)
    rows, notes = _rows(library, question, wanted, scope)
    draft = Draft(confidence=min((row.run.covered for row in rows), default=0.0), shown=SHOWN_ROWS)
    kept = [(row, cells) for row in rows if (cells := _cells(draft, row, question)) is not None]
    apart = _enterprises(draft, library, question, wanted, scope, {row.name for row, _ in kept})
    draft.timings["table"] = (time.perf_counter() - begun) * 1000
    if not kept and not apart:
        return None
    if kept:
        draft.table = Table(WHICH_COLUMNS, tuple(cells for _, cells in kept))
    else:
        # Nobody but enterprises has it: that is told, and what was looked for besides is no news.
        draft.confidence, notes = 1.0, []
    draft.lead = _lead(library, [row for row, _ in kept], scope, [*notes, *apart])
    return draft


def _enterprises(
    draft: Draft, library: Library, question: Question, wanted: Demand, scope: Scope, held: set[str]
) -> list[str]:
    """What there is to say of cities where only enterprises have the measure, each with a cited sentence of its own."""
    if not wanted.name or wanted.others or scope.kind not in ("province", "city", "any") or scope.planned_only:
        return []
    rows = [_of_matrix(row) for row in enterprise_rows(library, question, wanted.name, wanted.is_within_bounds)]
    names = [row.name for row in rows if row.name not in held and _cells(draft, row, question) is not None]
    return [f"另有{len(names)}个城市只见企业自己的做法，不计入：{'、'.join(names)}。"] if names else []


def _rows(library: Library, question: Question, wanted: Demand, scope: Scope) -> tuple[list[_Row], list[str]]:
    """The rows in their order, and what there is to say of how they were found."""
    notes: list[str] = []
    # What is asked beside the measure (补助, 每家) stands in sentences that the matrix does not hold.
    # Whose prize is largest is told by sums of money, which the matrix ranks by no other figure.
    if wanted.name and not wanted.others and not (scope.order and granted(question)):
        rows = matrix_rows(library, question, wanted.name, scope, wanted.is_within_bounds)
        if not rows and (scope.since or scope.until):
            rows = matrix_rows(library, question, wanted.name, scope.without_years(), wanted.is_within_bounds)
            notes = [YEAR_NOT_SAID] if rows else []
        if rows:
            return _sorted([_of_matrix(row) for row in rows], scope), notes
    searched = searched_rows(library, question, wanted, scope)
    theirs = _of_enterprises(library, wanted)
    found = [_of_search(row) for row in searched if not any(_tells(row.best, one) for one in theirs)]
    is_ordered = scope.order == "year" or any(row.figure for row in found)
    return _sorted(found, scope) if is_ordered else found, [NOT_IN_TAXONOMY]


def _of_enterprises(library: Library, wanted: Demand) -> list[MatrixEvidence]:
    """What the matrix knows as the deed of an enterprise: a search, which tells nobody's deed from another's, is told so."""
    cells = matrix(library, measure=wanted.name) if wanted.name and not wanted.others else ()
    return [evidence for cell in cells if cell.is_enterprise for evidence in cell.counting]


def _tells(run: Extract, evidence: MatrixEvidence) -> bool:
    """Whether a run of clauses holds a piece of evidence."""
    parts = run.line.parts(run.start, run.end)
    is_there = run.line.passage.document.id == evidence.document_id
    return is_there and parts[0].start < evidence.end and evidence.start < parts[-1].end


def _of_matrix(row: MatrixRow) -> _Row:
    done = is_done(row.cell, row.evidence)
    state = STATES["done"] if done else STATES["negated" if row.evidence.modality == "negated" else "planned"]
    if row.cell.correction is not None and "outdated" not in row.cell.correction:
        amended = row.cell.correction["action"] == "amend"
        told = f"更正为{row.cell.figure}{row.cell.unit}" if amended and row.cell.correction.get("figure") else ""
        state += f"（人工{told or '核对'}）"
        if amended:
            # What staff set right counts in place of what the quote tells.
            return _Row(
                row.name,
                state,
                row.run,
                row.cell.place,
                row.cell.figure,
                row.cell.unit,
                row.cell.correction.get("year", ""),
            )
    # A year is told where the sentence states it; else it is the document's, which says nothing of the deed.
    year = row.evidence.year if f"{row.evidence.year}年" in row.run.line.search else ""
    return _Row(row.name, state, row.run, row.cell.place, row.evidence.figure, row.evidence.unit, year)


def _of_search(row: SearchedRow) -> _Row:
    state = STATES["done" if row.is_done else "planned" if row.is_planned else "negated"]
    # A province is the row of its city's sentence, which names the city or is led by it.
    within = next((place for place in row.best.places if is_within(place, row.place)), row.place)
    place = row.place if row.place in row.best.places else within
    name = row.place if place == row.place else f"{row.place}（{place}）"
    return _Row(
        name, state, row.best, place, row.figure, row.unit, min(_YEAR.findall(row.best.line.search), default="")
    )


def _sorted(rows: Sequence[_Row], scope: Scope) -> list[_Row]:
    """What is done first, then by year where that is asked, else by the figure that is shown.

    Figures in the unit that most rows count in are ranked, the others and rows without a figure follow.
    """
    ordered = sorted(rows, key=lambda row: row.name)
    if scope.order == "year":
        ordered.sort(key=lambda row: row.year or (row.run.line.passage.document.published or "9999")[:4] + "~")
        ordered.sort(key=lambda row: not _is_first(row))
    else:
        sign = 1 if scope.order == "least" else -1
        ordered.sort(key=lambda row: sign * (value_of(row.figure) or 0))
        ranked = _ranked(ordered)
        ordered.sort(key=lambda row: row not in ranked)
    return sorted(ordered, key=lambda row: not _is_done(row))


def _ranked(rows: Sequence[_Row]) -> list[_Row]:
    """The rows with a figure in the unit that most of those which are done count in."""
    told = [row for row in rows if value_of(row.figure) is not None and _is_done(row)]
    units = Counter(_alike(row.unit) for row in told)
    common = max(units, key=lambda unit: units[unit], default="")
    return [row for row in told if _alike(row.unit) == common]


def _is_first(row: _Row) -> bool:
    """Whether a text says itself that nobody in the country had it before."""
    return bool(_FIRST.search(row.run.search))


def _alike(unit: str) -> str:
    return next((group[0] for group in _UNITS_ALIKE if unit in group), unit)


def _is_done(row: _Row) -> bool:
    return row.state.startswith(STATES["done"])


def _cells(draft: Draft, row: _Row, question: Question) -> tuple[str, ...] | None:
    """The cells of a row whose sentence the verifier let into the draft; None when it did not."""
    wide = widened(row.run)
    for run in (wide,) if _HALF.search(row.run.text.strip()) else (row.run, wide):
        said, evidence = tell(run, question)
        text = (
            said if any(is_within(each.full_name, row.place) for each in find_places(said)) else f"{row.place}：{said}"
        )
        if draft.write(text, (evidence,)) is not None:
            mark = f"【{draft.sentences[-1].numbers[0]}】"
            document = evidence.document
            return row.name, row.state, run.text + mark, document.title, document.published or UNDATED
    return None


def _lead(library: Library, rows: Sequence[_Row], scope: Scope, notes: Sequence[str]) -> str:
    """The count and the names of the places that have it, those that only plan it apart, and how much was read."""
    done = [row.name for row in rows if _is_done(row)]
    unsure = [row.name for row in rows if not _is_done(row)]
    read = f"据资料库{library.manifest.documents}份资料、{cities_held(library)}个城市，"
    found = f"有依据的共{len(done)}个：{'、'.join(done)}。" if done else ""
    also = "另有" if done else "没有写明已经落实的，写到的"
    plans = f"{also}{len(unsure)}个是计划或不确定：{'、'.join(unsure)}。" if unsure else ""
    rest = f"下面列出前{SHOWN_ROWS}条，其余见表。" if len(rows) > SHOWN_ROWS else ""
    return f"{read}{found}{plans}{_leader(rows, scope) if rows else ''}{''.join(notes)}\n" + (
        f"{rest}\n" if rest else ""
    )


def _leader(rows: Sequence[_Row], scope: Scope) -> str:
    """Who is first by figure or by year, and how that order is to be read."""
    if not scope.order:
        return ""
    if scope.order == "year":
        first = next((row for row in rows if _is_done(row)), None)
        known = "排在最前的原文没有写明年份，谁最早不能断定。" if first else ""
        if first and _is_first(first):
            known = f"原文写明是第一个的是{first.name}。"
        elif first and first.year:
            known = f"其中资料写明最早的是{first.name}（{first.year}年）。"
        return f"{known}按年份从早到晚排列，没有写明年份的按资料日期。"
    ranked = _ranked(rows)
    how, way = ("最少", "从小到大") if scope.order == "least" else ("最多", "从大到小")
    if not ranked:
        # The rows of a search tell no figure of a known thing, so that nobody is said to lead.
        return f"按原文数字{way}排列，各地数字的年份和口径可能不同，不能断定谁{how}。"
    leader = ranked[0]
    known = f"数字能排在一起的{len(ranked)}个地方里，{how}的是{leader.name}（{leader.figure}{leader.unit}）。"
    return f"{known}按数字{way}排列，没有数字、分级分别计数或单位不同的在后；各地数字的年份和口径可能不同。"


def cities_held(library: Library) -> int:
    """How many cities the library holds documents about, their counties included."""
    return len({city for place in library.place_names() if (city := city_of(place))})
