"""Different figures for one thing: told side by side where the sources do not agree, the newest alone where time moved on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.normalise import search_form
from index.places import narrowest
from rag.completed import completed
from rag.dating import is_of_one_month
from rag.extract import Extract, rank, rank_covering, widened
from rag.figures import find_figures
from rag.lines import Line
from rag.one_sentence import over
from rag.planned import asks_of_aims
from rag.question import understand
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
# Who asks whether it is 84万 or 95万 has read both; each is told with its time.
_EITHER = re.compile(
    r"[是有达]?(?<![\d.])(?!(?:19|20)\d{2}还)\d[\d.]*[^\d，,。？?年月日号点届]{0,4}还是\d[\d.]*[^\d，,。？?年月日号点届呢啊吗]{0,4}"
)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})年(\d{1,2})月")
# Who says that there are two figures tells none.
_OF_ACCOUNTS = re.compile(r"\d[个种](?:数(?![据控])|说法|口径|版本)")
_PLANNED = re.compile(
    r"计划|目标(?!按|已|提前|完成|实现)|原定|打算|规划|拟|将(?!近|士)|力争|预计|争取|提出[,，]?(?:要|到\d{4}年|用\d)"
)
_PROPOSED = re.compile(r"提出[,，]?(?:要|到\d{4}年|用\d)")
READ_BEFORE = 8
# What a later figure is told by in the course of a sentence that leaves the thing's name out (到2021年，总数增加到145家).
_CARRIED_ON = re.compile(
    r"^其?(?:总数|总量|数量|规模|累计)?(?:已经?|又|再)?(?:增加|增长|增|扩大|发展|上升|达|为|有)[^\d，,]{0,4}\d"
)
# Who asks for a step on the way, or for how it began, is not told where it led.
_OF_A_STEP = re.compile(
    r"新(?:增|培|建|命名|认定|评|设|添|获|招)|增[加长多了]|首批|最初|起初|当初|原来|原先|开始|当时|一开"
)
# Of what a share is one: two shares of different wholes do not gainsay each other.
_WHOLE = re.compile(
    r"占(?![比据])(?:全[国省市县区])?([\u4e00-\u9fff]{2,10}?)(?:总[数量]|总人数)?的?(?:比例|比重|[比达超约近]|\d)"
)
MOST_TOGETHER = 160
# A second account must speak of this share of what the first one speaks of, and fit nearly as well.
SAME_THING = 0.85
SAME_THING_ASKED = 0.6
SAME_FIT = 0.6
MOST_ACCOUNTS = 3
# Figures further apart than this many times the smaller one count different things.
MOST_APART = 9
MOST_READ = 40
# People name a figure so roughly.
ROUNDED = Decimal("0.02")
# What tells the same thing stands among the first passages.
READ_PASSAGES = 12
BOTH = "资料的说法不一，一并列出："
OLDER = "较早的资料（{years}）写的数字不同，这里用较新的。"


@dataclass(frozen=True, slots=True)
class Account:
    """An extract with the figure that it tells and the month or year that it is of, "" when nothing dates it.

    One that neither its own words nor the one source of its document has `dated` is of the year of the newest source at most.
    """

    extract: Extract
    figure: Reckoned
    when: str
    dated: bool = True

    def before(self, other: Account) -> bool:
        """Whether this account is of an earlier time than another, as far as both are dated."""
        known = min(len(self.when), len(other.when), 7 if self.dated and other.dated else 4)
        return known > 0 and self.when[:known] < other.when[:known]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The extracts that tell the figure, with the line before them and what a person should know of older ones.

    `every` account that was found, those `older` than what is told, and those only `planned`, which are left out.
    """

    extracts: list[Extract]
    lead: str = ""
    notice: str = ""
    every: tuple[Account, ...] = ()
    older: tuple[Account, ...] = ()
    planned: tuple[Account, ...] = ()


def asks_both(question: Question) -> bool:
    """Whether the question asks for the figures of sources that do not agree."""
    return bool(_ASKS_BOTH.search(question.search) or _EITHER.search(question.search))


def undated(question: Question) -> Question:
    """A question for both sides without its years: they are those of the reports, not of what is told."""
    return replace(question, years=()) if asks_both(question) else question


def accounts(question: Question, terms: Asked, chosen: list[Extract], passages: Sequence[Passage]) -> Accounts:
    """The accounts of `_accounts`, each told to where it does not break off."""
    found = _accounts(question, terms, chosen, passages)
    return replace(found, extracts=[completed(question, each) for each in found.extracts])


def _accounts(question: Question, terms: Asked, chosen: list[Extract], passages: Sequence[Passage]) -> Accounts:
    """The chosen extracts, or those of other figures for the same thing, place and measure word beside or instead of them.

    A question for both sides gets all of them in their own sentences; any other gets the newest where years part them, and
    both where nothing says which is newer. A year in the question has decided that already.
    """
    both = asks_both(question)
    named = {each.low for each in find_figures(search_form(question.standalone))} if both else set()
    question = _openly(question)
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
    if not both and (whole := _carried_on(question, first)):
        return Accounts([whole], every=(first, first), older=(first,))
    # What speaks of less than the same thing is no rival, unless the question names its figure.
    least = 0.0 if both else SAME_THING * first.extract.covered
    rivals = rank_covering(question, terms, passages[:READ_PASSAGES], _tells_figure, least, MOST_READ)
    told = [first, *_rivals(question, rivals, first, named if both else None)]
    if both and len(told) > 1:
        return _of_both(told, named)
    done = told
    if not asks_of_aims(question.search) and not both:
        # What was only planned is no figure of what there is.
        done = [each for each in told if not _is_planned(each.extract)] or told
    planned = tuple(each for each in told if each not in done)
    return replace(_newest(chosen, first, done), every=tuple(told), planned=planned)


