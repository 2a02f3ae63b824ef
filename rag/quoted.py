"""Names in quotation marks or book titles of a question, and the places that stand in such names only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from index.normalise import search_form
from index.places import PlaceMention, find_places, is_within

_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》“「『《\n]{2,20})[”\"」』》]")


def quoted_names(text: str) -> dict[str, str]:
    """The names in quotation marks as they are written, by their search form, in order."""
    return {search_form(found): found for found in _QUOTED.findall(text)}


# What is called after the place that it comes from (某地大枣) may be sold and asked about anywhere.
_PRODUCT = re.compile(
    r"的?(?:特产|大?枣|大米|米粉|绿茶|红茶|白茶|苹果|[脆雪]?梨|桃子?|西瓜|哈密瓜|葡萄|柚子?|橙子?|火腿|烤鸭|拉面|核桃|羊肉|牛肉|白酒)"
)


# Where somebody comes from, beside the place where he is: 某省商会, 某省籍, 我是某地人, 从某地来某市.
_HAILING = re.compile(r"商会|同乡会|籍|人(?=[，,。；;]|想|来|在|到|去|刚)")
_LEFT = re.compile(r"(?:过来|来|跑|嫁|搬|调|转|赶|回)到?$")


def places_spoken_of(text: str, whole: bool = True) -> list[PlaceMention]:
    """The places that a text mentions, without those that only a product (某地大枣) or somebody comes from.

    A `whole` question keeps the latter where it names no other.
    """
    found = [each for each in find_places(text) if not _PRODUCT.match(text, each.end)]
    starts = [*(each.start for each in found[1:]), len(text)]
    kept = [each for each, following in zip(found, starts, strict=False) if not _hails(text, each, following)]
    return kept or (found if whole else [])


def places_written_before(text: str, mentions: Sequence[PlaceMention]) -> frozenset[str]:
    """The places that are only written before a narrower one in them (苏州 of 苏州吴中区, but not of 苏州和吴中区)."""
    leading: set[str] = set()
    alone: set[str] = set()
    for place, following in zip_longest(mentions, mentions[1:]):
        leads = (
            following is not None
            and text[place.end : following.start] in {"", "的"}
            and following.full_name != place.full_name
            and is_within(following.full_name, place.full_name)
        )
        (leading if leads else alone).add(place.full_name)
    return frozenset(leading - alone)


def _hails(text: str, place: PlaceMention, following: int) -> bool:
    """Whether somebody only comes from a place; `following` is where the next one stands."""
    before, behind = text[: place.start], _HAILING.match(text, place.end)
    if behind:
        return behind[0] != "人" or before.endswith("是")
    return before.endswith("从") and bool(_LEFT.search(text[place.end : following]))


def places_in_names(text: str) -> frozenset[str]:
    """The places that stand only inside quoted names (“惠山工匠日”) while another place stands outside them."""
    outside = {mention.full_name for mention in find_places(_QUOTED.sub(" ", text))}
    if not outside:
        return frozenset()
    return frozenset(mention.full_name for mention in find_places(text)) - outside
