"""Names in quotation marks or book titles of a question, and the places that stand in such names only."""

from __future__ import annotations

import re

from index.normalise import search_form
from index.places import find_places

_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》“「『《\n]{2,20})[”\"」』》]")


def quoted_names(text: str) -> dict[str, str]:
    """The names in quotation marks as they are written, by their search form, in order."""
    return {search_form(found): found for found in _QUOTED.findall(text)}


def places_in_names(text: str) -> frozenset[str]:
    """The places that stand only inside quoted names (“惠山工匠日”) while another place stands outside them."""
    outside = {mention.full_name for mention in find_places(_QUOTED.sub(" ", text))}
    if not outside:
        return frozenset()
    return frozenset(mention.full_name for mention in find_places(text)) - outside
