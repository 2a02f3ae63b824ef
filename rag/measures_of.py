"""What a place does: its measures out of the matrix, a row a measure, and two places side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.library import Library
from index.measures import Cell, matrix
from index.measures.filters import Filters, kept
from index.places import find_places, is_within, narrowest
from rag.draft import Draft
from rag.matrix_rows import is_done, run_of
from rag.scope import Scope, aspects_in, scope_of
from rag.table import STATES, UNDATED
from rag.telling import tell
from rag.types import Question, Table

MEASURE_COLUMNS = ("举措", "状态", "原文依据", "来源", "日期")
SHOWN_ROWS = 8
SILENT = "资料未提及"
_ASKS_MEASURES = re.compile(
    r"(?:哪些|什么|啥|哪几[项条])[^，。？,?]{0,12}(?:措施|举措|做法|办法|动作)|(?:措施|举措|做法)(?:有哪些|有什么|有啥|都有)"
)
_ASKS_DIFFERENCE = re.compile(
    r"(?:措施|举措|做法|方面|上)[^，。？,?]{0,8}(?:不同|不一样|区别|差别|差异|异同)"
    r"|对比.{0,12}(?:措施|举措|做法)|(?:不同|不一样|差别|差异)的?(?:措施|举措|做法)"
)
# Words that ask for nothing in particular within the reform.
_GENERAL = re.compile(
    r"产业工人|产改|队伍|建设|改革|推进|深化|推行|开展|采取|出台|措施|举措|做法|办法|动作|方面|具体|主要|工作|新时期|落实|实施|不同|区别|差异|差别|相比|比较|"
    r"思想政治|引领|技能|形成|互联网|发展|制度|支撑|保障"
)


def asks_for_measures(question: Question) -> bool:
    """Whether a question asks for all measures of one place, within an aspect or at large."""
    return len(_places(question)) == 1 and _is_general(question) and bool(_ASKS_MEASURES.search(question.search))


def asks_for_difference(question: Question) -> bool:
    """Whether a question asks in what the measures of two places differ."""
    return len(_places(question)) > 1 and _is_general(question) and bool(_ASKS_DIFFERENCE.search(question.search))


def measures_of(library: Library, question: Question) -> Draft | None:
    """The measures of the place that is asked about, a row a measure with its quote; None when the library tells of none."""
    place, scope = _places(question)[0], scope_of(question)
    draft = Draft(confidence=1.0, shown=SHOWN_ROWS)
    rows = []
    for cell in _best_of_each(wanted_cells(library, question, place)):
        cells = _written(library, draft, cell, question, scope)
        if cells is not None:
            rows.append((cell, cells))
    if not rows:
        return None
    rows.sort(key=lambda row: row[0].state != "adopted")
    draft.table = Table(MEASURE_COLUMNS, tuple((cell.measure, *cells) for cell, cells in rows))
    done = [cell.measure for cell, _ in rows if cell.state == "adopted"]
    unsure = [cell.measure for cell, _ in rows if cell.state != "adopted"]
    draft.lead = _lead(library, place, done, unsure)
    return draft


def side_by_side_cells(library: Library, question: Question) -> list[tuple[str, dict[str, Cell]]]:
    """Every measure that one of the asked places has, in the order of the taxonomy, with its cell at each of them."""
    found: dict[str, dict[str, Cell]] = {}
    order = []
    for place in _places(question):
        for cell in _best_of_each(wanted_cells(library, question, place)):
            if cell.measure not in found:
                order.append(cell.measure)
            found.setdefault(cell.measure, {})[place] = cell
    return [(measure, found[measure]) for measure in order]


def differing(library: Library, question: Question) -> Draft | None:
    """The measures of two places or more side by side, a row a measure, a cited quote in every cell; None without any."""
    places, scope = _places(question), scope_of(question)
    draft = Draft(confidence=1.0, shown=SHOWN_ROWS)
    rows = []
    for measure, cells in side_by_side_cells(library, question):
        told = {place: _written(library, draft, cells[place], question, scope) for place in places if place in cells}
        if any(told.values()):
            texts = [(one[1] if (one := told.get(place)) else SILENT) for place in places]
            rows.append((measure, *texts))
    if not rows:
        return None
    draft.table = Table(("举措", *places), tuple(rows))
    shared = [row[0] for row in rows if SILENT not in row]
    alone = {
        place: [row[0] for row in rows if row[at] != SILENT and row[0] not in shared]
        for at, place in enumerate(places, 1)
    }
    parts = [f"资料里都提到的有{len(shared)}项：{'、'.join(shared)}。" if shared else "资料里没有都提到的举措。"]
    parts += [f"只见于{place}资料的有{len(names)}项：{'、'.join(names)}。" for place, names in alone.items() if names]
    draft.lead = f"据资料库{library.manifest.documents}份资料，{''.join(parts)}资料没有提到的，不等于没有做。\n"
    return draft


def wanted_cells(library: Library, question: Question, place: str) -> tuple[Cell, ...]:
    """The cells of a place that a question asks for: its own and those within it, of an aspect where one is named."""
    aspects = aspects_in(question.search)
    scope = scope_of(question)
    filters = Filters(aspect=aspects[0] if len(aspects) == 1 else "", since=scope.since, until=scope.until, level="")
    cells = kept(matrix(library, place), filters)
    return tuple(cell for cell in cells if not cell.is_rejected and (cell.state == "adopted" or not scope.done_only))


def _best_of_each(cells: Sequence[Cell]) -> list[Cell]:
    """One cell a measure: the place's own before that of a place within it, what is done before what is not."""
    best: dict[str, Cell] = {}
    for cell in cells:
        held = best.get(cell.measure)
        if held is None or (cell.state == "adopted" and held.state != "adopted"):
            best[cell.measure] = cell
    return list(best.values())


def _written(
    library: Library, draft: Draft, cell: Cell, question: Question, scope: Scope
) -> tuple[str, str, str, str] | None:
    """State, quote, source and date of a cell whose sentence the verifier let into the draft; None when it did not."""
    for evidence in cell.ranked:
        run = run_of(library, evidence, cell.place) if scope.holds_year(evidence.year) else None
        if run is None:
            continue
        said, proof = tell(run, question)
        text = (
            said if any(is_within(one.full_name, cell.place) for one in find_places(said)) else f"{cell.place}：{said}"
        )
        if draft.write(text, (proof,)) is not None:
            mark = f"【{draft.sentences[-1].numbers[0]}】"
            state = STATES["done" if is_done(cell, evidence) else "planned"]
            return state, run.text + mark, proof.document.title, proof.document.published or UNDATED
    return None


def _lead(library: Library, place: str, done: Sequence[str], unsure: Sequence[str]) -> str:
    found = f"{place}有依据的举措共{len(done)}项：{'、'.join(done)}。" if done else f"没有找到{place}已经落实的举措。"
    plans = f"另有{len(unsure)}项是计划或不确定：{'、'.join(unsure)}。" if unsure else ""
    rest = f"下面列出前{SHOWN_ROWS}条，其余见表。\n" if len(done) + len(unsure) > SHOWN_ROWS else ""
    return f"据资料库{library.manifest.documents}份资料，{found}{plans}\n{rest}"


def _places(question: Question) -> list[str]:
    return narrowest(list(question.places))


def _is_general(question: Question) -> bool:
    """Whether nothing but the reform itself, or an aspect of it, is asked about."""
    left = [_GENERAL.sub("", term.text) for term in question.terms]
    return not question.measures and not any(len(word) > 1 for word in left)
