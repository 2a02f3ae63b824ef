"""Which places a document is about, and which of them a passage speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from index.normalise import search_form
from index.places.gazetteer import ancestors, places
from index.places.mentions import PlaceMention, find_places, mentions_in
from index.places.relations import canonical, narrowest

_NATIONWIDE = frozenset({"全国", "中国", "国家", "中央"})
_SEPARATORS = re.compile(r"[、,，;；/\s]+")
# A document is about a place that has this share of its mentions and is named early.
_SHARE, _SECOND_SHARE = 0.5, 0.3
_EARLY_CHARACTERS, _EARLY_SHARE = 600, 0.2
_MOST = 3
_FEWEST_MENTIONS = 2
_EXAMPLES = 2
# Words by which a passage speaks of the place of its own document.
_OWN_PLACE = re.compile(
    r"(?<![市省区县州盟旗])(?:全|我|该|本|各)[市省区县]|(?<![\u3400-\u9fff])[市省区县](?:总工会|委|政府|人社局|级)|本?公司|我们"
)
# Of these the first person needs no place before it; the others speak of the place named last.
_OURS = re.compile("[我本][市省区县]|本?公司|我们")
# Words of local news without a name: some place is meant, and the only one that is named will be it.
_LOCAL = re.compile(
    r"(?<![\u3400-\u9fff])[市区县](?:总工会|委|政府|府办|人大|政协|[\u3400-\u9fff]{1,4}局)|(?:全|我|该|本)[市区县]"
    r"|街道|居委会|村委会"
)
_NATIONAL = re.compile(r"全国|我国|中央|国务院")


def document_places(title: str, text: str, declared: str = "") -> tuple[str, ...]:
    """The full names of the places that a document as a whole is about; `document_places_of` says how they are found."""
    if declared.strip():
        return document_places_of((), (), "", declared)
    titled = find_places(title)
    form = search_form(text)
    return document_places_of(titled, mentions_in(form, titled_places(titled)), form)


def titled_places(title_mentions: Sequence[PlaceMention]) -> tuple[str, ...]:
    """The places that a title names: what settles, in the text below it, which of several namesakes is meant."""
    return tuple(dict.fromkeys(mention.full_name for mention in title_mentions))


def document_places_of(
    title_mentions: Sequence[PlaceMention], text_mentions: Sequence[PlaceMention], form_text: str, declared: str = ""
) -> tuple[str, ...]:
    """The full names of the places that a document as a whole is about; () when it is nationwide or says nothing.

    The declared place decides; then the places that the title names; then the most frequent ones of the text, if they
    are named early. A place gives way to a narrower one in it that most mentions are of. All is in search form.
    """
    if declared.strip():
        return _declared(declared.strip())
    titled = [mention.full_name for mention in title_mentions if not mention.is_incidental and not mention.is_passing]
    counted = [mention for mention in _narrowed(text_mentions) if not mention.is_incidental and not mention.is_passing]
    if not titled:
        # The channel of a national site is named after the place that it reports on.
        channels = [mention for mention in text_mentions if form_text.startswith("频道", mention.end)]
        return _leading(counted or channels, form_text)
    named = Counter(titled) + Counter(mention.full_name for mention in counted)
    return tuple(dict.fromkeys(_dominant_below(place, named) for place in narrowest(titled)))


def passage_places(document_places: Sequence[str], passage_text: str, heading: str = "") -> tuple[str, ...]:
    """The full names of the places that a passage is attributed to; `chunk_places` says how they are found."""
    above = find_places(heading, document_places) if heading else []
    form = search_form(passage_text)
    return chunk_places(document_places, mentions_in(form, (*document_places, *titled_places(above))), form, above)


def chunk_places(
    document_places: Sequence[str],
    mentions: Sequence[PlaceMention],
    form_text: str,
    heading_mentions: Sequence[PlaceMention] = (),
    start: int = 0,
) -> tuple[str, ...]:
    """The full names of the places that a passage is attributed to: those it or its heading names, else the document's.

    A county in the document's city adds itself and keeps the city, and so does a wider place that the passage names by
    itself. The name of a company or school is no sign, nor is one in passing. `mentions` are those that lie in the passage,
    in order; `form_text` is the passage in search form and `start` where it begins in the text whose offsets they have.
    """
    own = list(document_places)
    spoken = [m for m in _narrowed(mentions) if not m.is_incidental and not m.is_passing]
    named = [mention.full_name for mention in (*heading_mentions, *spoken) if not mention.is_incidental]
    if not named:
        return tuple(own)
    above = {name for place in own for name in ancestors(place)}
    kept = [place for place in narrowest(named) if place not in above]
    above |= {name for place in kept for name in ancestors(place)}
    wider = [
        place for place in dict.fromkeys(m.full_name for m in spoken) if place in above and _counts(place, own, kept)
    ]
    # Only another province, city or county can take a passage from its document's place; an enterprise works somewhere.
    elsewhere = [place for place in kept if not is_enterprise(place)] if not any(map(is_enterprise, own)) else []
    inside = [place for place in kept if place in own or not set(own).isdisjoint(ancestors(place))]
    first = min((m.start - start for m in spoken if m.full_name in elsewhere), default=0)
    if inside or not elsewhere or wider or _speaks_of_own(form_text, first):
        kept = own + kept
    return tuple(dict.fromkeys([*kept, *wider]))


def _counts(wider: str, own: Sequence[str], kept: Sequence[str]) -> bool:
    """Whether a wider place named beside the document's own counts: a city does; a province only where it is spoken of alone."""
    return places()[wider].level != "province" or not own or not any(wider in ancestors(place) for place in kept)


