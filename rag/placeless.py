"""A question that names no place and that the documents of several answer: what is told is of one, the others are named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from index.library import Library
from index.places import ancestors, is_enterprise, is_within, narrowest
from rag import refuse
from rag.extract import Extract, attributed, extract
from rag.premises import proper_names
from rag.quoted import quoted_names
from rag.terms import Asked, weigh
from rag.types import Passage, Question

BESIDE = "您没有说是哪个地方的，这里说的是{place}的情况。资料库里写到这件事的还有：{others}。请加上地名再问。"
ONLY = "您没有说是哪个地方的，这里说的是{place}的情况，别处可能不同。可以加上地名再问。"
WHERE = "您没有说是哪个地方的，不能一概回答。资料库里写到这件事的有：{places}。您在哪个地方？请加上地名再问。"
ASK = f"{refuse.WORDING['no_content']}请说您在哪个地方，加上地名再问一次。"
# A longer message would make no question with a place before it.
LONGEST_OFFERED = 30
# A question of the whole country, or of a document, is of no one place.
_OF_ALL = re.compile(r"全国|我国|国家|中央|全总|方案|意见|条例|规划|各地|报道|文章")
# Who goes on about somebody or something that was spoken of asks of no place at large.
_POINTS = re.compile(r"^(?:[他她它]|[那这该此])")
# What somebody asks for himself: whether there is such a thing, whether one may, how.
_FOR_ONESELF = re.compile(
    r"有没有|能不能|可不可以|吗[？?]?$|[我俺咱]|谁来?给|好处|有(?:啥|什么|哪些|多少)(?:待遇|补贴|补助|奖励|福利)|不[？?]?$"
)
# Every place pays another sum.
_MONEY = re.compile(r"多少钱")
_HOW = re.compile(r"怎么(?!规定)|怎样|如何|咋")
# Another place's sentence answers about as well: its chance and what it covers come so near to those of the one told.
AS_LIKELY = 0.4
AS_MUCH = 0.8
MOST_OTHERS = 3
# So many places, those of the first passages, are asked where no sentence was sure by itself.
MOST_ASKED = 4
MOST_PASSAGES = 12
LEAST_COVERED = 0.2


def others_that_tell(
    question: Question,
    terms: Asked,
    told: Sequence[Extract],
    ranked: Sequence[Extract],
    passages: Sequence[Passage],
    library: Library,
) -> str:
    """The line that names the places whose documents answer a question without one about as well; "" where none do."""
    if (
        not _may_be_anywhere(question)
        or not told
        or any(_place(each.places) != _place(told[0].places) for each in told)
    ):
        return ""
    first, place = told[0], _place(told[0].places)
    others: list[str] = []
    for each in ranked:
        other = _place(each.places)
        if not place or not other or len(others) == MOST_OTHERS:
            continue
        if any(is_within(other, known) or is_within(known, other) for known in (place, *others)):
            continue
        if (
            each.weighed >= AS_LIKELY * first.weighed
            and each.covered >= AS_MUCH * first.covered
            and each.fitting >= AS_MUCH * first.fitting
            and refuse.judgement(question, terms, [each], passages, library).confidence >= refuse.threshold(library)
        ):
            others.append(other)
    if place and _bare(place) in question.search:
        return ""
    if others:
        return BESIDE.format(place=place, others="、".join(others))
    for_oneself = any(each.search(question.search) for each in (_FOR_ONESELF, _HOW, _MONEY))
    return ONLY.format(place=place) if place and for_oneself else ""


def places_that_tell(question: Question, passages: Sequence[Passage], library: Library) -> list[str]:
    """The places whose passages would answer a question that was refused, had it been asked of them."""
    if not _may_be_anywhere(question):
        return []
    near = [_place(each.chunk.places or each.document.places) for each in passages[:MOST_PASSAGES]]
    asked = [place for place in dict.fromkeys(near) if place][:MOST_ASKED]
    telling = (place for place in asked if _tells(replace(question, places=(place,)), passages, library))
    return list(islice(telling, MOST_OTHERS))


def asked_back(question: Question, places: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """What a refusal says that asks for the place, "" where it is not needed, and the same question of each of the places."""
    if not places:
        return ASK if _FOR_ONESELF.search(question.search) and _may_be_anywhere(question) else "", ()
    offered = tuple(f"{place}{question.text}" for place in places) if len(question.text) <= LONGEST_OFFERED else ()
    return WHERE.format(places="、".join(places)), offered


def _tells(question: Question, passages: Sequence[Passage], library: Library) -> bool:
    """Whether the question is surely answered by those of the passages that are of its place."""
    own = [each for each in passages if attributed(each.chunk.places or each.document.places, question.places)]
    terms = weigh(question, library)
    extracts = extract(question, terms, own)
    if not extracts or extracts[0].covered < LEAST_COVERED:
        return False
    judged = refuse.judgement(question, terms, extracts, own, library)
    return judged.confidence >= refuse.threshold(library)


def _may_be_anywhere(question: Question) -> bool:
    """Whether a question names no place, year or name and is not of the whole country."""
    import rjieba

    named = question.places or question.unknown_places or question.carried or quoted_names(question.standalone)
    open_kind = question.kind not in {"which", "compare"} and not _POINTS.search(question.search)
    if named or not open_kind or _OF_ALL.search(question.search):
        return False
    # The dictionary knows towns and counties by short names that count for no place elsewhere.
    is_placed = any(tag == "ns" for _, tag in rjieba.tag(question.search))
    return not is_placed and not any(proper_names(run) for run in question.runs)


def _bare(place: str) -> str:
    """A place's own name without what it is and what it lies in (海州 of 连云港市海州区)."""
    return place.removeprefix(next(iter(ancestors(place)), ""))[:-1]


def _place(places: Sequence[str]) -> str:
    """The one place of an extract or a passage, "" for several, an enterprise or the whole country."""
    found = narrowest(list(places))
    return found[0] if len(found) == 1 and found[0] != "全国" and not is_enterprise(found[0]) else ""
