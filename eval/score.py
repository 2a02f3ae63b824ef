"""One answer judged against its gold; every judgement is a count, so that results can be summed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.cells import Cells, judge_table
from eval.dataset import GoldQuestion
from eval.gold import Gold, Place, Shelf, Unit
from eval.normal import groups_met, has_figure, without_markers
from eval.reading import character_f1, exact_match
from eval.statements import cuts_figure, foreign_figures, statements
from index.types import Span

# Characters of an answer that are read, because containment rewards length; None is the whole answer.
CAPS: tuple[int | None, ...] = (64, 130, 255, None)
NO_CELLS = Cells()
# So many characters of gold evidence must a quote hold; the shortest clauses that state a figure are as long.
ENOUGH = 6
# What a figure may be written with, as far as a cut through it goes.
_FIGURE_SIGNS = "0-9０-９一二三四五六七八九十百千万亿两零〇"
_CUT_FIGURE = re.compile(rf"[{_FIGURE_SIGNS}][{_FIGURE_SIGNS}.,．，]*$")
_GOES_ON = re.compile(rf"[{_FIGURE_SIGNS}]|[.,．][{_FIGURE_SIGNS}]")


@dataclass(frozen=True, slots=True)
class CitedScore:
    """What one citation earned; `marked` are the code points of its marks, `marked_gold` those of them in gold evidence.

    `carried` says that a sentence leans on it, or that the answer sets no marks at all.
    """

    number: int
    document_id: str
    span: Span
    verbatim: bool
    on_gold: bool
    figures_kept: bool
    in_gold_document: bool
    carried: bool
    supported: bool
    marked: int
    marked_gold: int

    @property
    def right(self) -> bool:
        """Whether it is carried, verbatim, lies on gold, and no sentence that leans on it has a figure of its own."""
        return self.carried and self.on_gold and self.figures_kept

    def meets(self, unit: Unit) -> bool:
        """Whether it is verbatim and enough of it lies on this piece of proof."""
        return self.verbatim and any(_lies_on(place, self.document_id, self.span) for place in unit.alternatives)


@dataclass(frozen=True, slots=True)
class Read:
    """What the first characters of an answer earned, up to one of `CAPS`."""

    correct: bool = False
    groups_met: int = 0
    exact: float = 0.0
    f1: float = 0.0
    wrong_figure: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer earned; a question that failed has `answered` and `refused` false and zero everywhere.

    `length` is in characters without citation marks; `read` holds a judgement for each of `CAPS`; `statements` are the
    sentences of an answer that gives no table, `statements_cited` those of them with a citation that exists.
    """

    answered: bool = False
    refused: bool = False
    read: tuple[Read, ...] = (Read(),) * len(CAPS)
    forbidden: bool = False
    reason_right: bool = False
    length: int = 0
    citations: tuple[CitedScore, ...] = ()
    statements: int = 0
    statements_cited: int = 0
    units_cited: int = 0
    cells: Cells = NO_CELLS

    @property
    def whole(self) -> Read:
        """The judgement of the whole answer."""
        return self.read[-1]


def score(question: GoldQuestion, gold: Gold, answer: Mapping[str, Any] | None, shelf: Shelf) -> Score:
    """The score of an answer in the form of `rag.contract.answer_json`; None is a question that failed."""
    no_cells = judge_table(None, question.table)
    if answer is None:
        return Score(cells=no_cells)
    text = without_markers(answer["answer"])
    cited = _citations(answer, gold, shelf)
    if answer["refused"]:
        right = question.unanswerable and question.reason is not None and answer["reason"] == question.reason
        forbidden = says_forbidden(text, question)
        return Score(refused=True, reason_right=right, forbidden=forbidden, citations=cited, cells=no_cells)
    told = statements(answer["answer"])
    numbers = {citation["number"] for citation in answer["citations"]}
    plain = not answer.get("table")
    return Score(
        answered=True,
        read=_reads(text, question),
        forbidden=says_forbidden(text, question),
        length=len(text),
        citations=cited,
        statements=len(told) if plain else 0,
        statements_cited=sum(bool(numbers & set(each.numbers)) for each in told) if plain else 0,
        units_cited=sum(any(each.meets(unit) for each in cited) for unit in gold.units),
        cells=judge_table(answer.get("table"), question.table),
    )


