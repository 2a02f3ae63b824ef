"""A matter of a place that is filed under the place around it, or under none: a body called after it, a speaker's own place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.normalise import search_form
from index.places import ancestors, find_places, is_enterprise, is_within, narrowest
from rag.extract import Extract
from rag.premises import without_places
from rag.question import understand
from rag.quoted import places_written_before
from rag.types import Passage, Question

# What is told of a speaker: where somebody lives or works is not where the matter is.
_TOLD = re.compile(r"我|俺|咱|老公|老婆|媳妇|孩子|娃|表[哥弟姐妹]|亲戚|老家|邻居|同事|工友")
_ASKS = re.compile(r"多少|几|哪|谁|什么|啥|怎|如何|咋|吗|呢|多[大高久长]|能不能|有没有|是不是")
_CLAUSE = re.compile(r"[^，,。；;：:！!？?\n]+")
# A message of fewer clauses asks of the place that it names.
_LEAST_CLAUSES = 3
# So many characters behind a place tell the body that is called after it.
BODY = 2
OF_THE_WHOLE = "资料写的是{whole}的情况，没有单独写{asked}："


def around_the_place(question: Question, passages: Sequence[Passage]) -> tuple[Question, list[Passage], str]:
    """The question without its places, the passages that may answer it all the same, and what to say first.

    Such a passage is filed under nothing but what lies around the asked place. It names the body that is called after
    the place (某市某某公司), and no place apart from it. Where the place is only that of the speaker, it need not name it,
    which is then told.
    """
    asked = narrowest(list(question.places))
    open_question = without_places(question)
    if not asked or question.kind in {"which", "compare"}:
        return open_question, [], ""
    mentions = [each for each in find_places(question.standalone) if each.full_name in asked]
    bodies = {search_form(question.standalone[each.start : each.end + BODY]) for each in mentions if each.is_incidental}
    filed = [passage for passage in passages if _filed_around(passage, asked)]
    named = [passage for passage in filed if _names_only(passage, bodies, asked)]
    if named:
        return open_question, named, ""
    whole = _common(asked)
    own = [passage for passage in filed if whole and whole in (*passage.chunk.places, *passage.document.places)]
    if not own or not _of_the_speaker(question.standalone, asked):
        return open_question, [], ""
    return open_question, own, OF_THE_WHOLE.format(whole=whole, asked="、".join(asked))


def of_the_whole(question: Question) -> tuple[Question, str]:
    """The question of the place that the asked one is written behind (苏州 of 苏州吴中区), and what to say first; "" for none."""
    asked = narrowest(list(question.places))
    written = places_written_before(question.standalone, find_places(question.standalone))
    wide = next((place for place in ancestors(asked[0]) if place in written), "") if len(asked) == 1 else ""
    if not wide:
        return question, ""
    whole = understand(question.standalone, without=(*question.without, asked[0]))
    return replace(whole, places=(wide,)), OF_THE_WHOLE.format(whole=wide, asked=asked[0])


def tells_of_the_whole(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether all extracts are of the question's place itself, not of a part of it."""
    return all(narrowest(list(each.places)) == list(question.places) for each in extracts)


def _filed_around(passage: Passage, asked: Sequence[str]) -> bool:
    """Whether a passage and its document are of no place, or only of places around those that were asked about."""
    filed = {*passage.chunk.places, *passage.document.places}
    return all(is_enterprise(place) or all(_lies_in(each, place) for each in asked) for place in filed)


def _lies_in(place: str, around: str) -> bool:
    return place != around and is_within(place, around)


def _names_only(passage: Passage, names: set[str], asked: Sequence[str]) -> bool:
    """Whether a passage names one of the bodies in the words of the question, and no place that lies apart."""
    text = passage.chunk.search_text
    if not any(name in text for name in names):
        return False
    said = [each.full_name for each in find_places(text) if not each.is_passing and not is_enterprise(each.full_name)]
    return all(any(is_within(place, each) or is_within(each, place) for each in asked) for place in said)


def _common(asked: Sequence[str]) -> str:
    """The province that all the asked places lie in; "" where there is none."""
    shared = set.intersection(*(set(ancestors(each)) for each in asked))
    return next((place for place in ancestors(asked[0]) if place in shared), "")


def _of_the_speaker(text: str, asked: Sequence[str]) -> bool:
    """Whether the places stand only in what a longer message tells of the one who asks."""
    clauses = _CLAUSE.findall(text)
    placed = [each for each in clauses if any(found.full_name in asked for found in find_places(each))]
    return len(clauses) >= _LEAST_CLAUSES and all(_TOLD.search(each) and not _ASKS.search(each) for each in placed)
