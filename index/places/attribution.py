"""Which places a document is about, and which of them a passage speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.places.gazetteer import ancestors, places
from index.places.mentions import PlaceMention, find_places
from index.places.relations import canonical, narrowest

_NATIONWIDE = frozenset({"全国", "中国", "国家", "中央"})
_SEPARATORS = re.compile(r"[、,，;；/\s]+")
# A document is about a place that has this share of its mentions and is named early.
_SHARE, _SECOND_SHARE = 0.5, 0.3
_EARLY_CHARACTERS, _EARLY_SHARE = 600, 0.2
_MOST = 3
_FEWEST_MENTIONS = 2
# Words by which a passage speaks of the place of its own document.
_OWN_PLACE = re.compile(
    r"(?<![市省区县州盟旗])(?:全|我|该|本|各)[市省区县]|(?<![\u3400-\u9fff])[市省区县](?:总工会|委|政府|人社局|级)|本?公司|我们"
)


def document_places(title: str, text: str, declared: str = "") -> tuple[str, ...]:
    """The full names of the places that a document as a whole is about; () when it is nationwide or says nothing.

    The declared place decides; then the places that the title names; then the most frequent ones of the text, if
    they are named early. A province gives way to a city in it that most mentions are of.
    """
    if declared.strip():
        return _declared(declared.strip())
    titled = [mention.full_name for mention in find_places(title) if not mention.is_incidental]
    mentions = find_places(f"{title}\n{text}")
    if not titled:
        return _leading(mentions, len(title) + 1 + len(text))
    kept = narrowest(titled)
    return tuple(dict.fromkeys(_dominant_below(place, mentions) for place in kept))


def passage_places(
    document_places: Sequence[str], passage_text: str, heading: str = "", mentions: Sequence[PlaceMention] | None = None
) -> tuple[str, ...]:
    """The full names of the places that a passage is attributed to: those it or its heading names, else the document's.

    A county in the document's city adds itself and keeps the city; the province above the city changes nothing; a
    company's or school's name is no sign where the document has a place of its own.
    """
    own = list(document_places)
    found = find_places(f"{heading}\n{passage_text}", own) if mentions is None else mentions
    named = [mention.full_name for mention in found if not (own and mention.is_incidental)]
    above = {name for place in own for name in ancestors(place)}
    kept = [place for place in narrowest(named) if place not in above]
    if not kept:
        return tuple(own)
    # Only another province, city or county can take a passage from its document's place; an enterprise works somewhere.
    elsewhere = [place for place in kept if not is_enterprise(place)] if not any(map(is_enterprise, own)) else []
    inside = [place for place in kept if place in own or set(own) & set(ancestors(place))]
    if inside or not elsewhere or _OWN_PLACE.search(passage_text):
        kept = own + kept
    return tuple(dict.fromkeys(kept))


def is_enterprise(place: str) -> bool:
    """Whether a full name is that of an enterprise or body rather than of a province, city or county."""
    known = places().get(place)
    return known is not None and known.level == "enterprise"


def _declared(declared: str) -> tuple[str, ...]:
    parts = [part for part in _SEPARATORS.split(declared) if part and part not in _NATIONWIDE]
    return tuple(dict.fromkeys(canonical(part) for part in parts))


def _dominant_below(place: str, mentions: Sequence[PlaceMention]) -> str:
    """The city of a province that most mentions are of; the place itself otherwise."""
    if places()[place].level != "province":
        return place
    below = Counter(m.full_name for m in mentions if place in ancestors(m.full_name) and not m.is_incidental)
    cities: Counter[str] = Counter()
    for name, count in below.items():
        cities[_city_of(name)] += count
    own = sum(m.full_name == place for m in mentions)
    if not cities:
        return place
    city, count = cities.most_common(1)[0]
    return city if count >= 4 and count > 2 * (own + cities.total() - count) else place


def _city_of(name: str) -> str:
    known = places()
    return next((above for above in ancestors(name) if known[above].level == "city"), name)


def _leading(mentions: Sequence[PlaceMention], length: int) -> tuple[str, ...]:
    counted = [mention for mention in mentions if not mention.is_incidental]
    early_end = max(_EARLY_CHARACTERS, int(length * _EARLY_SHARE))
    early = {mention.full_name for mention in counted if mention.start < early_end}
    early |= {above for place in early for above in ancestors(place)}
    # A county speaks for its city too, and a city for its province.
    counts = Counter(place for m in counted for place in (m.full_name, *ancestors(m.full_name)))
    total = len(counted)
    strong = [p for p, n in counts.items() if n >= max(_FEWEST_MENTIONS, _SHARE * total) and p in early]
    if strong:
        return tuple(narrowest(strong))
    several = [p for p, n in counts.most_common() if n >= max(_FEWEST_MENTIONS, _SECOND_SHARE * total) and p in early]
    return tuple(narrowest(several)[:_MOST])