def _reads(text: str, question: GoldQuestion) -> tuple[Read, ...]:
    """The judgement of each of `CAPS`; most answers are shorter than most caps, and are judged once."""
    whole = read(text, question)
    return tuple(whole if cap is None or len(text) <= cap else read(capped(text, cap), question) for cap in CAPS)


def read(text: str, question: GoldQuestion) -> Read:
    """What a text without marks earns as the answer to a question."""
    if not question.answerable:
        return Read()
    met = groups_met(text, question.answers)
    # Reading comprehension knows one span with several wordings; a question of several groups has no single reference.
    alone = question.answers[0] if len(question.answers) == 1 else ()
    return Read(
        correct=met == len(question.answers) and not says_forbidden(text, question),
        groups_met=met,
        exact=exact_match(text, alone),
        f1=character_f1(text, alone),
        wrong_figure=question.type == "figure" and met == 0 and has_figure(text),
    )


def says_forbidden(text: str, question: GoldQuestion) -> bool:
    """Whether the text holds one of the question's forbidden strings (another city's figure, what an injection wants)."""
    return any(groups_met(text, [[each]]) for each in question.forbidden)


def capped(text: str, cap: int) -> str:
    """The first `cap` characters; a figure that the cut goes through is dropped, for its head is another figure."""
    head = text[:cap]
    return _CUT_FIGURE.sub("", head) if _GOES_ON.match(text, cap) else head


def is_verbatim(citation: Mapping[str, Any], shelf: Shelf) -> bool:
    """Whether the quote is the text at its span of the library's document and every mark lies within the span."""
    document = shelf.get(citation["document_id"])
    start, end = citation["start"], citation["end"]
    if document is None or not 0 <= start < end <= len(document.text):
        return False
    within = all(start <= mark_start < mark_end <= end for mark_start, mark_end in citation["marks"])
    return within and document.text[start:end] == citation["quote"]


def _citations(answer: Mapping[str, Any], gold: Gold, shelf: Shelf) -> tuple[CitedScore, ...]:
    """The citations of an answer, each place once: saying one thing nine times proves it once."""
    told = statements(answer["answer"])
    distinct = {(each["document_id"], each["start"], each["end"], each["quote"]): each for each in answer["citations"]}
    foreign = foreign_figures(told, answer["citations"], shelf, tabled=bool(answer.get("table")))
    carried = {number for each in told for number in each.numbers}
    return tuple(
        _cited(each, not carried or each["number"] in carried, foreign, gold, shelf) for each in distinct.values()
    )


def _cited(citation: Mapping[str, Any], carried: bool, foreign: frozenset[int], gold: Gold, shelf: Shelf) -> CitedScore:
    document_id, span = citation["document_id"], Span(citation["start"], citation["end"])
    verbatim = is_verbatim(citation, shelf)
    marks = [Span(start, end) for start, end in citation["marks"]] or ([span] if span.end > span.start else [])
    document = shelf.get(document_id)
    return CitedScore(
        number=citation["number"],
        document_id=document_id,
        span=span,
        verbatim=verbatim,
        on_gold=verbatim and any(_lies_on(place, document_id, span) for place in gold.places),
        figures_kept=citation["number"] not in foreign and not (document and cuts_figure(document.text, span)),
        in_gold_document=any(document_id == place.document_id for place in gold.places),
        carried=carried,
        supported=citation.get("verdict") == "supported",
        marked=sum(map(len, marks)),
        marked_gold=_gold_characters(document_id, marks, gold),
    )


def _lies_on(place: Place, document_id: str, span: Span) -> bool:
    """Whether the span shares enough with a gold span, or all of it where that is shorter: a single letter proves nothing."""
    return document_id == place.document_id and any(
        min(span.end, gold.end) - max(span.start, gold.start) >= min(ENOUGH, len(gold)) for gold in place.spans
    )


def _gold_characters(document_id: str, marks: Sequence[Span], gold: Gold) -> int:
    """How many code points of the marks lie in a gold span, each counted once."""
    spans = [span for place in gold.places if place.document_id == document_id for span in place.spans]
    inside: set[int] = set()
    for mark in marks:
        for span in spans:
            inside.update(range(max(mark.start, span.start), min(mark.end, span.end)))
    return len(inside)
