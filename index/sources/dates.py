"""Dates as Chinese pages write them, to ISO."""

from __future__ import annotations

import re
from datetime import date

DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:[-/.．—]|年)\s*(1[0-2]|0?[1-9])\s*(?:[-/.．—]|月)\s*(3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
)
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
# Official documents are dated in Chinese figures; the zero is written with at least six look-alike signs.
CHINESE = re.compile(
    r"([一二][九〇○零0０OＯОΟo][一二三四五六七八九〇○零0０OＯОΟo]{2})\s{0,2}年\s{0,2}"
    r"(十[一二]?|[一二三四五六七八九元])\s{0,2}月\s{0,2}"
    r"(三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])\s{0,2}日"
)
MONTH_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*(?:月|[-/])\s*(3[01]|[12]\d|0?[1-9])(?!\d)\s*日?(?![-/.\d])")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
WIDE_DIGIT = re.compile("[０-９]")
NARROW_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}
FIGURES = {figure: str(value) for value, figure in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零0０OＯОΟo", "0"
)


def narrow_digits(text: str) -> str:
    """The text with full-width digits as ASCII ones, at the same places."""
    return text.translate(NARROW_DIGITS) if WIDE_DIGIT.search(text) else text


def iso_date(text: str) -> str | None:
    """The first real date in `text` as YYYY-MM-DD (2021-10-22 10:17, 2021年10月22日, 二〇二一年十月二十二日, 20211022), or None."""
    found = first_date(text)
    return found[2] if found else None


def first_date(text: str, start: int = 0) -> tuple[int, int, str] | None:
    """Where the first real date at or behind `start` begins and ends, and its ISO form; written-out forms go before 20211022."""
    text = narrow_digits(text)
    written = [found for pattern in (DATE, CHINESE) if (found := _first_real(pattern, text, start))]
    return min(written) if written else _first_real(COMPACT, text, start)


def completed_date(text: str, around: str) -> str | None:
    """The date of 「10月22日」 in `text` with the only year that `around` names; None where no year, or several, stand there."""
    years = set(YEAR.findall(narrow_digits(around)))
    found = MONTH_DAY.search(narrow_digits(text))
    if found is None or len(years) != 1:
        return None
    return _iso(int(years.pop()), int(found.group(1)), int(found.group(2)))


def _first_real(pattern: re.Pattern[str], text: str, start: int) -> tuple[int, int, str] | None:
    for found in pattern.finditer(text, start):
        year, month, day = found.groups()
        if pattern is CHINESE:
            iso = _iso(int("".join(FIGURES[figure] for figure in year)), _count(month), _count(day))
        else:
            iso = _iso(int(year), int(month), int(day))
        if iso:
            return found.start(), found.end(), iso
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _count(figures: str) -> int:
    """A number below a hundred in Chinese figures: 十 is 10, 二十二 and 廿二 are 22, 元 (of 元月) is 1."""
    figures = figures.replace("廿", "二十").replace("元", "一")
    tens, ten, ones = figures.rpartition("十")
    return (int(FIGURES[tens]) if tens else 1 if ten else 0) * 10 + (int(FIGURES[ones]) if ones else 0)
