"""Answers of several places or years in one: each with its own quotes, a row each, and what the figures come to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.places import find_places, is_within, narrowest
from rag.draft import Draft
from rag.planned import asks_of_aims, is_planned
from rag.question import understand
from rag.reckoning import GROWTH, Reckoned, reckoned, told_number
from rag.types import Question, Table

PLACE_COLUMNS = ("地区", "原文依据", "来源", "日期")
YEAR_COLUMNS = ("年份", "原文依据", "来源", "日期")
UNDATED = "日期不详"
# What asks for more than both figures side by side.
_COMPARES = re.compile(
    r"谁|哪[个座边方家]?[^，。？,?]{0,8}(?:更|最)?(?:多|少|高|低|大|小)|差(?:多少|几|距)|相差|比.{0,16}(?:多|少|高|低|大)|更[多少高低大]"
    r"|[多少高低]出?(?:多少|几)|对比|比较|相比"
)
# A comparison said of one side: without the words that join or choose, with what asks for the amount.
_JOINS = re.compile(r"[和与跟同及比、]$")
_JOINED = re.compile(r"[和与跟同及比、]")
_WHO = r"(?>谁|哪[一1]?[个座边方家]?(?:城市|市|省|县|区|地方)?)(?:的|要|会)?"
_ALONE = (
    (re.compile(r"(?<=[\u4e00-\u9fff])(?:相?比|比起来|比较)(?=[，,]?(?:谁|哪))"), ""),
    (re.compile(r"(?:相差|差|多|少|高|低)(?:了|出)?(?=多少|几)"), "有"),
    (re.compile(rf"{_WHO}(?=[^，。？?]{{3,}}[多少高低大小](?:[，,。？?]|$))"), ""),
    (re.compile(r"(?<=[\u4e00-\u9fff])比[，,]"), "，"),
)
_CHOICE = re.compile(rf"[，,]?(?:{_WHO})?(?:更|最)?(?<![多至])[多高大低小](?=[，,。？?]|$)")
_AMOUNT = re.compile(r"多少|几")
# Which of two came first is told by the day of each (苏州的工匠日是什么时候).
_EARLIER = re.compile(rf"[，,]?{_WHO}(?P<of>[^，。？,?]{{0,16}}?)(?:更|最)?[早晚](?:一些|一点)?(?=[，,。？?]|$)")
# What several places did with one another stands in a sentence that names them all.
_JOINTLY = re.compile(r"联合|合办|共同|合作|联手|携手|一起|共建")
_LEAST = ("不低于", "不少于", "至少")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# 比2014年增长4倍 tells nothing of what there was in 2014, but 较2014年的31家 does.
_COMPARED_WITH = re.compile(r"(?:相?比|较|高于|低于|超过)(?:19|20)\d{2}(?!年?的?\d)")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: its name, its figure where one is told, the year and the part of the place that it is of."""

    name: str
    figure: Reckoned | None
    year: str
    part: str = ""


def side_by_side(question: Question, drafts: Sequence[tuple[str, Draft]]) -> Draft:
    """The answers of several places in one, a row a place; a place without an answer is listed as left open."""
    joined = _joined(drafts)
    rows: list[tuple[str, ...]] = []
    places = [place for place, _ in drafts]
    everything = [said for _, draft in drafts for said, _ in draft.written]
    together = bool(_JOINTLY.search(question.search)) and any(_names_all(said, places) for said in everything)
    for place, draft in drafts:
        if not draft.sentences:
            joined.unanswered.append(f"{place}的资料没有提到这件事")
            rows.append((place, "资料未提及", "", ""))
            continue
        for said, evidence in draft.written:
            text = said if any(is_within(each.full_name, place) for each in find_places(said)) else f"{place}：{said}"
            if together and not _names_all(said, places):
                continue
            # What two places did together is told once, in a row of each.
            if told := next((each for each in joined.sentences if _holds(each.text, text)), None):
                document = evidence[0].document
                rows.append((place, f"{text}【{told.numbers[0]}】", document.title, document.published or UNDATED))
                continue
            if joined.write(text, evidence) is None:
                continue
            rows.append(_row(place, text, joined))
    joined.table = Table(PLACE_COLUMNS, tuple(rows))
    joined.lead = _lead(question, [_side(one_side(question, place), place, draft) for place, draft in drafts])
    return joined


