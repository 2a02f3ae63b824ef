"""The date of a figure in the words of an answer: that of its own sentence, else that of its source, else none."""

from __future__ import annotations

import re
from dataclasses import replace

from index.sentences import sentence_spans
from index.sources.front_matter import read_front_matter
from index.types import Document, Span
from rag.types import Evidence

YEAR_SAID = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# How far a paragraph is read around a quote.
READ_AROUND = 600
_PRESENT = re.compile(r"现在|目前|如今|眼下|当前|今年|还有没有|还[有在能](?:不|没)?|最新")
_END = re.compile(r"[。！？!?…]*[”’」』）)]?$")
_TIME = re.compile(r"(?<!\d)(?:19|20)\d{2}年(?:\d{1,2}月(?!份?至|[-—~])|[上下]半年|[年初底末中]{1,2})?")
# Words behind a figure that say when it was told: 这个数字见于2025年4月的报道.
_OF_THE_FIGURE = re.compile(r"数字|数据|见于|报道|公布|统计|截至|口径")
_POINTS_BACK = re.compile(r"(?:这|该|上述|以上|上面|[两三四1-9][个项])")
_CLAUSE = re.compile(r"[^，,；;。]+")
# With what a figure is compared is not when it was told (与2023年10月的统计不同).
_COMPARED = re.compile(r"不同|不一[致样]|相比|相较|较|比(?:上年|去年|\d{4})|对比")
_SAID_UNDATED = re.compile(r"(?:没有|未|没)(?:注明|标明|写明|标注|写|注)?(?:发布|报道)?(?:日期|时间)的")
UNDATED = "日期不详"


def asks_of_today(form: str) -> bool:
    """Whether a question asks how things are now, which a document can only say for its own date."""
    return bool(_PRESENT.search(form))


def with_note(sentence: str, note: str) -> str:
    """The sentence with a note on its date before the full stop."""
    end = _END.search(sentence)
    at = end.start() if end else len(sentence)
    return f"{sentence[:at]}（{note}）{sentence[at:]}"


def own_date(evidence: Evidence) -> str:
    """The date that a quote has as a mark of its own, beside its words (2025年4月), or that its sentence says there is none.

    "" where neither is so.
    """
    text = evidence.document.text
    begin = max(text.rfind("。", 0, evidence.start), text.rfind("\n", 0, evidence.start)) + 1
    if _SAID_UNDATED.search(text, max(begin, evidence.start - READ_AROUND), evidence.end):
        return UNDATED
    told = (text[mark.start : mark.end] for mark in evidence.marks)
    return next((words for words in told if _TIME.fullmatch(words)), "")


def with_own_date(evidence: Evidence) -> Evidence:
    """The evidence with the date of its words as one more mark, where one stands beside the quote and outside noise.

    It stands in the same sentence, or in the next one where that goes on about the figure. Of words before the quote the
    nearest date counts; of words behind it only one that is said of the figure.
    """
    date = _date_beside(evidence)
    if date is None or any(date.start < noise.end and noise.start < date.end for noise in evidence.document.noise):
        return evidence
    marks = tuple(sorted([*evidence.marks, date], key=lambda mark: mark.start))
    return replace(evidence, start=marks[0].start, end=max(date.end, evidence.end), marks=marks)


def _date_beside(evidence: Evidence) -> Span | None:
    """Where the paragraph dates the words of a quote outside of it."""
    text = evidence.document.text
    low = max(text.rfind("\n", 0, evidence.start) + 1, evidence.start - READ_AROUND)
    line_end = text.find("\n", evidence.end)
    high = min(line_end if line_end >= 0 else len(text), evidence.end + READ_AROUND)
    spans = sentence_spans(text, low, high)
    begin = next((span.start for span in spans if span.start <= evidence.start < span.end), evidence.start)
    before = list(_TIME.finditer(text, begin, evidence.start))
    if before:
        return Span(before[-1].start(), before[-1].end())
    end = next((span.end for span in spans if span.start < evidence.end <= span.end), evidence.end)
    following = next((span for span in spans if span.start >= end), None)
    if following is not None and _POINTS_BACK.match(text, following.start):
        end = following.end
    for clause in _CLAUSE.finditer(text, evidence.end, end):
        found = _TIME.search(text, clause.start(), clause.end())
        of_it = found and _OF_THE_FIGURE.search(text, clause.start(), clause.end())
        if found and of_it and not _COMPARED.search(text, clause.start(), clause.end()):
            return Span(found.start(), found.end())
    return None


def source_date(document: Document) -> str:
    """The date of a document as a note: its month, the year of the newest of several sources, or 日期不详."""
    if document.published is None:
        return UNDATED
    months = _source_months(document)
    if is_of_one_month(document):
        return f"{_month(document.published)}资料"
    years = {month[:4] for month in months} | {document.published[:4]}
    if "" in months:
        # One without a date may be newer than all that have one.
        return f"资料注明最新为{max(years)}年"
    return f"{document.published[:4]}年资料" if len(years) == 1 else f"资料最新为{max(years)}年"


def is_of_one_month(document: Document) -> bool:
    """Whether all that a document rests on was published in its month, so that this dates every sentence."""
    return len(set(_source_months(document))) <= 1


def as_of(document: Document) -> str:
    """What a question about the present is told beside the answer."""
    when = source_date(document)
    if when == UNDATED:
        return "资料没有日期，现在的情况可能已有变化。"
    said = when if when.startswith("资料") else f"资料是{when.removesuffix('资料')}的"
    return f"{said}，之后有没有变化，资料没有说。"


def _source_months(document: Document) -> list[str]:
    """The months of the publications that a document rests on; an undated one counts by the year in its title, or as unlike."""
    head = read_front_matter(document.text) if document.text.startswith("---") else None
    found = []
    for each in head.based_on if head else ():
        named = YEAR_SAID.search(each.title)
        found.append(each.date[:7] if each.date else named[0] if named else "")
    return found


def _month(published: str) -> str:
    """2021-10-22 is 2021年10月; a date without a month is its year."""
    year, *rest = published.split("-")
    return f"{year}年{int(rest[0])}月" if rest and rest[0].isdigit() else f"{year}年"
