"""A date of something else: of what came after a deed (出台一年后, 成立以来), or of another paper than the one asked about."""

from __future__ import annotations

import re

from index.normalise import search_form
from rag.types import Question

_DEEDS = re.compile(
    r"出台|印发|发布|颁布|公布|成立|设立|组建|启动|开工|动工|建成|投用|揭牌|挂牌|开通|上线|签订|实施|施行|通过"
)
_AFTERWARDS = re.compile(
    r"(?:的?(?:这|头|第|近|短短)?[\d半几两多]{1,3}[余多]?个?(?:年|月|周|天|周年)|不久|至今|之)?(?:后|以后|之后|以来|来|多年|周年|之际|至今|前夕|在即)"
)

_PAPER = r"方案|意见|办法|条例|规划|纲要|通知|决定"
_ASKED_PAPER = re.compile(
    rf"({_PAPER})(?:》)?(?:是|在|到底)?(?:什么时候|啥时候|何时|哪[1一]?年|哪[1一]?天|几[月号]|几时)"
)
_NAMED_PAPER = re.compile(rf"《[^《》]{{1,60}}?({_PAPER})》")
_DATE = re.compile(r"(?:19|20)\d{2}年|\d{1,2}月")


def dates_another_paper(question: Question, told: str) -> bool:
    """Whether a plan's date is asked for and each date that is told follows the name of a paper of another sort (an opinion)."""
    asked = _ASKED_PAPER.search(search_form(question.asked or question.standalone))
    if asked is None or question.asks > 1:
        return False
    form = search_form(told)
    papers = [(found.end(), found[1]) for found in _NAMED_PAPER.finditer(form)]
    last = [[sort for end, sort in papers if end <= date.start()][-1:] for date in _DATE.finditer(form)]
    return bool(last) and all(sort and sort != [asked[1]] for sort in last)


def dates_what_came_after(question: Question, told: str) -> bool:
    """Whether a deed's date is asked for and the deed stands in what is told only as what something came after."""
    if question.kind != "date" or question.asks > 1:
        return False
    form = search_form(told)
    asked = set(_DEEDS.findall(search_form(question.asked or question.standalone)))
    stands = [found for found in _DEEDS.finditer(form) if found[0] in asked]
    return bool(stands) and all(_AFTERWARDS.match(form, found.end()) for found in stands)
