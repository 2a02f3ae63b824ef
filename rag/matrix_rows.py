"""Rows of a table out of the matrix: a cell's evidence found again as a clause of its passage, ready to be verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.library import Library
from index.measures import Cell, MatrixEvidence, matrix
from index.measures.filters import city_of
from index.places import is_within, places, province_of
from rag.extract import Extract
from rag.lines import lines
from rag.scope import Scope
from rag.types import Passage, Question

# Whether a clause of a document says enough of a question.
Fits = Callable[[Extract], bool]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row: its name, the cell behind it, the quote that speaks for it, and that quote as a run of its passage."""

    name: str
    cell: Cell
    evidence: MatrixEvidence
    run: Extract


def matrix_rows(library: Library, question: Question, measure: str, scope: Scope, fits: Fits) -> list[MatrixRow]:
    """The rows for a measure in the order of their names, one a place, of evidence that fits the question.

    What staff rejected is left out; what an enterprise does is a row only where enterprises are asked for.
    """
    best: dict[str, MatrixRow] = {}
    for cell in matrix(library, measure=measure):
        if cell.is_rejected or not _is_asked(cell, question):
            continue
        name = row_name(cell, scope)
        row = _row(library, cell, name, scope, fits) if name else None
        if row and (name not in best or _rank(row, name) > _rank(best[name], name)):
            best[name] = row
    return _each_place_once(best)


def enterprise_rows(library: Library, question: Question, measure: str, fits: Fits) -> list[MatrixRow]:
    """What enterprises do where places were asked for, a row a city: told apart and never counted."""
    best: dict[str, MatrixRow] = {}
    for cell in matrix(library, measure=measure):
        city = city_of(cell.place)
        if cell.is_enterprise and city and not cell.is_rejected and _is_asked(cell, question):
            row = _row(library, cell, city, Scope(done_only=True), fits)
            if row and city not in best:
                best[city] = row
    return [best[city] for city in sorted(best)]


def row_name(cell: Cell, scope: Scope) -> str:
    """The name of the row that a cell stands in; "" where rows of its kind are not asked for.

    A county answers for its city and says so, and so does a city for its province, never the other way round.
    """
    if cell.is_enterprise:
        return cell.place if scope.kind == "enterprise" else ""
    if scope.kind == "city":
        city = city_of(cell.place)
        return city if city in ("", cell.place) else f"{city}（{cell.place}）"
    if scope.kind == "province":
        province = province_of(cell.place)
        return province if province in ("", cell.place) else f"{province}（{cell.place}）"
    if scope.kind == "county":
        known = places().get(cell.place)
        return cell.place if known is None or known.level == "county" else ""
    return "" if scope.kind == "enterprise" else cell.place


def outer_name(name: str) -> str:
    """The place that a row is of: 盐城市 of 盐城市（大丰区）."""
    return name.partition("（")[0]


def run_of(library: Library, evidence: MatrixEvidence, place: str) -> Extract | None:
    """The clause of a piece of evidence as a run of its passage; None where the passage is read otherwise."""
    # The store knows a document's part once it has given a passage of it.
    chunk = library.chunk(f"{evidence.document_id}#{evidence.chunk}")
    document = library.document(evidence.document_id)
    for line in lines(Passage(chunk, document, 1.0)):
        for clause in line.clauses:
            parts = line.parts(clause.start, clause.end)
            if (parts[0].start, parts[-1].end) == (evidence.start, evidence.end):
                return Extract(line, clause.start, clause.end, 1.0, 1.0, 1.0, clause.search, (place,))
    return None


def _is_asked(cell: Cell, question: Question) -> bool:
    return not question.places or any(is_within(cell.place, place) for place in question.places)


def _row(library: Library, cell: Cell, name: str, scope: Scope, fits: Fits) -> MatrixRow | None:
    for evidence in _in_order(cell, scope):
        run = run_of(library, evidence, cell.place)
        if run is not None and fits(run):
            return MatrixRow(name, cell, evidence, run)
    return None


def _in_order(cell: Cell, scope: Scope) -> Iterator[MatrixEvidence]:
    """The evidence of a cell that may speak for it, the best first; the earliest first where that is asked."""
    wanted = [one for one in cell.ranked if scope.holds_year(one.year)]
    if scope.planned_only:
        wanted = [one for one in wanted if one.modality in ("planned", "required")]
    elif scope.done_only:
        wanted = [one for one in wanted if is_done(cell, one)]
    if scope.order == "year":
        wanted = sorted(wanted, key=lambda one: (not is_done(cell, one), one.year or "9999"))
    yield from wanted


def is_done(cell: Cell, evidence: MatrixEvidence) -> bool:
    """Whether a quote counts as something done, in the text or by the word of the staff."""
    if cell.correction is not None and "outdated" not in cell.correction:
        return cell.state == "adopted"
    return evidence.modality == "done"


def _rank(row: MatrixRow, name: str) -> tuple[bool, bool, bool]:
    """Of several cells of one row what is done speaks first, then the place itself, then a figure."""
    return is_done(row.cell, row.evidence), row.cell.place == outer_name(name), bool(row.evidence.figure)


def _each_place_once(rows: dict[str, MatrixRow]) -> list[MatrixRow]:
    """One row a place: its own, or that of the place within it whose evidence is best."""
    chosen: dict[str, MatrixRow] = {}
    for name in sorted(rows):
        outer, row = outer_name(name), rows[name]
        if outer not in chosen or _rank(row, outer) > _rank(chosen[outer], outer):
            chosen[outer] = row
    return list(chosen.values())
