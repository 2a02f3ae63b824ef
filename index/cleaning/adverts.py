"""Advertisements of other trades: lead-in lines, captions glued to a sentence, sentences pasted into a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.types import Noise, Span

if TYPE_CHECKING:
    import ahocorasick_rs

TERMS = Path(__file__).parent.parent / "data" / "advert_terms.tsv"
REASON = "其他行业的广告"
SEGMENT_END = re.compile(r"(?:[。！？!?；;\n\r【】\[\]]|[（(](?!中国[）)])|(?<![（(]中国)[）)])+|[ \t\u3000\xa0]{3,}")
GLUE = re.compile(r"[\s_\-—|｜·,，、:：+&/的]{0,2}\Z")
EDGES = " \t\u3000_-—|｜·:："
# A row of captions: phrases with blanks or bars between them and no sign of a sentence.
ROW = re.compile(r"\s*[^\s，。、：:|｜_]{2,16}(?:[ \t\u3000|｜_]{1,3}[^\s，。、：:|｜_]{2,16}){1,9}\s*")
BREAK = re.compile(r"[^一-鿿A-Za-z0-9]")
BRAND = re.compile(r"[一-鿿A-Za-z0-9]{2,4}?(?:体育|娱乐|国际|棋牌|彩票|电竞)(?!局|总局|馆|场|课|工作|节)")
PUBLIC = frozenset("市省县区国州乡镇民")
LONGEST_SEGMENT = 90
BRAND_MOST = 4
LEAST_TERMS = 2
LEAST_GOODS = 3


@lru_cache(maxsize=1)
def _finder() -> tuple[tuple[str, ...], ahocorasick_rs.AhoCorasick]:
    """The kinds of the terms, and what finds them all in one pass."""
    import ahocorasick_rs

    lines = TERMS.read_text(encoding="utf-8").splitlines()
    terms = dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))
    return tuple(terms.values()), ahocorasick_rs.AhoCorasick(
        list(terms), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


def find_adverts(text: str) -> Iterator[Noise]:
    """Segments or chains of captions that hold a term of another trade and a second term; never where a shield stands."""
    kinds, finder = _finder()
    hits = finder.find_matches_as_indexes(text)
    if not any(kinds[number] in {"trade", "goods"} for number, _, _ in hits):
        return
    found = [(kinds[number], Span(start, end)) for number, start, end in hits]
    votes = list(_segment_votes(text, found))
    yield from votes
    # A brand that advertised itself stands in place of other names, too (凯博体育市总工会).
    for brand in {name[0] for vote in votes if (name := BRAND.match(text, vote.start, vote.end))}:
        yield from (Noise(at, at + len(brand), REASON) for at in _places(text, brand))


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def _segment_votes(text: str, found: Sequence[tuple[str, Span]]) -> Iterator[Noise]:
    at = 0
    for segment in _segments(text):
        begin = at
        while at < len(found) and found[at][1].start < segment.end:
            at += 1
        inside = [(kind, span) for kind, span in found[begin:at] if span.end <= segment.end]
        if inside:
            yield from _votes(text, segment, inside)


def _segments(text: str) -> Iterator[Span]:
    at = 0
    for end in SEGMENT_END.finditer(text):
        yield Span(at, end.start())
        at = end.end()
    yield Span(at, len(text))


def _votes(text: str, segment: Span, found: Sequence[tuple[str, Span]]) -> Iterator[Noise]:
    if any(kind == "guard" for kind, _ in found):
        return
    terms = [span for kind, span in found if kind != "shield"]
    trades = {span for kind, span in found if kind == "trade"}
    goods = {span for kind, span in found if kind == "goods"}
    distinct = len({text[span.start : span.end] for span in terms})
    if not trades and not goods:
        return
    is_open = len(terms) == len(found) and len(segment) <= LONGEST_SEGMENT
    if (
        is_open
        and ROW.fullmatch(text, segment.start, segment.end)
        and (trades or len(goods) >= LEAST_TERMS or distinct >= LEAST_GOODS)
    ):
        yield Noise(segment.start, segment.end, REASON)
        return
    if distinct < (LEAST_TERMS if trades else LEAST_GOODS):
        return
    if is_open and _is_dense(segment, terms):
        yield Noise(segment.start, segment.end, REASON)
        return
    for chain in _chains(text, terms):
        start = _brand_start(text, segment, chain[0].start)
        # 「体育官方平台」 of a city or of nobody may be its own; that of a brand is not.
        is_public = text.startswith("体育", chain[0].start) and text[chain[0].start - 1 : chain[0].start] in PUBLIC
        is_named = start < chain[0].start or not text.startswith("体育", start)
        if len(chain) >= LEAST_TERMS and trades & set(chain) and is_named and not is_public:
            yield Noise(start, _edge(text, chain[-1].end, segment.end), REASON)


def _is_dense(segment: Span, terms: Sequence[Span]) -> bool:
    """Whether terms are what the segment says and not a word by the way: a quarter of it, and up to its end."""
    reach = terms[-1].end - segment.start
    return 4 * sum(map(len, terms)) >= len(segment) and 3 * reach >= 2 * len(segment)


def _chains(text: str, terms: Sequence[Span]) -> Iterator[list[Span]]:
    """Runs of terms with nothing but glue between them."""
    chain: list[Span] = []
    for span in terms:
        if chain and not GLUE.match(text, chain[-1].end, span.start):
            yield chain
            chain = []
        chain.append(span)
    if chain:
        yield chain


def _brand_start(text: str, segment: Span, start: int) -> int:
    """Where the name before the first term begins, if a border stands at most four characters before it."""
    for at in range(start, max(segment.start, start - BRAND_MOST) - 1, -1):
        if at == segment.start or BREAK.match(text[at - 1]):
            return at
    return start


def _edge(text: str, end: int, limit: int) -> int:
    while end < limit and text[end] in EDGES:
        end += 1
    return end
