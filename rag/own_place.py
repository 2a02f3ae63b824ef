"""The figure of a place itself: that of a part of it is not told where the whole, a city or the country, was asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.normalise import search_form
from index.places import find_places, is_enterprise, is_within, narrowest
from rag.choosing.chooser import chances
from rag.extract import Extract, first_ranked
from rag.figures import find_figures
from rag.planned import asks_of_aims, is_planned
from rag.premises import OF_A_PART, ONLY_PLANNED, proper_names
from rag.quoted import quoted_names
from rag.terms import Asked
from rag.types import Passage, Question
from rag.wanted import is_share

# A question of the whole country, or of the document that holds for all of it.
_NATIONWIDE = re.compile(r"全国|我国|(?:产改|改革)方案|中央(?!企业)")

# The place's own sentence must speak of this share of what that of its part speaks of.
AS_MUCH = 0.8
MOST_READ = 12
OF_NO_COUNTRY = "资料里的数字是{part}的，不是{asked}的："
# What asks how many or how much there is of something, and not what one event or body came to.
_HOLDS = re.compile(
    r"(?:有|共有?|建成|建了|培养了?|达到?了?)(?:多少|几)|(?:工人|人才|工匠|技师|企业|工作室|占比|比例|比重|目标)(?:是|为|有)?(?:多少|多高|几)"
    r"|多少(?:家|个|名|所)?[\u4e00-\u9fff]{2,10}$"
)
_COUNTRY = re.compile(r"^(?:全国|我国)(?:的|各地)?")
# A question of nothing but how many of a thing a place has; what tells more wants the figure of an event or of a body.
_OFTEN = r"(?:请问|现在|目前|如今|一共|总共|总计|大概|大约|到底|到现在|[1-9]\d{3}年)*"
_HAS = r"(?:都?共?有|是|为|达到?了?|建成?了?|培养了?|命名了?|评了?)"
_MUCH = r"(?:多少|几|多高)(?:万|亿)?[家个名人所位项间]?"
_THING = r"[\u4e00-\u9fff]{2,12}?"
_WHOLLY = re.compile(
    rf"{_OFTEN}的?{_OFTEN}(?:{_THING}{_OFTEN}{_HAS}?{_MUCH}|{_HAS}{_MUCH}{_THING})(?:了|啊|呀|呢|来着)*[？?。 ]*"
)
# The years of a plan are no figures of it.
_WHEN = re.compile(r"(?:19|20)\d{2}年(?:\d{1,2}月)?(?:底|末|初)?|\d+年[内里左]右?")
# A sentence that begins with one employer tells that one's figure, but 某某公司等25家 does not.
_EMPLOYER = re.compile(
    r"^[^，,。；;]{2,24}?(?:公司|集团|厂|煤矿|该[局厂矿])(?![等、和及])|该(?:局|公司|集团|厂|企业|矿|院|校)[^，,。；;]*\d"
    r"|所在的[^，,。；;]*\d"
)
_ASKS_EMPLOYER = re.compile(r"公司|集团|厂|矿|企业|单位|局")
_CLAUSE = re.compile(r"[^，,。；;！!？?]+")


def of_the_place(question: Question, terms: Asked, chosen: list[Extract], passages: Sequence[Passage]) -> list[Extract]:
    """The chosen extracts, led by the best one of the asked place itself where the first is of a part of it.

    A part is told as before where the place itself has no sentence that says as much.
    """
    place = _asked_whole(question)
    if not place or not chosen or question.kind not in {"figure", "date"} or not _of_a_part(chosen[0], place):
        return chosen
    first = chosen[0]
    for extract in first_ranked(question, terms, passages, MOST_READ):
        alike = extract.fitting >= first.fitting and extract.covered >= AS_MUCH * first.covered
        if alike and not _of_a_part(extract, place):
            # What was found by reading everything is weighed as the chosen sentence was.
            learned = chances(question, terms.grams, [extract.line])
            return [replace(extract, chance=float(learned[0]))]
    return chosen


def not_of_the_whole(question: Question, told: Sequence[Extract]) -> str:
    """The line before a figure of places within the one asked about, or of one employer there; "" where it is of the place itself.

    A question that names somebody's own thing wants that one's figure, wherever it is.
    """
    whole = _asked_whole(question)
    if not whole or not told or not _is_of_holdings(question) or any(_tells_of_all(each, whole) for each in told):
        return ""
    parts = [] if not all(_of_a_part(each, whole) for each in told) else _places(told)
    of_one = not _ASKS_EMPLOYER.search(question.search) and bool(_EMPLOYER.search(told[0].search))
    if not parts and not of_one:
        return ""
    one = "一家单位" if of_one and not any(is_enterprise(part) for part in parts) else ""
    return (OF_A_PART if whole != "全国" else OF_NO_COUNTRY).format(part="、".join(parts) + one, asked=whole)


def planned_only(question: Question, sentence: str) -> str:
    """The line before the figure of a plan or an aim where the question asks what there is; "" where none is needed."""
    if not _asks_how_many(question) or asks_of_aims(question.search):
        return ""
    counted = [each for each in _CLAUSE.findall(sentence) if find_figures(search_form(_WHEN.sub("", each)))]
    return ONLY_PLANNED if counted and all(is_planned(each) for each in counted) else ""


def share_for_count(question: Question, told: str) -> bool:
    """Whether it is asked how many there are and shares alone are told (比例提高5%)."""
    return _asks_how_many(question) and is_share(question, search_form(told))


def _asks_how_many(question: Question) -> bool:
    return question.kind == "figure" and bool(_HOLDS.search(question.search.rstrip("？?。 ")))


def _is_of_holdings(question: Question) -> bool:
    """Whether a question asks nothing but how many of a thing a place has, and names nobody's own thing."""
    form = _COUNTRY.sub("", question.search)
    for mention in reversed(find_places(form)):
        form = form[: mention.start] + form[mention.end :]
    if question.kind != "figure" or not _WHOLLY.fullmatch(form):
        return False
    return not quoted_names(question.standalone) and not any(proper_names(run) for run in question.runs)


def _tells_of_all(extract: Extract, whole: str) -> bool:
    """Whether a sentence says that it is of the whole place (全省), though its document is filed under a part."""
    return bool(re.search(f"[全我]{whole[-1]}", extract.line.search))


def _asked_whole(question: Question) -> str:
    """The one place that is asked about, 全国 where a question of no place is of the whole country; "" for several or none."""
    places = narrowest(list(question.places))
    if not places and _NATIONWIDE.search(question.search):
        return "全国"
    return places[0] if len(places) == 1 else ""


def _places(told: Sequence[Extract]) -> list[str]:
    return list(dict.fromkeys(place for each in told for place in narrowest(list(each.places))))


def _of_a_part(extract: Extract, place: str) -> bool:
    """Whether all places that an extract is about lie within the place without being it."""
    about = narrowest(list(extract.places))
    if place == "全国":
        return bool(about) and "全国" not in about
    return bool(about) and all(each != place and is_within(each, place) for each in about)
