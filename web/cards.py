"""A citation as a card: what was quoted, where it stands, and what to think of it."""

from __future__ import annotations

import re

from rag.types import Citation, Context, Verdict
from web.escape import escape

QUALITY_LABELS = {"spun": "低质量来源：疑似改写", "duplicate": "重复", "truncated": "不完整", "holes": "有缺字"}
VERDICT_LABELS: dict[Verdict, str] = {"supported": "已核对", "partly": "部分核对", "unsupported": "未核对"}
AROUND_CHARACTERS = 80
NOISE_CHARACTERS = 24
HEADING_SIGNS = re.compile(r"^#{1,6}\s+", re.MULTILINE)
ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def anchor(turn: int, number: int) -> str:
    """The name by which a 【n】 of one answer finds its card."""
    return f"cite-{turn}-{number}"


def date_label(published: str | None) -> str:
    """An ISO date as a reader says it: 2021-10-22 is 2021年10月22日, and none is 日期不详."""
    found = ISO_DATE.match(published or "")
    if not found:
        return "日期不详"
    year, month, day = found.groups()
    return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


def noise_html(text: str) -> str:
    """A part of the quote that does not count: grey, and shortened where it is long."""
    if not text.strip():
        return escape(text)
    shown = escape(text) if len(text) <= NOISE_CHARACTERS else f"{escape(text[:10])}……（略去 {len(text) - 10} 字）"
    return f'<span class="noise">{shown}</span>'


def quote_html(citation: Citation) -> str:
    """The quote with its marks highlighted; what lies between the marks is noise."""
    parts: list[str] = []
    at = citation.start
    for mark in sorted(citation.marks):
        start, end = max(mark.start, at), min(mark.end, citation.end)
        if start >= end:
            continue
        parts.append(noise_html(citation.quote[at - citation.start : start - citation.start]))
        parts.append(f"<mark>{escape(citation.quote[start - citation.start : end - citation.start])}</mark>")
        at = end
    parts.append(noise_html(citation.quote[at - citation.start :]))
    return "".join(parts)


def around_html(text: str, before: bool) -> str:
    """The text beside a quote, cut to what a glance takes in."""
    flat = " ".join(HEADING_SIGNS.sub("", text).split())
    if not flat:
        return ""
    if before:
        flat = ("…" if len(flat) > AROUND_CHARACTERS else "") + flat[-AROUND_CHARACTERS:]
    else:
        flat = flat[:AROUND_CHARACTERS] + ("…" if len(flat) > AROUND_CHARACTERS else "")
    return f'<span class="around">{escape(flat)}</span>'


def context_html(context: Context) -> str:
    """Text of the same document that the sentence leans on besides the quote."""
    label = "前面写到" if context.end > context.start else "文档信息"
    return (
        f'<div class="leans"><span>{label}</span>{escape(" ".join(HEADING_SIGNS.sub("", context.text).split()))}</div>'
    )


def badges_html(citation: Citation) -> str:
    """The verdict, then what lowers the trust in the source."""
    verdict = f'<span class="badge {citation.verdict}">{VERDICT_LABELS[citation.verdict]}</span>'
    known = [code for code in citation.quality if code in QUALITY_LABELS]
    why = escape(" ".join("；".join(citation.reasons).split()))
    return verdict + "".join(f'<span class="badge low" title="{why}">{QUALITY_LABELS[code]}</span>' for code in known)


def card_html(citation: Citation, turn: int) -> str:
    """One card, on one line, all text of documents escaped."""
    where = [*citation.places, citation.source or "来源不详", date_label(citation.published)]
    where += [f"第{citation.page}页"] if citation.page else []
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in where)
    # A heading that is the title over again tells nothing new.
    told = [one for one in citation.context if HEADING_SIGNS.sub("", one.text).strip() != citation.title]
    leans = "".join(map(context_html, told))
    card = f'<div class="origin">{escape(citation.card)}</div>' if citation.card else ""
    return (
        f'<div class="card {anchor(turn, citation.number)}">'
        f'<div class="card-head"><span class="number">{citation.number}</span>'
        f'<span class="title">{escape(citation.title)}</span></div>'
        f'<div class="facts">{facts}</div>'
        f'<div class="quote">{around_html(citation.before, True)}{quote_html(citation)}'
        f"{around_html(citation.after, False)}</div>"
        f"{leans}{card}"
        f'<div class="card-foot">{badges_html(citation)}<span class="file">{escape(citation.file)}</span></div></div>'
    )


def cards_html(citations: tuple[Citation, ...], turn: int) -> str:
    """The cards of one answer in the order of their numbers."""
    return "".join(card_html(citation, turn) for citation in sorted(citations, key=lambda one: one.number))