def _tells_figure(line: Line) -> bool:
    return figures(line.search, ()) > 0


def _of_both(told: list[Account], named: Collection[Decimal]) -> Accounts:
    """The accounts in their own sentences, in the order of time; those of two figures that the question names alone."""
    meant = [each for each in told if _is_near(each.figure.value, named)]
    ordered = sorted(meant if len(meant) > 1 else told, key=lambda each: each.when or "9999")
    return Accounts([widened(each.extract) for each in ordered])


def _newest(chosen: list[Extract], first: Account, told: Sequence[Account]) -> Accounts:
    """The newest of the accounts with a word on the older ones; all of them where their times do not part them."""
    if len(told) == 1:
        return Accounts(chosen if told[0] is first else [told[0].extract])
    newest = max(told, key=lambda each: each.when)
    if all(each.before(newest) for each in told if each is not newest):
        older = "、".join(sorted({f"{each.when[:4]}年" for each in told if each is not newest}))
        notice = OLDER.format(years=older)
        left = tuple(each for each in told if each is not newest)
        return Accounts(chosen if newest is first else [newest.extract], notice=notice, older=left)
    return Accounts([each.extract for each in told], lead=BOTH)


def _openly(question: Question) -> Question:
    """A question for one of two figures as the question for the figure (84万还是95万 → 有多少)."""
    if not _EITHER.search(question.search):
        return question
    asked = understand(_EITHER.sub("有多少", question.standalone), without=question.without)
    return replace(asked, text=question.text, standalone=question.standalone, places=question.places)


def _carried_on(question: Question, first: Account) -> Extract | None:
    """The run of a sentence from an account on to a later year's figure of the same thing, which is told without its name."""
    line, published = first.extract.line, first.extract.line.passage.document.published or "9999"
    if _OF_A_STEP.search(question.search):
        return None
    found = None
    for clause in line.clauses:
        if clause.start < first.extract.end or not _CARRIED_ON.match(clause.search) or _PLANNED.search(clause.search):
            continue
        year = max(governing_years(line, clause.start, clause.search), default="")
        counts = {each.unit for each in find_figures(clause.search)}
        if first.when[:4] < year <= published[:4] and first.figure.unit in counts:
            found = over(first.extract, first.extract.start, clause.end)
    return found if found and len(found.search) <= MOST_TOGETHER else None


def _is_near(value: Decimal, named: Collection[Decimal]) -> bool:
    """Whether a figure is one of those named, as people round it (95万 for 95.23万)."""
    return any(abs(value - each) <= ROUNDED * each for each in named)


def _rivals(
    question: Question, ranked: Sequence[Extract], first: Account, named: Collection[Decimal] | None
) -> list[Account]:
    """Further accounts with another figure of the same thing, best first, a figure once.

    `named` are the figures of a question for both sides, None where it is not one.
    """
    both = named is not None
    found: list[Account] = []
    for extract in ranked:
        each = _account(question, extract)
        if each is None or len(found) + 1 >= MOST_ACCOUNTS:
            continue
        # What one sentence tells of two years may have moved on in its course.
        moved_on = first.before(each) and not _OF_A_STEP.search(question.search)
        if extract.line == first.extract.line and not both and not moved_on:
            continue
        apart = first.figure.apart(each.figure)
        known = {other.figure.value for other in [first, *found]}
        near = apart is not None and apart <= MOST_APART * min(first.figure.value, each.figure.value)
        meant = each.figure.value in (named or ()) or (near and _same_thing(first.extract, extract, both))
        of_one = each.figure.unit != "%" or _of_one_whole(first.extract.search, extract.search)
        if apart and each.figure.value not in known and meant and of_one:
            found.append(each)
    return found


def _is_planned(extract: Extract) -> bool:
    """Whether an extract tells a plan, by its own words or those right before it (提出，用…)."""
    before = extract.line.search[max(0, extract.start - READ_BEFORE) : extract.start]
    return bool(_PLANNED.search(extract.search) or _PROPOSED.search(before + extract.search[:READ_BEFORE]))


def _of_one_whole(first: str, other: str) -> bool:
    """Whether two texts that tell a share may tell one of the same whole, as far as they name it."""
    mine, theirs = _WHOLE.findall(first), _WHOLE.findall(other)
    return not mine or not theirs or not set(mine).isdisjoint(theirs)


def _same_thing(first: Extract, other: Extract, both: bool) -> bool:
    """Whether two extracts speak of one place and of the same share of the question."""
    return (
        set(narrowest(list(first.places))) == set(narrowest(list(other.places)))
        and other.covered >= (SAME_THING_ASKED if both else SAME_THING) * first.covered
        and (both or other.fitting >= SAME_FIT)
    )


def _account(question: Question, extract: Extract) -> Account | None:
    figure = reckoned(question, extract.text)
    if figure is None or _OF_ACCOUNTS.search(extract.search):
        return None
    years = governing_years(extract.line, extract.start, extract.search)
    published = extract.line.passage.document.published or ""
    dated = bool(years) or is_of_one_month(extract.line.passage.document)
    months = [f"{year}-{int(month):02}" for year, month in _MONTH.findall(extract.line.search) if year in years]
    return Account(extract, figure, max(months, default=max(years, default=published[:7])), dated)
