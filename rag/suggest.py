"""Questions that the library can answer, offered beside a refusal: each asks for a cell of the matrix in its document's words.

Nothing is tried: where a document about a place names a measure itself, a question in these words is answered nearly always
(the share is measured by `python -m eval.trust.latency --offered`), and a try would take as long as an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain
from weakref import WeakKeyDictionary

from index.library import Library
from index.measures import Cell, MatrixEvidence, Measure, measure_named, measures
from index.normalise import search_form
from index.places import is_within, province_of
from rag.grievance import hotlines
from rag.offered_cells import MOST_EVIDENCE, Cells, offered_cells
from rag.terms import pairs_of
from rag.types import Passage, Question, Term

MOST = 3
# A shorter name that is not the measure's own (宿舍) is an everyday word as well, and numbers and brackets stand otherwise
# in the search form than people write them.
_PLAIN = re.compile(r"[\u4e00-\u9fff]{4,}")
# Who asks 「有多少人职业培训」 or 「有多少家技能等级认定」 does not ask in Chinese: each measure word counts things of its own.
_COUNTED: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset("名位"), re.compile(r"(?:[工巧]匠|[人员者工师生手能才徒]|状元|劳模|标兵)$")),
    (frozenset("对"), re.compile(r"结对|徒$")),
    (frozenset("场届"), re.compile(r"(?:竞赛|大赛|比武|比赛|活动|[会行])$")),
    (frozenset("项条"), re.compile(r"(?:竞赛|举措|措施|制度|项目|成果|专利|标准|课题|工法|任务|办法)$")),
    (
        frozenset("家个所处座间户支门"),
        re.compile(
            r"(?:室|站点?|学?院|学[校堂]|校|基地|中心|企业|单位|园区?|联盟|联合体|集团|书屋|工会|组织|驿站|平台|支部|班"
            r"|阵地|之家|宿舍|公寓|宫|示范点|[工公]厂|竞赛|大赛|项目)$"
        ),
    ),
)
# What documents say for a word of the question tells half as surely what is asked.
OTHER_WORDING = 0.5

# The questions of an open library by place and measure: its evidence never changes, and refusals offer the same ones often.
_questions: WeakKeyDictionary[Library, dict[tuple[str, str], str]] = WeakKeyDictionary()


def suggestions(library: Library, question: Question, near: Sequence[Passage]) -> tuple[str, ...]:
    """Up to three questions that have an answer: the same measure, here or elsewhere, then what else is told of the place.

    Where neither is known, what documents call that which was asked plainly, what the passages that were found speak of, and
    at last what is nearest to the question's words.
    """
    offered: dict[str, None] = {}
    cells = offered_cells(library)
    told = _shares(question, library, cells)
    known = (_asked(question, question.search, cells), _of_places(question, cells, near, told))
    wordings = " ".join(other for term in question.terms for other in term.alternatives)
    # Whatever passages were found of a wrong, none of them speaks of it.
    wronged = bool(hotlines(question))
    found = () if wronged else _of_passages(cells, near, told)
    for cell in chain(*known, _asked(question, search_form(wordings), cells), found):
        if len(offered) == MOST:
            break
        text = question_of(library, cell)
        if text and text != question.text:
            offered[text] = None
    return tuple(offered) or (() if wronged else tuple(_nearest(library, question, cells)))


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
            figured = bool(evidence.figure) and evidence.unit in measure.units
            return _asked_for(cell.place, said, evidence.unit if figured else "")
    return ""


def _asked_for(place: str, said: str, unit: str) -> str:
    """A question for a measure in a place, in the form that its name takes: what is there is counted, what is done is told."""
    heads = next((heads for units, heads in _COUNTED if unit in units), None)
    if heads is not None and heads.search(said):
        return f"{place}有多少{unit}{said}？"
    return f"{place}在{said}方面有什么做法？"


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


def _asked(question: Question, form: str, cells: Cells) -> Iterator[Cell]:
    """The cells of the measures that the form names: those of the asked place, then those of the same province, then others."""
    asked = {measure.name for measure in measures() if measure.said_in(form)}
    provinces = {province_of(place) for place in question.places}
    wanted = cells.among(cells.by_measure, asked)
    here = _within(question.places, {cell.place for cell in wanted})

    def order(cell: Cell) -> tuple[bool, bool, bool, int]:
        return cell.place not in here, cell.province not in provinces, *_strength(cell)

    yield from sorted(wanted, key=order)


def _shares(question: Question, library: Library, cells: Cells) -> Callable[[Cell], float]:
    """How much of what is asked a cell's name and best evidence say, each term by its rarest wording that stands there."""
    asked = [
        [(word, _rarity(word, library) * worth) for word, worth in _wordings(term)]
        for term in question.terms
        if term.weight
    ]

    def share(cell: Cell) -> float:
        text = cells.text(cell)
        return sum(max((worth for word, worth in words if word in text), default=0.0) for words in asked)

    return share


