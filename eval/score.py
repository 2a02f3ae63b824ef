"""One answer judged against its gold; every judgement is a count, so that results can be summed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.cells import Cells, judge_table
from eval.dataset import GoldQuestion
from eval.gold import Gold, Shelf
from eval.normal import groups_met, has_figure, without_markers
from eval.reading import character_f1, exact_match
from eval.statements import figures_stand, statements
from index.types import Span

# Characters of an answer that are read, because containment rewards length; None is the whole answer.
CAPS: tuple[int | None, ...] = (64, 130, 255, None)
NO_CELLS = Cells()
_CUT_FIGURE = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class CitedScore:
    """What one citation earned; `marked` are the code points of its marks, `marked_gold` those of them in gold evidence."""

    number: int
    verbatim: bool
    on_gold: bool
    figures_kept: bool
    in_gold_document: bool
    supported: bool
    marked: int
    marked_gold: int

    @property
    def right(self) -> bool:
        """Whether it is verbatim, lies on gold evidence, and no sentence that leans on it has a figure of its own."""
        return self.verbatim and self.on_gold and self.figures_kept


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
    if answer["refused"]:
        right = question.unanswerable and question.reason is not None and answer["reason"] == question.reason
        return Score(refused=True, reason_right=right, cells=no_cells)
    text = without_markers(answer["answer"])
    told = statements(answer["answer"])
    numbers = {citation["number"] for citation in answer["citations"]}
    plain = not answer.get("table")
    return Score(
        answered=True,
        read=_reads(text, question),
        forbidden=says_forbidden(text, question),
        length=len(text),
        citations=tuple(_cited(each, answer, gold, shelf) for each in answer["citations"]),
        statements=len(told) if plain else 0,
        statements_cited=sum(bool(numbers & set(each.numbers)) for each in told) if plain else 0,
        units_cited=sum(
            any(unit.overlaps(each["document_id"], each["start"], each["end"]) for each in answer["citations"])
            for unit in gold.units
        ),
        cells=judge_table(answer.get("table"), question.table),
    )


def _reads(text: str, question: GoldQuestion) -> tuple[Read, ...]:
    """The judgement of each of `CAPS`; most answers are shorter than most caps, and are judged once."""
    whole = _read(text, question)
    return tuple(whole if cap is None or len(text) <= cap else _read(capped(text, cap), question) for cap in CAPS)


def _read(text: str, question: GoldQuestion) -> Read:
    if question.unanswerable or not question.answers:
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
    return _CUT_FIGURE.sub("", head) if text[cap : cap + 1].isdigit() else head


def is_verbatim(citation: Mapping[str, Any], shelf: Shelf) -> bool:
    """Whether the quote is the text at its span of the library's document and every mark lies within the span."""
    document = shelf.get(citation["document_id"])
    start, end = citation["start"], citation["end"]
    if document is None or not 0 <= start < end <= len(document.text):
        return False
    within = all(start <= mark_start < mark_end <= end for mark_start, mark_end in citation["marks"])
    return within and document.text[start:end] == citation["quote"]


def _cited(citation: Mapping[str, Any], answer: Mapping[str, Any], gold: Gold, shelf: Shelf) -> CitedScore:
    document_id = citation["document_id"]
    marks = [Span(start, end) for start, end in citation["marks"]]
    return CitedScore(
        number=citation["number"],
        verbatim=is_verbatim(citation, shelf),
        on_gold=any(place.overlaps(document_id, citation["start"], citation["end"]) for place in gold.places),
        figures_kept=_figures_kept(citation["number"], answer),
        in_gold_document=any(document_id == place.document_id for place in gold.places),
        supported=citation.get("verdict") == "supported",
        marked=sum(map(len, marks)),
        marked_gold=_gold_characters(document_id, marks, gold),
    )


def _figures_kept(number: int, answer: Mapping[str, Any]) -> bool:
    """Whether each figure of the sentences that carry this mark stands in the citations that they carry together.

    An answer of a system that sets no marks leans on all its citations with every sentence.
    """
    told = statements(answer["answer"])
    by_number = {each["number"]: each for each in answer["citations"]}
    if not any(each.numbers for each in told):
        return all(figures_stand(each, answer["citations"]) for each in told)
    return all(
        figures_stand(each, [by_number[n] for n in each.numbers if n in by_number])
        for each in told
        if number in each.numbers
    )


def _gold_characters(document_id: str, marks: Sequence[Span], gold: Gold) -> int:
    """How many code points of the marks lie in a gold span, each counted once."""
    spans = [span for place in gold.places if place.document_id == document_id for span in place.spans]
    inside: set[int] = set()
    for mark in marks:
        for span in spans:
            inside.update(range(max(mark.start, span.start), min(mark.end, span.end)))
    return len(inside)
