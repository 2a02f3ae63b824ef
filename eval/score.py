"""One answer judged against its gold; every judgement is a count, so that results can be summed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.dataset import GoldQuestion
from eval.gold import Gold, Shelf
from eval.normal import groups_met, has_figure, without_markers
from index.types import Span

CAPS = (64, 130, 255)
_CUT_FIGURE = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as the measures read it; spans are code points of the document's text."""

    document_id: str
    span: Span
    marks: tuple[Span, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer earned; a question that failed has `answered` and `refused` false and zero everywhere.

    `length` is in characters without citation marks; `correct_within` holds a verdict for each of `CAPS`;
    `cited_characters` are those of the citations' marks, `gold_characters` those of them that lie in gold evidence.
    """

    answered: bool = False
    refused: bool = False
    correct: bool = False
    correct_within: tuple[bool, ...] = (False,) * len(CAPS)
    groups_met: int = 0
    wrong_figure: bool = False
    reason_right: bool = False
    length: int = 0
    citations: int = 0
    verbatim: int = 0
    on_gold: int = 0
    in_gold_document: int = 0
    cited_characters: int = 0
    gold_characters: int = 0
    units_cited: int = 0


def score(question: GoldQuestion, gold: Gold, answer: Mapping[str, Any] | None, shelf: Shelf) -> Score:
    """The score of an answer in the form of `rag.contract.answer_json`; None is a question that failed."""
    if answer is None:
        return Score()
    if answer["refused"]:
        right = question.unanswerable and question.reason is not None and answer["reason"] == question.reason
        return Score(refused=True, reason_right=right)
    text = without_markers(answer["answer"])
    met = groups_met(text, question.answers)
    cited = [_cited(citation) for citation in answer["citations"]]
    return Score(
        answered=True,
        correct=_all_met(text, question),
        correct_within=tuple(_all_met(capped(text, cap), question) for cap in CAPS),
        groups_met=met,
        wrong_figure=question.type == "figure" and met == 0 and has_figure(text),
        length=len(text),
        citations=len(cited),
        verbatim=sum(is_verbatim(each, shelf) for each in cited),
        on_gold=sum(_on_gold(each, gold) for each in cited),
        in_gold_document=sum(any(each.document_id == place.document_id for place in gold.places) for each in cited),
        cited_characters=sum(len(mark) for each in cited for mark in each.marks),
        gold_characters=sum(_gold_characters(each, gold) for each in cited),
        units_cited=sum(
            any(unit.overlaps(each.document_id, each.span.start, each.span.end) for each in cited)
            for unit in gold.units
        ),
    )


def capped(text: str, cap: int) -> str:
    """The first `cap` characters; a figure that the cut goes through is dropped, for its head is another figure."""
    head = text[:cap]
    return _CUT_FIGURE.sub("", head) if text[cap : cap + 1].isdigit() else head


def is_verbatim(cited: Cited, shelf: Shelf) -> bool:
    """Whether the quote is the text at its span of the library's document and every mark lies within the span."""
    document = shelf.get(cited.document_id)
    start, end = cited.span.start, cited.span.end
    if document is None or not 0 <= start < end <= len(document.text):
        return False
    within = all(start <= mark.start < mark.end <= end for mark in cited.marks)
    return within and document.text[start:end] == cited.quote


def _cited(citation: Mapping[str, Any]) -> Cited:
    return Cited(
        citation["document_id"],
        Span(citation["start"], citation["end"]),
        tuple(Span(start, end) for start, end in citation["marks"]),
        citation["quote"],
    )


def _all_met(text: str, question: GoldQuestion) -> bool:
    return not question.unanswerable and groups_met(text, question.answers) == len(question.answers)


def _on_gold(cited: Cited, gold: Gold) -> bool:
    return any(place.overlaps(cited.document_id, cited.span.start, cited.span.end) for place in gold.places)


def _gold_characters(cited: Cited, gold: Gold) -> int:
    """How many code points of the citation's marks lie in a gold span, each counted once."""
    spans = [span for place in gold.places if place.document_id == cited.document_id for span in place.spans]
    return sum(
        any(span.start <= at < span.end for span in spans)
        for at in {at for mark in cited.marks for at in range(mark.start, mark.end)}
    )