def _speaks_of_own(passage: str, first: int) -> bool:
    """Whether a passage speaks of its document's place without its name; `first` is where it first names another."""
    own = _OWN_PLACE.search(passage)
    return own is not None and (own.start() < first or _OURS.search(passage) is not None)


def _narrowed(mentions: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The mentions without those that only lead to the next: of 盐城市大丰区 the second."""
    for mention, following in zip_longest(mentions, mentions[1:]):
        if (
            following is None
            or following.start != mention.end
            or mention.full_name not in ancestors(following.full_name)
        ):
            yield mention


def is_enterprise(place: str) -> bool:
    """Whether a full name is that of an enterprise or body rather than of a province, city or county."""
    known = places().get(place)
    return known is not None and known.level == "enterprise"


def _declared(declared: str) -> tuple[str, ...]:
    parts = [part for part in _SEPARATORS.split(declared) if part and part not in _NATIONWIDE]
    return tuple(dict.fromkeys(canonical(part) for part in parts))


def _dominant_below(place: str, named: Mapping[str, int]) -> str:
    """The narrower place that most mentions are of, a city for a province; the place itself otherwise."""
    known = places()
    level = {"province": "city", "city": "county"}.get(known[place].level, "")
    below: Counter[str] = Counter()
    for name, count in named.items():
        if place in ancestors(name):
            chain = (name, *ancestors(name))
            below[next((each for each in chain if known[each].level == level), name)] += count
    if not below:
        return place
    narrow, count = below.most_common(1)[0]
    return narrow if count >= 4 and count > 2 * (named[place] + below.total() - count) else place


def _leading(counted: Sequence[PlaceMention], text: str) -> tuple[str, ...]:
    # Where the country is named far more often than any place, the places are examples.
    if not counted or len(_NATIONAL.findall(text)) > _EXAMPLES * len(counted):
        return ()
    early_end = max(_EARLY_CHARACTERS, int(len(text) * _EARLY_SHARE))
    early = {mention.full_name for mention in counted if mention.start < early_end}
    early |= {above for place in early for above in ancestors(place)}
    # A county speaks for its city too, and a city for its province.
    counts = Counter(place for m in counted for place in (m.full_name, *ancestors(m.full_name)))
    total = len(counted)
    strong = [p for p, n in counts.items() if n >= max(_FEWEST_MENTIONS, _SHARE * total) and p in early]
    if strong:
        return tuple(narrowest(strong))
    several = [p for p, n in counts.most_common() if n >= max(_FEWEST_MENTIONS, _SECOND_SHARE * total) and p in early]
    if several:
        return tuple(narrowest(several)[:_MOST])
    only = narrowest([mention.full_name for mention in counted])
    return tuple(only) if len(only) == 1 and _LOCAL.search(text) else ()
