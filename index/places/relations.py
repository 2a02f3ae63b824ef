"""How places lie in one another."""

from __future__ import annotations

from functools import lru_cache

from index.places.gazetteer import ancestors, places
from index.places.mentions import find_places


# An answer asks this of the same few places for every passage, every sentence and every place that a library holds.
@lru_cache(maxsize=65_536)
def is_within(inner: str, outer: str) -> bool:
    """Whether a place lies in another or is the same; compound names (盐城市大丰区, 江苏省常州市) and short ones are understood.

    A name that the gazetteer does not hold lies in itself, and in a place whose full name begins it (甲省乙市 in 甲省).
    """
    if inner == outer:
        return True
    narrow, wide = canonical(inner), canonical(outer)
    return (
        narrow == wide
        or wide in ancestors(narrow)
        or (len(wide) > 1 and narrow.startswith(wide) and narrow not in places())
    )


def province_of(full_name: str) -> str:
    """The province (or municipality, autonomous region) of a place; "" when unknown or nationwide."""
    place = canonical(full_name)
    chain = (place, *ancestors(place))
    known = places()
    return next((name for name in reversed(chain) if name in known and known[name].level == "province"), "")


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """The gazetteer's full name for a name of a place, the narrowest where it names several; the name itself when unknown."""
    if name in places():
        return name
    mentions = find_places(name)
    covered = sum(mention.end - mention.start for mention in mentions)
    if not mentions or covered < len(name):
        return name
    last = mentions[-1].full_name
    others = {mention.full_name for mention in mentions[:-1]}
    return last if others <= set(ancestors(last)) else name


def narrowest(full_names: list[str]) -> list[str]:
    """The places that none of the others lies in, each once, in their order."""
    once = list(dict.fromkeys(full_names))
    above = {name for place in once for name in ancestors(place)}
    return [place for place in once if place not in above]
