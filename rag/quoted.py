"""Names in quotation marks or book titles of a question, and the places that stand in such names only."""

from __future__ import annotations

import re

from index.normalise import search_form
from index.places import PlaceMention, find_places

_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》“「『《\n]{2,20})[”\"」』》]")


def quoted_names(text: str) -> dict[str, str]:
    """The names in quotation marks as they are written, by their search form, in order."""
    return {search_form(found): found for found in _QUOTED.findall(text)}


# What is called after the place that it comes from (某地大枣) may be sold and asked about anywhere.
_PRODUCT = re.compile(
    r"的?(?:特产|大?枣|大米|米粉|绿茶|红茶|白茶|苹果|[脆雪]?梨|桃子?|西瓜|哈密瓜|葡萄|柚子?|橙子?|火腿|烤鸭|拉面|核桃|羊肉|牛肉|白酒)"
)


def places_spoken_of(text: str) -> list[PlaceMention]:
    """The places that a text mentions, without those that only a product is called after (某地大枣)."""
    return [each for each in find_places(text) if not _PRODUCT.match(text, each.end)]


def places_in_names(text: str) -> frozenset[str]:
    """The places that stand only inside quoted names (“惠山工匠日”) while another place stands outside them."""
    outside = {mention.full_name for mention in find_places(_QUOTED.sub(" ", text))}
    if not outside:
        return frozenset()
    return frozenset(mention.full_name for mention in find_places(text)) - outside
