"""Different figures for one thing: told side by side where the sources do not agree, the newest alone where time moved on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.normalise import search_form
from index.places import narrowest
from rag.extract import Extract, rank, widened
from rag.figures import find_figures
from rag.planned import asks_of_aims
from rag.reckoning import Reckoned, reckoned
from rag.runs import governing_years
from rag.terms import Asked
from rag.types import Passage, Question
from rag.wanted import figures

# Who asks for both: 「说法不一样」「有的写13家，有的写25家」「这两个数分别是哪年的」.
_ASKS_BOTH = re.compile(
    r"说法|不一[样致]|一样[吗么]|对得上|对不上|[两2]个数|[两2][次回份篇种]|有的.{1,40}有的|有[写说].{1,40}有[写说]|矛盾|出入"
    r"|为什么有|都告诉|都列|前后.{0,6}数|哪个[数才]"
)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})年(\d{1,2})月")
# Who says that there are two figures tells none.
_OF_ACCOUNTS = re.compile(r"\d[个种](?:数(?![据控])|说法|口径|版本)")
_PLANNED = re.compile(r"计划|目标|原定|打算|规划|拟|将(?!近|士)|力争|预计|争取")
# A second account must speak of this share of what the first one speaks of, and fit nearly as well.
SAME_THING = 0.85
SAME_THING_ASKED = 0.6
SAME_FIT = 0.6
MOST_ACCOUNTS = 3
# Figures further apart than this many times the smaller one count different things.
MOST_APART = 9
MOST_READ = 40
# What tells the same thing stands among the first passages.
READ_PASSAGES = 12
BOTH = "资料的说法不一，一并列出："
OLDER = "较早的资料（{years}）写的数字不同，这里用较新的。"


@dataclass(frozen=True, slots=True)
class _Account:
    """An extract with the figure that it tells and the month or year that it is of, "" when nothing dates it."""

    extract: Extract
    figure: Reckoned
    when: str

    def before(self, other: _Account) -> bool:
        """Whether this account is of an earlier time than another, as far as both are dated."""
        known = min(len(self.when), len(other.when))
        return known > 0 and self.when[:known] < other.when[:known]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The extracts that tell the figure, with the line before them and what a person should know of older ones."""

    extracts: list[Extract]
    lead: str = ""
    notice: str = ""


def asks_both(question: Question) -> bool:
    """Whether the question asks for the figures of sources that do not agree."""
    return bool(_ASKS_BOTH.search(question.search))


def undated(question: Question) -> Question:
    """A question for both sides without its years: they are those of the reports, not of what is told."""
    return replace(question, years=()) if asks_both(question) else question


def accounts(question: Question, terms: Asked, chosen: list[Extract], passages: Sequence[Passage]) -> Accounts:
    """The chosen extracts, or those of other figures for the same thing, place and measure word beside or instead of them.

    A question for both sides gets all of them in their own sentences; any other gets the newest where years part them, and
    both where nothing says which is newer. A year in the question has decided that already.
    """
    both = asks_both(question)
    if not chosen or not (both or question.kind == "figure") or (not both and (question.years or question.asks > 2)):
        return Accounts(chosen)
    found = chosen[:1]
    if both:
        # A sentence about the two reports may come first; the accounts themselves have the shape that is asked for.
        every = [*found, *rank(question, terms, passages[:READ_PASSAGES])[:MOST_READ]]
        found = sorted(every, key=lambda each: -each.fitting)
    first = next((known for each in found if (known := _account(question, each))), None)
    if first is None:
        return Accounts(chosen)
    rivals = rank(question, terms, passages[:READ_PASSAGES], lambda line: bool(figures(line.search, ())))
    told = [first, *_rivals(question, rivals[:MOST_READ], first, both)]
    if not asks_of_aims(question.search) and not both:
        # What was only planned is no figure of what there is.
        told = [each for each in told if not _PLANNED.search(each.extract.search)] or told
    if len(told) == 1:
        return Accounts(chosen if told[0] is first else [told[0].extract])
    if both:
        told.sort(key=lambda each: each.when or "9999")
        return Accounts([widened(each.extract) for each in told])
    newest = max(told, key=lambda each: each.when)
    if all(each.before(newest) for each in told if each is not newest):
        older = "、".join(sorted({f"{each.when[:4]}年" for each in told if each is not newest}))
        return Accounts(chosen if newest is first else [newest.extract], notice=OLDER.format(years=older))
    return Accounts([each.extract for each in told], lead=BOTH)


def _rivals(question: Question, ranked: Sequence[Extract], first: _Account, both: bool) -> list[_Account]:
    """Further accounts with another figure of the same thing, best first, a figure once."""
    named = {each.low for each in find_figures(search_form(question.standalone))} if both else set()
    found: list[_Account] = []
    for extract in ranked:
        each = _account(question, extract)
        if each is None or len(found) + 1 >= MOST_ACCOUNTS:
            continue
        if extract.line == first.extract.line and not both:
            continue
        apart = first.figure.apart(each.figure)
        known = {other.figure.value for other in [first, *found]}
        near = apart is not None and apart <= MOST_APART * min(first.figure.value, each.figure.value)
        meant = each.figure.value in named or (near and _same_thing(first.extract, extract, both))
        if apart and each.figure.value not in known and meant:
            found.append(each)
    return found


def _same_thing(first: Extract, other: Extract, both: bool) -> bool:
    """Whether two extracts speak of one place and of the same share of the question."""
    return (
        set(narrowest(list(first.places))) == set(narrowest(list(other.places)))
        and other.covered >= (SAME_THING_ASKED if both else SAME_THING) * first.covered
        and (both or other.fitting >= SAME_FIT)
    )


def _account(question: Question, extract: Extract) -> _Account | None:
    figure = reckoned(question, extract.text)
    if figure is None or _OF_ACCOUNTS.search(extract.search):
        return None
    years = governing_years(extract.line, extract.start, extract.search)
    published = extract.line.passage.document.published or ""
    months = [f"{year}-{int(month):02}" for year, month in _MONTH.findall(extract.line.search) if year in years]
    return _Account(extract, figure, max(months, default=max(years, default=published[:7])))
