"""Whether the dates and document numbers of a sentence stand in its evidence, and of the same thing."""

from __future__ import annotations

import re

from rag.dates import Date, find_document_numbers, is_dated
from rag.labels import longest_common
from rag.reading import Reading, Text
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, bounds

_YEARS = re.compile(r"((?:19|20)\d{2})年?[-~至到]{1,2}((?:19|20)\d{2})年")
_TILL = re.compile("(?:至|到|止于|截至|截止到?|截止(?:时间|日期)[是为])$")
_FROM = re.compile("[自从]$")
# Words that stand before any figure of a report tell none of them from another.
_NEAR = 40


def date_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each date and document number that neither text nor context nor metadata holds, or that is another's."""
    known = [date for reading in readings for date in reading.dates]
    problems = []
    for date in sentence.dates:
        written = sentence.plain[date.start : date.end]
        if not is_dated(date, known):
            problems.append(f"日期「{written}」在引文及其文档中找不到")
        elif _turned(date, sentence, readings):
            problems.append(f"日期「{written}」在引文中是另一头")
        elif _is_of_another(date, sentence, readings):
            problems.append(f"日期「{written}」在引文中说的是另一件事")
    whole = "\n".join(text.plain for reading in readings for text in (reading.counted, reading.around))
    spans = set(_YEARS.findall(whole))
    problems += [f"时段「{a}—{b}年」在引文中找不到" for a, b in _YEARS.findall(sentence.plain) if (a, b) not in spans]
    numbers = find_document_numbers(whole)
    for who, number in find_document_numbers(sentence.plain):
        if not any(number == other and (not who or who[-2:] == issuer[-2:]) for issuer, other in numbers):
            problems.append(f"文号「{who[-4:]}〔{number.replace('-', '〕')}号」在引文中找不到")
    return problems


def _turned(date: Date, sentence: Text, readings: tuple[Reading, ...]) -> bool:
    """Whether something begins on a day in the sentence and ends on it wherever the evidence has it, or the reverse."""
    side = _side(date, sentence)
    sides = {_side(other, r.counted) for r in readings for other in r.counted.dates if is_dated(date, [other])}
    return bool(side and sides) and None not in sides and side not in sides


def _side(date: Date, text: Text) -> str | None:
    if _TILL.search(text.plain[: date.start]):
        return "止"
    if _FROM.search(text.plain[: date.start]) or text.plain[date.end : date.end + 1] == "起":
        return "起"
    return None


def _is_of_another(date: Date, sentence: Text, readings: tuple[Reading, ...]) -> bool:
    """Whether another date of the same kind fits the words around this one better than any place where it stands."""
    own = rival = (-1, -1)
    for reading in readings:
        for other in reading.counted.dates:
            same_kind = (other.month is None, other.day is None) == (date.month is None, date.day is None)
            likeness = _likeness_of_dates(date, sentence, other, reading.counted)
            if is_dated(date, [other]) or (date.month, date.day) == (other.month, other.day) != (None, None):
                own = max(own, likeness)
            elif same_kind:
                rival = max(rival, likeness)
    # A date from outside the counted text must not stand where that text has another one.
    return rival > own if own[0] >= 0 else rival[1] >= 3


def _likeness_of_dates(date: Date, text: Text, other: Date, other_text: Text) -> tuple[int, int]:
    """The longest run that stands right behind both dates, and how many words around them are the same."""
    behind = longest_common(_behind(date, text), _behind(other, other_text))
    return behind, len(_words_around(date, text) & _words_around(other, other_text))


def _behind(date: Date, text: Text) -> str:
    end = min([date.end + _NEAR, *(each.start for each in text.dates if each.start > date.start)])
    return text.plain[date.end : end].lstrip("底末初,，")


def _words_around(date: Date, text: Text) -> frozenset[str]:
    """The content bigrams after a date up to the next one in its sentence, and those before it in its clause."""
    start, _ = bounds(text.plain, date.start, CLAUSE_STOPS)
    _, end = bounds(text.plain, date.start, SENTENCE_STOPS)
    start = max([start, *(d.end for d in text.dates if d.end <= date.start)])
    end = min([end, *(d.start for d in text.dates if d.start > date.start)])
    return bigrams(text.plain[start : date.start]) | bigrams(text.plain[date.end : end])
