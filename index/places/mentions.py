"""Places that a text mentions, in either script; ambiguous names count only where the text says which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from index.normalise import normalise
from index.places.gazetteer import ancestors, places
from index.places.naming import Named, named_in
from index.places.passing import passing_at
from index.places.resolving import Resolving

# A short name that begins a company's or a school's name says where that body is from, not where the text is about.
_IN_BODY_NAME = re.compile(
    r"[\u3400-\u9fffa-z()]{1,14}?(?:有限责任公司|有限公司|公司|集团|研究院|研究所|大学(?!生|毕业)|学院|职院|股份)"
)
# A branch works in the place that it is called after.
_BRANCH = re.compile(
    r"[\u3400-\u9fff]{0,6}?(?:[分支]公司|(?:供电|电力|移动|联通|电信|烟草|石油|邮政|人寿|人保)公司|分行|支行)"
)
_BREAKS_BODY_NAME = re.compile(r"[的在是与将已把被让和对从向为于等]|工会|企业|探索|开展|推动|样板")


@dataclass(frozen=True, slots=True, order=True)
class PlaceMention:
    """A place mentioned at [start, end) of the text that was asked about.

    `is_incidental` inside the name of a company or school; `is_passing` where people and goods come from or go to, where
    somebody served before, or where a national agency files its news.
    """

    start: int
    end: int
    full_name: str
    is_incidental: bool = False
    is_passing: bool = False


def find_places(text: str, around: Iterable[str] = ()) -> list[PlaceMention]:
    """The places that a text mentions, in order, with offsets in the text as it stands; `mentions_in` says how."""
    return list(_found(text, tuple(around)))


# What reads a sentence for its places, its doers and its guests asks for the same words several times, one after the other.
@lru_cache(maxsize=512)
def _found(text: str, around: tuple[str, ...]) -> tuple[PlaceMention, ...]:
    form = normalise(text)
    spans = [(form.span(mention.start, mention.end), mention) for mention in mentions_in(form.text, around)]
    return tuple(replace(mention, start=span.start, end=span.end) for span, mention in spans)


def mentions_in(form_text: str, around: Iterable[str] = ()) -> list[PlaceMention]:
    """The places that a text in search form mentions, in order, with offsets in that form.

    The longest name wins; 广东东莞 mentions both. A name that several places bear (朝阳区), and the short name of a county
    (大丰), count only where the place they lie in is mentioned too or stands in `around`, full names known from elsewhere.
    """
    named = named_in(form_text)
    if not named:
        return []
    resolving = Resolving(form_text, named, around) if any(each.name.is_weak for each in named) else None
    passing = passing_at(form_text, [(each.start, each.end) for each in named])
    found: list[PlaceMention] = []
    for number, each in enumerate(named):
        full_name = resolving.resolved(number) if resolving and each.name.is_weak else each.name.bearers[0]
        if full_name is not None:
            incidental = _is_incidental(form_text, each)
            found.append(PlaceMention(each.start, each.end, full_name, incidental, number in passing))
    return _with_sites(found)


def _with_sites(found: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions with those before a company's name told from those in it: 山西长治 of 山西长治山西通洲集团 is where it works."""
    for number in range(len(found) - 2, -1, -1):
        mention, following = found[number], found[number + 1]
        if mention.is_incidental and mention.end == following.start:
            leads = mention.full_name in ancestors(following.full_name)
            if not leads or not following.is_incidental:
                found[number] = replace(mention, is_incidental=False)
    return found


def _is_incidental(text: str, each: Named) -> bool:
    if not each.name.is_short or places()[each.name.bearers[0]].level == "enterprise":
        return False
    if text.startswith("频道", each.end):
        return True
    body = _IN_BODY_NAME.match(text, each.end)
    if body is None or _BREAKS_BODY_NAME.search(body[0]):
        return False
    return _BRANCH.match(text, each.end) is None
