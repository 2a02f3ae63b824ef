"""Which of two told figures is larger and by how much, or why that cannot be said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.places import is_within, narrowest
from rag.draft import Draft
from rag.planned import asks_of_aims, is_planned
from rag.reckoning import BATCH, GROWTH, Reckoned, is_level, level_in, reckoned, told_number
from rag.types import Question

# What asks for more than both figures side by side.
_COMPARES = re.compile(
    r"谁|哪[个座边方家]?[^，。？,?]{0,8}(?:更|最)?(?:多|少|高|低|大|小)|差(?:多少|几|距)|相差|比.{0,16}(?:多|少|高|低|大)|更[多少高低大]"
    r"|[多少高低]出?(?:多少|几)|对比|比较|相比"
)
# Who asks 「谁有工匠学院」 or for a 占比 has asked for no comparison that could be refused.
_RANKS = re.compile(
    r"(?:谁|哪[个座边方家]?)[^，。？,?]{0,12}[多少高低大小]|差(?:多少|几|距)|相差|(?<!占)比[^，。？,?]{0,16}[多少高低大]"
    r"|更[多少高低大]|[多少高低]出?(?:多少|几)|对比|比较|相比"
)
_LEAST = ("不低于", "不少于", "至少")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# Who asks for aims is told them only by words that set them.
_OF_AIMS = re.compile(r"目标|计划|规划|打算")
_SETS_AIM = re.compile(r"目标|提出|未来|面向(?:19|20)\d{2}")
# The number of one thing does not come to twice as many from one report to the next.
_FAR = 2
_BY_YEAR = re.compile(r"到((?:19|20)\d{2})年")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its name, its figure where one is told, the year and the part of the place that it is of.

    `aimed` says that the figure is a plan or an aim, `doubtful` that another sentence tells a far other one,
    `told` that there is a sentence at all.
    """

    name: str
    figure: Reckoned | None
    year: str
    part: str = ""
    aimed: bool = False
    doubtful: bool = False
    told: bool = True


def of_amounts(question: Question) -> bool:
    """Whether a comparison asks which of two amounts is larger, or by how much."""
    return bool(_COMPARES.search(question.search))


def made_side(question: Question, name: str, draft: Draft, year: str = "") -> Side:
    """A side by the first of its sentences that tells the figure; a part of the place or a plan only where there is no other."""
    sides = []
    for said, evidence in draft.written:
        figure = reckoned(question, said, year)
        if figure is None:
            continue
        published = evidence[0].document.published or ""
        parts = [place for place in narrowest(list(evidence[0].places)) if place != name and is_within(place, name)]
        named = _YEAR.findall(said)
        sides.append(
            Side(
                name,
                figure,
                year or (named or [published[:4]])[-1],
                "".join(parts[:1]),
                _is_aim(question, said, published),
            )
        )
    unwanted = not asks_of_aims(question.search)
    side = min(sides, key=lambda side: (unwanted and side.aimed, bool(side.part)), default=None)
    if side is None or side.figure is None:
        return Side(name, None, year, told=bool(draft.written))
    return replace(side, doubtful=_has_rival(question, side.figure, draft, year))


def _has_rival(question: Question, figure: Reckoned, draft: Draft, year: str) -> bool:
    """Whether another sentence of the same place that says as much of the question tells a figure far from this one."""
    if not draft.extracts or figure.unit in {"元", "%"}:
        return False
    first = draft.extracts[0]
    of_it = [each for each in draft.extracts[1:] if each.covered >= first.covered and each.places == first.places]
    rivals = [other for each in of_it if not is_planned(each.text) and (other := reckoned(question, each.text, year))]
    far = [other for other in rivals if other.apart(figure) is not None]
    return any(max(other.value, figure.value) > _FAR * min(other.value, figure.value) for other in far)


def verdict_of_places(question: Question, asked: Sequence[tuple[Question, str, Draft]]) -> str:
    """The verdict on what is asked of each place; of one level where both sides tell it and one of them tells no whole."""
    sides = [made_side(alone, place, draft) for alone, place, draft in asked]
    levels = {side.figure.level for side in sides if side.figure}
    if len(sides) == 2 and of_amounts(question) and len({side.figure and side.figure.level for side in sides}) == 2:
        for level in sorted(level for level in levels if is_level(level)):
            again = [
                made_side(replace(alone, search=f"{level}{alone.search}"), place, draft)
                for alone, place, draft in asked
            ]
            if (
                all(side.figure for side in again)
                and not _unlike(question, *again)
                and (said := verdict(question, again))
            ):
                return f"按{level}的数字，{said}"
    return verdict(question, sides)


