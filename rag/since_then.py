"""A date that is told of what came after a deed (出台一年后, 成立以来) is not the date of the deed."""

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


def dates_what_came_after(question: Question, told: str) -> bool:
    """Whether a deed's date is asked for and the deed stands in what is told only as what something came after."""
    if question.kind != "date" or question.asks > 1:
        return False
    form = search_form(told)
    asked = set(_DEEDS.findall(search_form(question.asked or question.standalone)))
    stands = [found for found in _DEEDS.finditer(form) if found[0] in asked]
    return bool(stands) and all(_AFTERWARDS.match(form, found.end()) for found in stands)
