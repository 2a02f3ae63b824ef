"""Answers of several places or years in one: each with its own quotes, a row each, and what the figures come to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.places import find_places, is_within
from rag.draft import Draft
from rag.question import understand
from rag.types import Question, Table
from rag.verdict import Side, made_side, of_amounts, verdict, verdict_of_places

PLACE_COLUMNS = ("地区", "原文依据", "来源", "日期")
YEAR_COLUMNS = ("年份", "原文依据", "来源", "日期")
UNDATED = "日期不详"
# A comparison said of one side: without the words that join or choose, with what asks for the amount.
_JOINS = re.compile(r"[和与跟同及比、]$")
_JOINED = re.compile(r"[和与跟同及比、]")
_WHO = r"(?>谁|哪[一1]?[个座边方家]?(?:城市|市|省|县|区|地方)?)(?:的|要|会)?"
_MORE = r"(?:更|最)?[多少高低大小](?:一?些|一?点)?(?=[，,。？?]|$)"
_ALONE = (
    # 谁办得多 and 哪个定得高 ask for the number that there is; 谁奖得多 speaks of awards.
    (
        re.compile(rf"{_WHO}(?:(?:[办定搞做建开来有拿评设]|命名|培养|培育)得|(?P<of>[^，。？?得]{{1,2}})得){_MORE}"),
        r"\g<of>有多少",
    ),
    (re.compile(r"(?<=[\u4e00-\u9fff])(?:相?比|比起来|比较)(?=[，,]?(?:谁|哪))"), ""),
    (re.compile(r"(?:相差|差|多|少|高|低)(?:了|出)?(?=多少|几)"), "有"),
    (re.compile(rf"{_WHO}(?=[^，。？?]{{3,}}[多少高低大小](?:[，,。？?]|$))"), ""),
    (re.compile(r"(?<=[\u4e00-\u9fff])比[，,]"), "，"),
)
_CHOICE = re.compile(rf"[，,]?(?:{_WHO})?(?:更|最)?(?<![多至])[多高大低小](?=[，,。？?]|$)")
_AMOUNT = re.compile(r"多少|几")
_LONGEST_NOUN = 8
# 「工匠学院数量」 asks for the number of each, though not which is larger.
_NUMBER_OF = re.compile(r"的?(?:数量|数目)(?=[，,。？?]|$)")
# Which of two came first is told by the day of each (苏州的工匠日是什么时候).
_EARLIER = re.compile(rf"[，,]?{_WHO}(?P<of>[^，。？,?]{{0,16}}?)(?:更|最)?[早晚](?:一些|一点)?(?=[，,。？?]|$)")
# What several places did with one another stands in a sentence that names them all.
_JOINTLY = re.compile(r"联合|合办|共同|合作|联手|携手|一起|共建")
# 比2014年增长4倍 tells nothing of what there was in 2014, but 较2014年的31家 does.
_COMPARED_WITH = re.compile(r"(?:相?比|较|高于|低于|超过)(?:19|20)\d{2}(?!年?的?\d)")


def side_by_side(question: Question, drafts: Sequence[tuple[str, Draft]]) -> Draft:
    """The answers of several places in one, a row a place; a place without an answer is listed as left open."""
    joined = _joined(drafts)
    rows: list[tuple[str, ...]] = []
    places = [place for place, _ in drafts]
    everything = [said for _, draft in drafts for said, _ in draft.written]
    together = bool(_JOINTLY.search(question.search)) and any(_names_all(said, places) for said in everything)
    for place, draft in drafts:
        if not draft.sentences:
            joined.unanswered.append(f"{place}的资料里没有找到能确切回答的原文")
            rows.append((place, "没有找到能确切回答的原文", "", ""))
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
    joined.lead = verdict_of_places(question, [(one_side(question, place), place, draft) for place, draft in drafts])
    return joined


def vouched(question: Question, drafts: Sequence[tuple[str, Draft]], least: float) -> None:
    """Drop what a side tells less surely than `least`, unless its figure is of one sort with that of a side that is sure.

    「两省的补助谁高」: one says 补助7万元, the other 给予8万元, which alone would not be sure enough to tell.
    """
    sides = [(made_side(one_side(question, place), place, draft), draft) for place, draft in drafts]
    sure = [side.figure for side, draft in sides if draft.confidence >= least and side.figure and not side.part]
    for side, draft in sides:
        figure = side.figure
        is_like = figure is not None and any(figure.apart(one) is not None for one in sure)
        if draft.confidence >= least:
            continue
        if (of_amounts(question) or _NUMBER_OF.search(question.search)) and is_like and not side.part:
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
    joined.lead = verdict(question, [made_side(question, f"{year}年", draft, year) for year, draft in drafts])
    named = all(year in _COMPARED_WITH.sub("", text) for year, _ in drafts for text, _ in joined.written)
    return joined if len(joined.written) > 1 or named else None


def lead_of(question: Question, drafts: Sequence[tuple[Question, str, Draft]]) -> str:
    """Which of two named things has more, and by how much, before what is told of each; "" where that cannot be said."""
    return verdict(question, [_named(question, alone, name, draft) for alone, name, draft in drafts])


def _named(question: Question, alone: Question, name: str, draft: Draft) -> Side:
    """A side by its name; one that is a place is that place in full (临沂 is 临沂市)."""
    places = find_places(name)
    if len(places) == 1 and (places[0].start, places[0].end) == (0, len(name)):
        place = places[0].full_name
        return made_side(one_side(question, place), place, draft)
    whole, part = made_side(question, name, draft), made_side(alone, name, draft)
    return whole if whole.figure else part


def one_side(question: Question, place: str) -> Question:
    """The question asked of one place alone; one that compares amounts asks for the amount of each (吉安的试点企业有多少)."""
    if _EARLIER.search(question.standalone):
        alone = _EARLIER.sub(r"\g<of>是什么时候", _without_others(question.standalone, place))
        return replace(understand(alone, without=question.without), text=question.text, places=(place,))
    if not of_amounts(question) and not _NUMBER_OF.search(question.standalone):
        return replace(question, places=(place,), asks=1)
    alone = _without_others(question.standalone, place)
    for pattern, said in [(_NUMBER_OF, "有多少"), *_ALONE]:
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
            at += _said_twice(said, text, at)
    return said + text[at:]


def _said_twice(said: str, text: str, at: int) -> int:
    """How much of a text from there on the other side has said, or will say again (甲大工匠和乙大工匠 → 甲大工匠)."""
    for size in range(min(len(said), _LONGEST_NOUN), 1, -1):
        if text.startswith(said[-size:], at):
            return size
    for mention in find_places(text):
        noun = _JOINS.sub("", text[at : mention.start]) if mention.start > at else ""
        if noun and noun != text[at : mention.start] and len(noun) <= _LONGEST_NOUN:
            ends = [noun[-size:] for size in range(2, len(noun) + 1)]
            return mention.start - at if text.startswith(tuple(ends), mention.end) else 0
    return 0


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
