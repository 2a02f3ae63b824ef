"""What a question asks of the rows of a table: cities or provinces, years, only what is done, which order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from index.measures import ASPECTS
from rag.types import Question

RowKind = Literal["city", "province", "county", "enterprise", "any"]
Order = Literal["figure", "least", "year", ""]

_ASKED = r"(?:哪[些几个座1]{0,3}|[几多]少?个|有几个)"
_IS_WHICH = r"(?:都|分别)?[是有在]哪[个座些几里儿]?"
_NUMBER_ASKED = r"[一总]?共?有?(?:多少|几)[个座]"
_KINDS: tuple[tuple[RowKind, re.Pattern[str]], ...] = (
    (
        "province",
        re.compile(
            rf"{_ASKED}(?:省份|省区市|省市|省区|省|自治区|直辖市)|省份{_NUMBER_ASKED}|(?:省份|省区市|省市|省区|省){_IS_WHICH}"
        ),
    ),
    (
        "city",
        re.compile(
            rf"{_ASKED}(?:地级|设区的?|大)?(?:城市|市州|地市|市(?![场民总区县]))|(?:城市|地市)(?:{_NUMBER_ASKED}|{_IS_WHICH})|的市{_IS_WHICH}"
        ),
    ),
    ("county", re.compile(rf"{_ASKED}(?:区县|县区|县市|市县区|市区县|县|区(?!域))")),
    ("enterprise", re.compile(r"哪[些几个1]{0,3}家?(?:企业|公司|单位|厂|集团)")),
)
_SINCE = re.compile(r"((?:19|20)\d{2})年?(?:以来|以后|之后|起|后|至今|到现在)")
_UNTIL = re.compile(r"((?:19|20)\d{2})年?(?:以前|之前|前|为止)|截[至止到]((?:19|20)\d{2})年?")
_IN_YEAR = re.compile(r"((?:19|20)\d{2})年(?![以之]?[来后前]|起|为止|至今|到现在)")
_DONE_ONLY = re.compile(
    r"只[算要看列][^,，。?？]{0,4}(?:已经?|落实|做到|建成|实施)|已经?(?:落实|实施|建成|做到)了?的|(?:真正|实际)(?:落实|建成)"
)
_PLANNED_ONLY = re.compile(r"(?:计划|打算|准备|拟)(?:要|在)?(?=[建设开搞推办实成])")
_MOST = re.compile(r"最多|最高|最大|第1多")
_LEAST = re.compile(r"最少|最低|最小|倒数第1|垫底")
EARLIEST = re.compile(r"最早|最先|首先|率先|第1个")
_COUNTS = re.compile(r"几个|多少个?(?:城市|地方|地区|省|市)")
_PLACES_COUNTED = re.compile(rf"(?:城市|地市|省份|地方|地区){_NUMBER_ASKED}")
_WHO = re.compile(r"谁|哪[里儿家]|城市是哪[个座]")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rows are and which of them are wanted; years are four digits or ""."""

    kind: RowKind = "any"
    since: str = ""
    until: str = ""
    done_only: bool = False
    planned_only: bool = False
    order: Order = ""
    counts: bool = False

    def without_years(self) -> Scope:
        """The same of any year."""
        return replace(self, since="", until="")

    def holds_year(self, year: str) -> bool:
        """Whether a year lies between the asked ones; an unknown year does not where some are asked."""
        if not (self.since or self.until):
            return True
        return bool(year) and (self.since or year) <= year <= (self.until or year)


def scope_of(question: Question) -> Scope:
    """The scope of a question, read from its search form."""
    form = question.search
    kind: RowKind = next((name for name, pattern in _KINDS if pattern.search(form)), "any")
    since, until, inside = _SINCE.search(form), _UNTIL.search(form), _IN_YEAR.search(form)
    only = inside[1] if inside and not since and not until else ""
    return Scope(
        kind=kind,
        since=since[1] if since else only,
        until=(until[1] or until[2]) if until else only,
        done_only=bool(_DONE_ONLY.search(form)),
        planned_only=bool(_PLANNED_ONLY.search(form)),
        order=_order(form),
        counts=bool(_COUNTS.search(form)),
    )


def _order(form: str) -> Order:
    if _MOST.search(form):
        return "figure"
    if _LEAST.search(form):
        return "least"
    return "year" if EARLIEST.search(form) else ""


def asks_how_many_places(question: Question) -> bool:
    """Whether a question asks for the number of places that have a measure: 开展工会驿站的城市有多少个."""
    return bool(question.measures) and bool(_PLACES_COUNTED.search(question.search))


def asks_who_leads(question: Question) -> bool:
    """Whether a question asks who is first in a measure without naming a place: 谁的工匠学院最多."""
    return bool(question.measures) and asks_who(question)


def asks_who(question: Question) -> bool:
    """Whether a question asks who is first in something without naming a place."""
    return not question.places and bool(_WHO.search(question.search)) and bool(_order(question.search))


def aspects_in(form: str) -> tuple[str, ...]:
    """The aspects of the reform that a search form names."""
    return tuple(aspect for aspect in ASPECTS if aspect in form)
