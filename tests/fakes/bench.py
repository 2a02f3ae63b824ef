"""A bench for the laboratory: two pages, five questions, and systems of known worth that behave like real ones."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eval.dataset import GoldEvidence, GoldQuestion
from eval.gold import Shelf
from eval.judging import judge
from eval.reply import Found, Reply
from eval.result import Result, Run
from eval.statistics import SUMS, columns
from eval.systems import System
from index.errors import DatasetError
from index.settings import Settings
from index.types import Document

PAGES = {
    "甲市": "甲市总工会介绍了情况。到2023年底，全市建成产业学院12家。\n培训职工3000人。",
    "乙市": "乙市总工会介绍了情况。到2023年底，全市建成产业学院35家。\n培训职工4600人。",
}
FACTS = {
    "甲市有多少家产业学院？": ("甲市", "建成产业学院12家", "12家"),
    "甲市培训了多少人？": ("甲市", "培训职工3000人", "3000人"),
    "乙市有多少家产业学院？": ("乙市", "建成产业学院35家", "35家"),
    "乙市培训了多少人？": ("乙市", "培训职工4600人", "4600人"),
}
UNKNOWN = "火星市有多少家产业学院？"
QUESTIONS = (
    *(
        GoldQuestion(f"q{number}", asked, "figure", ((answer,),), (GoldEvidence(f"{place}.txt", quote=quote),))
        for number, (asked, (place, quote, answer)) in enumerate(FACTS.items())
    ),
    GoldQuestion("q9", UNKNOWN, "unanswerable", unanswerable=True, reason="unknown_place"),
)


def page(place: str) -> Document:
    return Document(place, PAGES[place], place, "", None, f"/{place}", f"{place}.txt", "", "ab")


SHELF = Shelf([page(place) for place in PAGES])


def said(text: str, place: str, clause: str, **more: Any) -> dict[str, Any]:
    """An answer with one citation that claims to quote where the clause stands."""
    start = PAGES[place].index(clause)
    end = start + len(clause)
    cited = {"number": 1, "document_id": place, "start": start, "end": end, "marks": [[start, end]], "quote": clause}
    cited |= {"context": []}
    whole = {"answer": f"{text}【1】", "refused": False, "reason": None, "confidence": 0.9, "raw_text": text}
    return whole | {"citations": [cited | more], "table": None}


def refused(raw: str = "") -> dict[str, Any]:
    told = {"answer": "资料库中没有该城市的资料。", "refused": True, "reason": "unknown_place", "confidence": 0.1}
    return told | {"raw_text": raw, "citations": [], "table": None}


@dataclass(frozen=True)
class Knowing:
    """Answers each question with its own clause, finds its page first, and refuses the unknown place."""

    def reply(self, question: GoldQuestion) -> Reply:
        asked = question.question
        answer = self.known(*FACTS[asked]) if asked in FACTS else refused()
        order = sorted(PAGES, key=lambda place: not asked.startswith(place))
        hits = tuple(Found(place, 0, len(PAGES[place])) for place in order)
        passages = tuple(Found(place, *span) for place in order for span in ((0, 32), (33, 42)))
        return Reply(question.id, answer, "", 2.0, hits, passages, 50.0)

    def known(self, place: str, clause: str, answer: str) -> dict[str, Any]:
        return said(f"{clause}。", place, clause)


class Refusing(Knowing):
    """Refuses everything."""

    def known(self, place: str, clause: str, answer: str) -> dict[str, Any]:
        return refused()


class Copying(Knowing):
    """Copies the whole page, and for an unknown place any page at all."""

    def reply(self, question: GoldQuestion) -> Reply:
        place = "乙市" if question.question.startswith("乙") else "甲市"
        return Reply(question.id, said(PAGES[place], place, PAGES[place]))


class Swapping(Knowing):
    """Gives the right clause with its digits the other way round, beside a quote that is true to the letter."""

    def known(self, place: str, clause: str, answer: str) -> dict[str, Any]:
        return said(clause.translate(str.maketrans("0123456789", "9876543210")), place, clause)


class Forging(Knowing):
    """Swaps the digits in the quote as well."""

    def known(self, place: str, clause: str, answer: str) -> dict[str, Any]:
        swapped = clause.translate(str.maketrans("0123456789", "9876543210"))
        return said(swapped, place, clause, quote=swapped)


class FirstSentence(Knowing):
    """Always gives the first sentence of the right page, verbatim."""

    def known(self, place: str, clause: str, answer: str) -> dict[str, Any]:
        sentence = PAGES[place][: PAGES[place].index("。") + 1]
        return said(sentence, place, sentence)


class Unsure(Knowing):
    """Never says how sure it is, and answers what it should refuse."""

    def reply(self, question: GoldQuestion) -> Reply:
        asked = question.question if question.question in FACTS else "甲市有多少家产业学院？"
        return Reply(question.id, self.known(*FACTS[asked]) | {"confidence": None})


class Grudging(Knowing):
    """Refuses, but lets slip another city's figure beside a forged quote."""

    def known(self, place: str, clause: str, answer: str) -> dict[str, Any]:
        slip = said("乙市有35家，但资料库中没有甲市的资料。", place, clause, quote="建成产业学院35家")
        return slip | {"refused": True, "reason": "place_silent"}


class Failing(Knowing):
    """Breaks on one question."""

    def known(self, place: str, clause: str, answer: str) -> dict[str, Any]:
        if clause.startswith("培训职工3000"):
            raise RuntimeError("坏了")
        return super().known(place, clause, answer)


@dataclass(frozen=True)
class Dying(Knowing):
    """Takes its process down with one question."""

    slow_s: float = 0.0

    def reply(self, question: GoldQuestion) -> Reply:
        time.sleep(self.slow_s)
        if question.question.endswith("！"):
            os._exit(9)
        return super().reply(question)


@dataclass(frozen=True)
class Bench:
    """Opens a system of the bench, here or in another process; notes in a file what was asked."""

    system: System
    settings: Settings = field(default_factory=Settings)
    name: str = "bench"
    llm: None = None
    notes: Path | None = None

    @contextmanager
    def open(self) -> Iterator[System]:
        yield self

    def reply(self, question: GoldQuestion) -> Reply:
        if self.notes is not None:
            with self.notes.open("a", encoding="utf-8") as file:
                file.write(f"{question.id}\n")
        return self.system.reply(question)


class Closed(Bench):
    """Cannot be opened."""

    @contextmanager
    def open(self) -> Iterator[System]:
        raise DatasetError("打不开")
        yield self


def many(count: int) -> tuple[GoldQuestion, ...]:
    """As many questions as wanted, by repeating the four."""
    return tuple(replace(QUESTIONS[at % 4], id=f"m{at}") for at in range(count))


def results(system: System, questions: Sequence[GoldQuestion] = QUESTIONS) -> tuple[Result, ...]:
    """What a system earns on the bench."""
    from eval.asking import ask

    return judge(questions, {each.id: ask(system, each) for each in questions}, SHELF)


def value(key: str, judged: Sequence[Result] | Run) -> tuple[float, int] | None:
    """A measure's value over the results, and how many of them count; None where none does."""
    from numpy import ones

    from eval.measures import all_measures

    measure = all_measures()[key]
    rows = judged.results if isinstance(judged, Run) else judged
    table = columns([row for each in rows if (row := measure.read(each)) is not None])
    return (float(SUMS[measure.sum](table, ones((1, len(table))))[0]), len(table)) if len(table) else None
