"""An answer parted into statements with the citations they carry, and the figures that a text names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.gold import Shelf
from eval.normal import MARK, normal
from index.types import Span

_MARKS = re.compile(rf"(?:{MARK})+")
_NUMBER = re.compile(r"\d{1,3}")
_END = re.compile(r"(?<=[。！？!?\n])")
# Signs within a figure: the decimal point and the comma between thousands.
_POINTS = {".", ",", "．"}
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer without its marks, and the numbers of the citations that it carries."""

    text: str
    numbers: tuple[int, ...]


def statements(answer: str) -> tuple[Statement, ...]:
    """The sentences of an answer in order; marks count for the sentence that ends where they stand.

    The unit of ALCE (Gao et al. 2023): a sentence before a marked one, without marks of its own, is uncited.
    """
    found: list[Statement] = []
    at = 0
    for marks in _MARKS.finditer(answer):
        *before, last = _sentences(answer[at : marks.start()]) or [""]
        found += [Statement(text, ()) for text in before]
        numbers = tuple(int(number) for number in _NUMBER.findall(marks.group()))
        if last:
            found.append(Statement(last, numbers))
        elif found:
            found[-1] = Statement(found[-1].text, (*found[-1].numbers, *numbers))
        at = marks.end()
    found += [Statement(text, ()) for text in _sentences(answer[at:])]
    return tuple(found)


def figures(text: str) -> frozenset[str]:
    """The figures of a text as digits, in whatever script they stand (十五 and １５ are 15, 1.5万 is 15000)."""
    return frozenset(_FIGURE.findall(normal(text)))


def foreign_figures(
    told: Sequence[Statement], citations: Sequence[Mapping[str, Any]], shelf: Shelf, tabled: bool
) -> frozenset[int]:
    """The numbers of the citations that a sentence with a figure of its own leans on.

    Every figure of a sentence must stand in the citations that it carries together. A sentence without a mark of a
    citation that is there leans on all of them; only the lead of a table, which counts its rows, leans on none.
    """
    held = {citation["number"]: held_figures(citation, shelf) for citation in citations}
    foreign: set[int] = set()
    for each in told:
        carried = [number for number in each.numbers if number in held]
        leans = carried or ([] if tabled else list(held))
        own = figures(each.text)
        if own and not own <= frozenset().union(*(held[number] for number in leans)):
            foreign.update(leans)
    return frozenset(foreign)


def held_figures(citation: Mapping[str, Any], shelf: Shelf) -> frozenset[str]:
    """The figures that a citation brings: those of its quote, of the document's title and date, and of true context.

    What a system says of a document is not believed: title and date are the library's, and context counts only where
    it stands at its place in the text, or in the title.
    """
    found = set(figures(citation["quote"]))
    document = shelf.get(citation["document_id"])
    if document is None:
        return frozenset(found)
    found |= figures(document.title) | figures(document.published or "")
    # A date may be told in its parts (2021年3月 for 2021-03-08).
    for part in (document.published or "").split("-"):
        found |= figures(part.lstrip("0"))
    for context in citation.get("context") or ():
        text = context["text"]
        if text in document.title or document.text[context["start"] : context["end"]] == text:
            found |= figures(text)
    return frozenset(found)


def cuts_figure(text: str, span: Span) -> bool:
    """Whether an edge of the span lies within a figure of the text, so that the quote shows another one."""
    return any(_inside_figure(text, at) for at in (span.start, span.end))


def _inside_figure(text: str, at: int) -> bool:
    left, right = text[max(at - 1, 0) : at], text[at : at + 1]
    if left in _POINTS:
        return text[max(at - 2, 0) : at - 1].isdigit() and right.isdigit()
    if right in _POINTS:
        return left.isdigit() and text[at + 1 : at + 2].isdigit()
    return left.isdigit() and right.isdigit()


def _sentences(text: str) -> list[str]:
    parts = (part.strip() for part in _END.split(text))
    return [part for part in parts if any(char.isalnum() for char in part)]
