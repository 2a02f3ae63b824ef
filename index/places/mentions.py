"""Places that a text mentions, in either script; ambiguous names count only where the text says which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.normalise import normalise
from index.places.gazetteer import Name, ancestors, places
from index.places.naming import Named, named_in
from index.places.passing import passing_at

# A short name that begins a company's or a school's name says where that body is from, not where the text is about.
_IN_BODY_NAME = re.compile(
    r"[\u3400-\u9fffa-z()]{1,14}?(?:有限责任公司|有限公司|公司|集团|研究院|研究所|大学(?!生|毕业)|学院|职院|股份)"
)
# A branch works in the place that it is called after.
_BRANCH = re.compile(
    r"[\u3400-\u9fff]{0,6}?(?:[分支]公司|(?:供电|电力|移动|联通|电信|烟草|石油|邮政|人寿|人保)公司|分行|支行)"
)
_BREAKS_BODY_NAME = re.compile(r"[的在是与将已把被让和对从向为于等]|工会|企业|探索|开展|推动|样板")
_COUNTY_BODY = re.compile(r"县(?!级)|公安|法院|检察院|交警|警方|融媒|消防|供电|农商银行|政协|人大")
# Names of districts that are also plain nouns; they follow their city at once or are none.
_NOUNS = "城区 郊区 矿区 东区 西区 南区 北区 新城区 城中区 城东区 城西区 城北区 市中区 城关区 新区 桥东区 桥西区"
_PLAIN_NOUNS = frozenset(_NOUNS.split())


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
    form = normalise(text)
    found = []
    for mention in mentions_in(form.text, around):
        span = form.span(mention.start, mention.end)
        found.append(replace(mention, start=span.start, end=span.end))
    return found


def mentions_in(form_text: str, around: Iterable[str] = ()) -> list[PlaceMention]:
    """The places that a text in search form mentions, in order, with offsets in that form.

    The longest name wins; 广东东莞 mentions both. A name that several places bear (朝阳区), and the short name of a county
    (大丰), count only where the place they lie in is mentioned too or stands in `around`, full names known from elsewhere.
    """
    named = named_in(form_text)
    if not named:
        return []
    context = _context(named, around)
    found: list[PlaceMention] = []
    # The number of the last naming of each place, so that the nearest of several bearers is known at once.
    last: dict[str, int] = {}
    passing = passing_at(form_text, [(each.start, each.end) for each in named])
    for number, each in enumerate(named):
        if each.name.is_weak:
            beside = named[number - 1] if number and named[number - 1].end == each.start else None
            full_name = _resolved(each.name, beside, context, last) or _listed(form_text, named, number, context)
        else:
            full_name = each.name.bearers[0]
            last[full_name] = number
        if full_name is not None:
            incidental = _is_incidental(form_text, each)
            found.append(PlaceMention(each.start, each.end, full_name, incidental, number in passing))
    return _with_sites(found)


def _context(named: Sequence[Named], around: Iterable[str]) -> set[str]:
    own = {each.name.bearers[0] for each in named if not each.name.is_weak}
    own.update(around)
    return own.union(*(ancestors(place) for place in own))


def _resolved(name: Name, beside: Named | None, context: set[str], last: Mapping[str, int]) -> str | None:
    """Which of the places that bear a weak name is meant, None when the text does not say."""
    if name.text in _PLAIN_NOUNS:
        context = set(beside.name.bearers) if beside else set()
    known = places()
    near = [bearer for bearer in name.bearers if known[bearer].parent in context or bearer in context]
    if not near and not name.is_short:
        # A full name is also settled by its province, when only one bearer lies there.
        near = [bearer for bearer in name.bearers if not context.isdisjoint(ancestors(bearer))]
        near = near if len(near) == 1 else []
    if beside is not None and (name.is_beside or (not near and not beside.name.is_weak)):
        # 河北正定: a short name right behind the province that it lies in.
        near = [bearer for bearer in name.bearers if beside.name.bearers[0] in ancestors(bearer)]
    if len(near) < 2:
        return near[0] if near else None
    # Several bearers lie near: the place named last before this decides.
    said = [max(last.get(place, -1) for place in (bearer, *ancestors(bearer))) for bearer in near]
    return near[said.index(max(said))] if max(said) >= 0 else None


def _listed(text: str, named: Sequence[Named], number: int, context: set[str]) -> str | None:
    """The county whose short name stands in a list of places or before its own police or court, when its province is named."""
    name, start, end = named[number].name, named[number].start, named[number].end
    if (
        not name.is_short
        or len(name.bearers) > 1
        or name.text in _PLAIN_NOUNS
        or context.isdisjoint(ancestors(name.bearers[0]))
    ):
        return None
    before = number > 0 and text[named[number - 1].end : start] == "、"
    after = number + 1 < len(named) and text[end : named[number + 1].start] == "、"
    return name.bearers[0] if before or after or _COUNTY_BODY.match(text, end) else None


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