def _wordings(term: Term) -> list[tuple[str, float]]:
    """A term and what documents say for it, which is worth half; single characters are too common to tell anything."""
    words = [(term.text, 1.0), *((word, OTHER_WORDING) for word in term.alternatives)]
    return [(word, worth) for word, worth in words if len(word) > 1]


def _rarity(word: str, library: Library) -> float:
    return max(library.idf(pair) for pair in pairs_of(word))


def _of_places(
    question: Question, cells: Cells, near: Sequence[Passage], share: Callable[[Cell], float]
) -> Iterator[Cell]:
    """The cells of the asked places, first what speaks of the question's words, then those of the documents that were found."""
    found = {passage.document.id for passage in near}
    told = cells.among(cells.by_place, _within(question.places, cells.by_place))
    yield from sorted(told, key=lambda cell: (-share(cell), not _stands_in(cell, found), *_strength(cell)))


def _of_passages(cells: Cells, near: Sequence[Passage], share: Callable[[Cell], float]) -> Iterator[Cell]:
    """The cells of the documents that were found and speak of the question's words, what says most of them first."""
    order = {document_id: at for at, document_id in enumerate(dict.fromkeys(each.document.id for each in near))}
    told = [
        (
            -share(cell),
            min(order[one.document_id] for one in cell.evidence if one.document_id in order),
            *_strength(cell),
            cell,
        )
        for cell in cells.among(cells.by_document, order)
    ]
    yield from (cell for *_, cell in sorted((each for each in told if each[0]), key=lambda each: each[:-1]))


def _nearest(library: Library, question: Question, cells: Cells) -> Iterator[str]:
    """Questions for the cells that share most with the question's words, then those of its province, then those told most of.

    Each is of another place and another measure.
    """
    asked = {pair for term in question.terms for word in (term.text, *term.alternatives) for pair in pairs_of(word)}
    provinces = {province_of(place) for place in question.places}
    shared = {measure.name: len(asked.intersection(pairs_of(measure.name))) for measure in measures()}
    seen: set[str] = set()
    told = 0

    def order(cell: Cell) -> tuple[int, bool, int]:
        return -shared.get(cell.measure, 0), cell.province not in provinces, -len(cell.counting)

    for cell in sorted(cells.every, key=order):
        if told < MOST and not {cell.place, cell.measure} & seen and (text := question_of(library, cell)):
            seen |= {cell.place, cell.measure}
            told += 1
            yield text


def _strength(cell: Cell) -> tuple[bool, int]:
    """What sorts the cell first that tells a figure, then the one with most evidence."""
    return not cell.figure, -len(cell.counting)


def _within(places: Sequence[str], names: Iterable[str]) -> set[str]:
    """The names of places that are, or lie in, one of these places."""
    return {name for name in names if any(is_within(name, place) for place in places)}


def _stands_in(cell: Cell, documents: Container[str]) -> bool:
    return any(one.document_id in documents for one in cell.evidence)