def vouched(question: Question, drafts: Sequence[tuple[str, Draft]], least: float) -> None:
    """Drop what a side tells less surely than `least`, unless its figure is of one sort with that of a side that is sure.

    「两省的补助谁高」: one says 补助7万元, the other 给予8万元, which alone would not be sure enough to tell.
    """
    sides = [(_side(one_side(question, place), place, draft), draft) for place, draft in drafts]
    sure = [side.figure for side, draft in sides if draft.confidence >= least and side.figure and not side.part]
    for side, draft in sides:
        figure = side.figure
        is_like = figure is not None and any(figure.apart(one) is not None for one in sure)
        if draft.confidence >= least:
            continue
        if of_amounts(question) and is_like and not side.part:
            draft.confidence = least
        else:
            draft.drop_sentences()


def year_by_year(question: Question, drafts: Sequence[tuple[str, Draft]]) -> Draft | None:
    """The answers of one place in several years in one, a row a year; the same sentence of two years is told once.

    None when all years got one sentence that does not name them: then it is no answer of each.
    """
    joined = _joined(drafts)
    rows = []
    for year, draft in drafts:
        for said, evidence in draft.written:
            if not any(_holds(text, said) for text, _ in joined.written):
                joined.write(said, evidence)
            number = next((each.numbers[0] for each in joined.sentences if _holds(each.text, said)), None)
            if number is not None:
                document = evidence[0].document
                rows.append((f"{year}年", f"{said}【{number}】", document.title, document.published or UNDATED))
        joined.unanswered += [f"{year}年的情况"] if not draft.sentences else []
    joined.table = Table(YEAR_COLUMNS, tuple(rows))
    joined.lead = _lead(question, [_side(question, f"{year}年", draft, year) for year, draft in drafts])
    named = all(year in _COMPARED_WITH.sub("", text) for year, _ in drafts for text, _ in joined.written)
    return joined if len(joined.written) > 1 or named else None


def lead_of(question: Question, drafts: Sequence[tuple[str, Draft]]) -> str:
    """Which of two named things has more, and by how much, before what is told of each; "" where that cannot be said."""
    return _lead(question, [_side(question, name, draft) for name, draft in drafts])


def of_amounts(question: Question) -> bool:
    """Whether a comparison asks which of two amounts is larger, or by how much."""
    return bool(_COMPARES.search(question.search))


def one_side(question: Question, place: str) -> Question:
    """The question asked of one place alone; one that compares amounts asks for the amount of each (吉安的试点企业有多少)."""
    if _EARLIER.search(question.standalone):
        alone = _EARLIER.sub(r"\g<of>是什么时候", _without_others(question.standalone, place))
        return replace(understand(alone, without=question.without), text=question.text, places=(place,))
    if not of_amounts(question):
        return replace(question, places=(place,), asks=1)
    alone = _without_others(question.standalone, place)
    for pattern, said in _ALONE:
        alone = pattern.sub(said, alone)
    alone = _CHOICE.sub("" if _AMOUNT.search(alone) else "有多少", alone)
    asked = understand(alone, without=question.without)
    return replace(asked, text=question.text, places=(place,), years=question.years)


def _without_others(text: str, place: str) -> str:
    """The text less the places that are not the one meant, each with the word that joined it to its neighbour."""
    said, at = "", 0
    for mention in find_places(text):
        said += text[at : mention.start]
        at = mention.start
        if not is_within(mention.full_name, place) and not is_within(place, mention.full_name):
            at = mention.end
            joined = _JOINS.search(said)
            said = said[: joined.start()] if joined else said
            at += len(behind[0]) if not joined and (behind := _JOINED.match(text, at)) else 0
    return said + text[at:]


