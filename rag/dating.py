"""The date of a source in the words of an answer: the month that its document is of, or that nothing dates it."""

from __future__ import annotations

import re

YEAR_SAID = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PRESENT = re.compile(r"现在|目前|如今|眼下|当前|今年|还有没有|还[有在能](?:不|没)?|最新")
_END = re.compile(r"[。！？!?…]*[”’」』）)]?$")
UNDATED = "日期不详"


def asks_of_today(form: str) -> bool:
    """Whether a question asks how things are now, which a document can only say for its own date."""
    return bool(_PRESENT.search(form))


def with_date(sentence: str, published: str | None) -> str:
    """The sentence with the month of its source before the full stop, or with 日期不详 where the source has none."""
    when = f"{_month(published)}资料" if published else UNDATED
    end = _END.search(sentence)
    at = end.start() if end else len(sentence)
    return f"{sentence[:at]}（{when}）{sentence[at:]}"


def as_of(published: str | None) -> str:
    """What a question about the present is told beside the answer."""
    return (
        f"资料是{_month(published)}的，之后有没有变化，资料没有说。"
        if published
        else "资料没有日期，现在的情况可能已有变化。"
    )


def _month(published: str) -> str:
    """2021-10-22 is 2021年10月; a date without a month is its year."""
    year, *rest = published.split("-")
    return f"{year}年{int(rest[0])}月" if rest and rest[0].isdigit() else f"{year}年"
