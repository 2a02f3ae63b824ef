"""An answer parted into statements with the citations they carry, and the figures that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eval.normal import normal, without_markers

_MARK = r"[【\[［]\s*(\d{1,3})\s*[】\]］]"
_MARKS = re.compile(rf"(?:{_MARK})+")
_ONE_MARK = re.compile(_MARK)
_END = re.compile(r"(?<=[。！？!?\n])")
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
        numbers = tuple(int(number) for number in _ONE_MARK.findall(marks.group()))
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


def figures_stand(statement: Statement, citations: Iterable[Mapping[str, Any]]) -> bool:
    """Whether every figure of a statement stands in a quote, a context, a title or a date of these citations."""
    told = figures(without_markers(statement.text))
    return not told or told <= _held(citations)


def _held(citations: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    held: set[str] = set()
    for citation in citations:
        held |= figures(citation["quote"])
        for text in (citation.get("title"), citation.get("published"), citation.get("source")):
            held |= figures(text or "")
        for context in citation.get("context") or ():
            held |= figures(context["text"])
    return frozenset(held)


def _sentences(text: str) -> list[str]:
    parts = (part.strip() for part in _END.split(text))
    return [part for part in parts if any(char.isalnum() for char in part)]
