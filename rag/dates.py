"""Dates and document numbers in a plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# The search form has already turned 二〇二一年十月 into 2021年10月.
_N = r"\d{1,2}"
_YEAR = r"(?:19|20)\d{2}"
_DASH = r"[-—–~～至到]{1,2}"
_PATTERNS = (
    re.compile(rf"(?<!\d)(?P<y>{_YEAR})年?(?={_DASH}{_YEAR}年)"),
    re.compile(rf"(?<!\d)(?P<y>{_YEAR})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>{_YEAR}) ?年度?(?: ?(?P<m>{_N}) ?月份?(?: ?(?P<d>{_N}) ?[日号])?)?"),
    re.compile(rf"(?<!\d)(?P<m>{_N}) ?月份?(?: ?(?P<d>{_N}) ?[日号])?"),
    re.compile(rf"(?<![\d第])(?P<d>{_N})日(?!均|报)"),
)
_DOCUMENT_NUMBER = re.compile(r"(?P<who>[\u3400-\u9fff]{0,8})[〔\[(【（［](?P<y>\d{4})[〕\])】）］]第?(?P<n>\d{1,5})号")


@dataclass(frozen=True, slots=True)
class Date:
    """A date as written at [start, end) of the plain text; a part that is not written is None."""

    year: int | None
    month: int | None
    day: int | None
    start: int = 0
    end: int = 0


def find_dates(text: str) -> list[Date]:
    """The dates of a plain text, in order, none overlapping: 2021年, 2021年10月22日, 10月22日, 二〇二一年, 2021-10-22."""
    found: list[Date] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            parts = {key: _part(match.groupdict().get(key)) for key in "ymd"}
            if (parts["m"] or 1) > 12 or (parts["d"] or 1) > 31 or 0 in parts.values():
                continue
            taken.append(match.span())
            found.append(Date(parts["y"], parts["m"], parts["d"], *match.span()))
    return sorted(found, key=lambda date: date.start)


def is_dated(date: Date, known: Iterable[Date]) -> bool:
    """Whether a date follows from known ones: its day and month from one of them, its year from that or from any."""
    dates = tuple(known)
    years = {other.year for other in dates}
    if date.year is not None and date.year not in years:
        return False
    if date.month is None and date.day is None:
        return True
    return any(
        date.month in (None, other.month)
        and date.day in (None, other.day)
        and (date.year is None or other.year in (None, date.year))
        for other in dates
    )


def find_document_numbers(text: str) -> list[tuple[str, str]]:
    """The document numbers of a plain text as (issuer, year and number): 总工发〔2021〕3号 is (总工发, 2021-3)."""
    return [(m["who"], f"{m['y']}-{int(m['n'])}") for m in _DOCUMENT_NUMBER.finditer(text)]


def document_number_spans(text: str) -> list[tuple[int, int]]:
    """Where document numbers stand, so that their digits are not read as figures."""
    return [(m.start("y") - 1, m.end()) for m in _DOCUMENT_NUMBER.finditer(text)]


def _part(written: str | None) -> int | None:
    return int(written) if written else None
