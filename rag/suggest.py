"""Questions that the library can answer, offered beside a refusal: each asks for a cell of the matrix in its document's words.

Nothing is tried: where a document about a place names a measure itself, a question in these words is answered nearly always
(the share is measured by `python -m eval.trust.latency --offered`), and a try would take as long as an answer.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import chain
from weakref import WeakKeyDictionary

from index.library import Library
from index.measures import Cell, MatrixEvidence, Measure, matrix, measure_named, measures
from index.normalise import search_form
from index.places import is_within, province_of
from rag.types import Passage, Question

MOST = 3
# A shorter name that is not the measure's own (宿舍) is an everyday word as well, and numbers and brackets stand otherwise
# in the search form than people write them.
_PLAIN = re.compile(r"[\u4e00-\u9fff]{4,}")
# Who asks 「有多少人职业培训」 does not ask in Chinese.
_OF_PEOPLE_AND_SUMS = frozenset(["人", "人次", "元", "份"])
# So many pieces of a cell's evidence, the best first, are looked at for its name.
MOST_EVIDENCE = 4

# The questions of an open library by place and measure: its evidence never changes, and refusals offer the same ones often.
_questions: WeakKeyDictionary[Library, dict[tuple[str, str], str]] = WeakKeyDictionary()


def suggestions(library: Library, question: Question, near: Sequence[Passage]) -> tuple[str, ...]:
    """Up to three questions that have an answer: the same measure, here or elsewhere, then what else is told of the place.

    Where neither is known, what the passages that were found speak of, and at last what the library tells most of.
    """
    offered: dict[str, None] = {}
    cells = [cell for cell in matrix(library) if not cell.is_enterprise and not cell.is_rejected]
    for cell in chain(_asked(question, cells), _of_places(question, cells, near), _of_passages(cells, near)):
        if len(offered) == MOST:
            break
        text = question_of(library, cell)
        if text and text != question.text:
            offered[text] = None
    return tuple(offered) or tuple(_most_told(library, cells))


def question_of(library: Library, cell: Cell) -> str:
    """A question for a cell in the words of its evidence; "" where none of that tells surely of the place and by name."""
    known = _questions.setdefault(library, {})
    if (cell.place, cell.measure) not in known:
        known[cell.place, cell.measure] = _worded(library, cell)
    return known[cell.place, cell.measure]


def _worded(library: Library, cell: Cell) -> str:
    measure = measure_named(cell.measure)
    if measure is None:
        return ""
    for evidence in cell.ranked[:MOST_EVIDENCE]:
        said = _name_in(evidence, measure, cell.level)
        if said and _is_of(library, evidence, cell.place):
            counts = evidence.figure and evidence.unit in measure.units and evidence.unit not in _OF_PEOPLE_AND_SUMS
            return f"{cell.place}有多少{evidence.unit}{said}？" if counts else f"{cell.place}在{said}方面有什么做法？"
    return ""


def _name_in(evidence: MatrixEvidence, measure: Measure, level: str) -> str:
    """The measure's name where the quote says it, else the longest of its other names there; "" for a weak piece."""
    if evidence.modality != "done" or evidence.is_spun:
        return ""
    form = search_form(evidence.quote)
    if search_form(measure.name) in form:
        return measure.name
    if level == "province":
        # Much of what a province's documents tell is of its cities, so that only the very name is sure.
        return ""
    held = [each for each in measure.aliases if _PLAIN.fullmatch(each) and each in form]
    return max(held, key=len, default="")


def _is_of(library: Library, evidence: MatrixEvidence, place: str) -> bool:
    """Whether the document as a whole is about the place, so that the guard of places lets its passage through."""
    found = library.candidates([f"{evidence.document_id}#{evidence.chunk}"])
    return any(place in one.places and "spun" not in one.quality for one in found)


def _asked(question: Question, cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of the measures that the question names: those of its place, then those of the same province, then others."""
    asked = {measure.name for measure in measures() if measure.said_in(question.search)}
    provinces = {province_of(place) for place in question.places}
    wanted = [cell for cell in cells if cell.measure in asked]
    here = _within(question.places, wanted)

    def order(cell: Cell) -> tuple[bool, bool, bool, int]:
        return cell.place not in here, cell.province not in provinces, *_strength(cell)

    yield from sorted(wanted, key=order)


def _of_places(question: Question, cells: Sequence[Cell], near: Sequence[Passage]) -> Iterator[Cell]:
    """The cells of the asked places, first those of the documents that were found."""
    found = {passage.document.id for passage in near}
    here = _within(question.places, cells)
    told = [cell for cell in cells if cell.place in here]
    yield from sorted(told, key=lambda cell: (not _stands_in(cell, found), *_strength(cell)))


def _of_passages(cells: Sequence[Cell], near: Sequence[Passage]) -> Iterator[Cell]:
    """The cells of the documents that were found, in the order of these."""
    order = {document_id: at for at, document_id in enumerate(dict.fromkeys(each.document.id for each in near))}
    told = [
        (min(order[one.document_id] for one in cell.evidence if one.document_id in order), *_strength(cell), cell)
        for cell in cells
        if _stands_in(cell, order)
    ]
    yield from (cell for *_, cell in sorted(told, key=lambda each: each[:-1]))


def _most_told(library: Library, cells: Sequence[Cell]) -> Iterator[str]:
    """Questions for the cells with most evidence, each of another place and another measure."""
    seen: set[str] = set()
    told = 0
    for cell in sorted(cells, key=lambda cell: -len(cell.counting)):
        if told < MOST and not {cell.place, cell.measure} & seen and (text := question_of(library, cell)):
            seen |= {cell.place, cell.measure}
            told += 1
            yield text


def _strength(cell: Cell) -> tuple[bool, int]:
    """What sorts the cell first that tells a figure, then the one with most evidence."""
    return not cell.figure, -len(cell.counting)


def _within(places: Sequence[str], cells: Sequence[Cell]) -> set[str]:
    """The places of cells that are, or lie in, one of these places."""
    return {name for name in {cell.place for cell in cells} if any(is_within(name, place) for place in places)}


def _stands_in(cell: Cell, documents: Container[str]) -> bool:
    return any(one.document_id in documents for one in cell.evidence)
