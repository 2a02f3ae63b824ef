"""The year that a question says something was of (是2019年印发的吗), where a surer sentence has another one."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.draft import Draft
from rag.premises import OTHER_YEAR, UNSAID_YEAR
from rag.question import understand
from rag.supposed import SURE
from rag.types import Question

# The year and what is said to have been done in it.
_OF_YEAR = re.compile(
    r"是在?(?P<year>(?:19|20)\d{2})年(?:\d{1,2}月)?(?P<done>[^,，？?是]{0,10}?)的(?:[\u4e00-\u9fff]{0,2}?)(?:[吗吧]|对不对|是不是|没错)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年")
# What was done is known again by its last word (正式印发 by 印发).
_WORD = 2


def of_another_year(question: Question, draft: Draft, read: Callable[[Question], Draft]) -> Draft | None:
    """What is surely told of the same with another year, for a draft that does not say what was done, or nothing at all."""
    asked = _OF_YEAR.search(question.search)
    if asked is None or len(question.years) != 1:
        return None
    year, done = asked["year"], asked["done"][-_WORD:]
    if draft.sentences and done in _text(draft):
        return None
    other = read(understand(question.standalone, without=(*question.without, year)))
    told = _text(other)
    if other.confidence < SURE or year in told or not _YEAR.search(told):
        return None
    other.lead = OTHER_YEAR if done in told else UNSAID_YEAR.format(asked=year)
    return other


def _text(draft: Draft) -> str:
    return "".join(each.text for each in draft.sentences)