def verdict(question: Question, sides: Sequence[Side]) -> str:
    """Which of two figures is larger and by how much, reckoned from the quotes below; "" where that was not asked.

    Both figures stand in verified sentences; only their difference is new, and the line says so.
    """
    if len(sides) != 2 or not of_amounts(question):
        return ""
    one, other = sides
    unlike = _unlike(question, one, other) if one.figure and other.figure else _of_one(question, one, other)
    gap = one.figure.apart(other.figure) if one.figure and other.figure else None
    if gap is None and one.figure and other.figure:
        unlike = unlike or "两边数字的口径不同，"
    if unlike or one.figure is None or other.figure is None or gap is None:
        return f"{unlike}不能直接比较。\n" if unlike and _RANKS.search(question.search) else ""
    more, less = (one, other) if one.figure.value >= other.figure.value else (other, one)
    return _larger(question, more, less, gap) + _of_years(one, other) + "\n"


def _larger(question: Question, more: Side, less: Side, gap: Decimal) -> str:
    """Which side is larger, and by how much where both are told without a lower bound."""
    first, second = more.figure, less.figure
    if first is None or second is None:
        return ""
    kind = "高" if first.unit == "%" or (first.unit == "元" and "高" in question.search) else "多"
    if gap and second.text.startswith(_LEAST):
        return f"按写出的数字，{more.name}更{kind}：{first.text}；{less.name}写的是{second.text}，实际可能更多。"
    unit = "个百分点" if first.unit == "%" else first.counter
    about = "约" if first.vague or second.vague else ""
    return (
        f"两边相同，都是{first.text}。"
        if not gap
        else f"{more.name}更{kind}：{first.text}，{less.name}{second.text}，相差{about}{told_number(gap)}{unit}（按原文数字算出）。"
    )


def _of_years(one: Side, other: Side) -> str:
    """That the figures of two sides are of different years, where they are."""
    if not one.year or not other.year or one.year == other.year or one.name.startswith(one.year):
        return ""
    return f"两边数字的年份不同（{one.name}{one.year}年，{other.name}{other.year}年），只供参考。"


def _is_aim(question: Question, said: str, published: str) -> bool:
    """Whether a sentence tells a plan; for who asks for aims also what is put forward, or set for a year to come."""
    if is_planned(said) or not _OF_AIMS.search(question.search):
        return is_planned(said)
    return bool(_SETS_AIM.search(said)) or any(year > published[:4] > "" for year in _BY_YEAR.findall(said))


def _with_level(question: Question, figure: Reckoned) -> str:
    """A figure with the level that it is of, which is the asked one where it names no other."""
    level = figure.level or level_in(question.search)
    return f"{figure.text}是{level}的数" if level else f"{figure.text}没有写明级别"


def _of_one(question: Question, one: Side, other: Side) -> str:
    """What keeps a single figure from being compared; "" where nothing is known to."""
    side = one if one.figure else other
    if side.figure is None:
        return ""
    if side.part:
        return f"{side.name}的资料只写了{side.part}的数字，两边"
    if side.aimed and not asks_of_aims(question.search):
        return f"{side.name}的数字是目标，不是已有的数，两边"
    silent = other if one.figure else one
    if silent.told:
        return f"{silent.name}的原文里没有可以比的一个数字，两边"
    return ""


def _unlike(question: Question, one: Side, other: Side) -> str:
    """Why two figures are not set against each other; "" where they may be."""
    sides = (one, other)
    for side in sides:
        if side.part:
            return f"{side.name}的资料只写了{side.part}的数字，两边"
    first, second = one.figure, other.figure
    if first is None or second is None:
        return ""
    if aimed := _as_aims(question, one, other):
        return aimed
    if not first.is_like(second):
        return f"两边写的不是同一种数（{one.name}{first.text}，{other.name}{second.text}），"
    if first.level != second.level:
        said = "，".join(f"{side.name}的{_with_level(question, side.figure)}" for side in sides if side.figure)
        return f"口径不同：{said}，"
    return _as_told(one, other, first, second)


def _as_told(one: Side, other: Side, first: Reckoned, second: Reckoned) -> str:
    """Why one of two figures of one sort does not tell of all there is; "" where both do, or neither."""
    for basis, said in ((BATCH, "只是其中一批的"), (GROWTH, "是新增数，不是总数")):
        having = [side.name for side, figure in ((one, first), (other, second)) if basis in figure.basis]
        if len(having) == 1:
            return f"{having[0]}的数字{said}，两边"
    doubtful = [side.name for side in (one, other) if side.doubtful]
    if doubtful:
        return f"{'和'.join(doubtful)}的资料里还有相差很大的数字，数的可能不是同一件事，两边"
    return ""


def _as_aims(question: Question, one: Side, other: Side) -> str:
    """Why a figure that is an aim is not set against one that is there; "" where both are what was asked for."""
    aimed = [side.name for side in (one, other) if side.aimed]
    if aimed and not asks_of_aims(question.search):
        return f"{'和'.join(aimed)}的数字是目标，不是已有的数，两边"
    if len(aimed) == 1 and _OF_AIMS.search(question.search):
        return f"{(one if other.aimed else other).name}的原文没有写明这是目标，两边"
    of_year = [side.year in question.years for side in (one, other)]
    if sum(of_year) == 1:
        return f"{(other if of_year[0] else one).name}的原文没有写明是{'、'.join(question.years)}年的数字，两边"
    return ""