def _holds(text: str, said: str) -> bool:
    """Whether a sentence says all of another one, word for word."""
    return said.rstrip("。") in text


def _names_all(said: str, places: Sequence[str]) -> bool:
    """Whether a sentence names each of the places, or one within it."""
    named = [mention.full_name for mention in find_places(said)]
    return all(any(is_within(each, place) for each in named) for place in places)


def _joined(drafts: Sequence[tuple[str, Draft]]) -> Draft:
    """An empty draft that has read what the drafts have read, as sure as the least sure of those that answer."""
    joined = Draft(confidence=min((draft.confidence for _, draft in drafts if draft.sentences), default=0.0))
    for _, draft in drafts:
        joined.passages += draft.passages
        joined.raw_text += draft.raw_text
    return joined


def _row(name: str, text: str, joined: Draft) -> tuple[str, ...]:
    """The row of the sentence that was written last."""
    document = joined.written[-1][1][0].document
    return (name, f"{text}【{joined.sentences[-1].numbers[0]}】", document.title, document.published or UNDATED)


def _side(question: Question, name: str, draft: Draft, year: str = "") -> _Side:
    """A side by the first of its sentences that tells the figure; that of a part of the place only where there is no other."""
    of_part = _Side(name, None, year)
    for said, evidence in draft.written:
        if is_planned(said) and not asks_of_aims(question.search):
            continue
        figure = reckoned(question, said, year)
        if figure is None:
            continue
        parts = [place for place in narrowest(list(evidence[0].places)) if place != name and is_within(place, name)]
        named = _YEAR.findall(said)
        side = _Side(name, figure, year or (named or [(evidence[0].document.published or "")[:4]])[-1], *parts[:1])
        if not parts:
            return side
        of_part = of_part if of_part.figure else side
    return of_part


def _lead(question: Question, sides: Sequence[_Side]) -> str:
    """Which of two figures is larger and by how much, reckoned from the quotes below; "" where that was not asked.

    Both figures stand in verified sentences; only their difference is new, and the line says so.
    """
    if len(sides) != 2 or not of_amounts(question):
        return ""
    one, other = sides
    if one.figure is None or other.figure is None:
        return _incomparable(one, other)
    gap = one.figure.apart(other.figure)
    if gap is None or one.part or other.part:
        return _incomparable(one, other)
    more, less = (one, other) if one.figure.value >= other.figure.value else (other, one)
    first, second = more.figure, less.figure
    if first is None or second is None:
        return ""
    kind = "高" if first.unit == "%" or (first.unit == "元" and "高" in question.search) else "多"
    if gap and second.text.startswith(_LEAST):
        return f"按写出的数字，{more.name}更{kind}：{first.text}；{less.name}写的是{second.text}，实际可能更多。\n"
    unit = "个百分点" if first.unit == "%" else first.counter
    about = "约" if first.vague or second.vague else ""
    told = (
        f"两边相同，都是{first.text}。"
        if not gap
        else f"{more.name}更{kind}：{first.text}，{less.name}{second.text}，相差{about}{told_number(gap)}{unit}（按原文数字算出）。"
    )
    apart = one.year and other.year and one.year != other.year and not one.name.startswith(one.year)
    return (
        told
        + (f"两边数字的年份不同（{one.name}{one.year}年，{other.name}{other.year}年），只供参考。" if apart else "")
        + "\n"
    )


def _incomparable(one: _Side, other: _Side) -> str:
    """Why two figures of one sort are not set against each other; "" where one is missing or of another sort."""
    for side in (one, other):
        if side.part:
            return f"{side.name}的资料只写了{side.part}的数字，两边不能直接比较。\n"
    if one.figure is None or other.figure is None or not one.figure.is_like(other.figure):
        return ""
    grown = [side.name for side in (one, other) if side.figure and GROWTH in side.figure.basis]
    if len(grown) == 1:
        return f"{grown[0]}的数字是新增数，不是总数，两边不能直接比较。\n"
    return "两边数字的口径不同，不能直接比较。\n"
