"""Places that a text mentions, in either script; ambiguous names count only where the text says which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.normalise import normalise
from index.places.gazetteer import Name, ancestors, guards, names, places

# A short name before these names a body, a paper or a road, not the place (浙江大学, 安徽日报, 南京路).
_OTHER_BODY = re.compile(
    r"大学|年夜学|学院|日报|晚报|晨报|时报|商报|工人报|工人日报|工人记者|新闻网|新闻客户端|卫视|电视台|广播|银行|证券|[东西南北中]?路(?!桥|径|线)|大街|大道|大厦|饭店|宾馆"
    r"|[东西南北]?站|机场|高速|高铁|菜|话(?!题)|人民出版社|出版社|精神|条约|宣言|协定|奥运|冬奥|亚运|申花|国安"
)
# A short name that begins a company's or a school's name says where that body is from, not where the text is about.
_IN_BODY_NAME = re.compile(
    r"[\u3400-\u9fffa-z()]{1,14}?(?:有限责任公司|有限公司|公司|集团|研究院|研究所|大学|学院|股份)"
)
_BREAKS_BODY_NAME = re.compile(r"[的在是与将已把被让和对从向为于等]|工会|企业|探索|开展|推动|样板")
# Names of districts that are also plain nouns; they follow their city at once or are none.
_NOUNS = "城区 郊区 矿区 东区 西区 南区 北区 新城区 城中区 城东区 城西区 城北区 市中区 城关区 新区 桥东区 桥西区"
_PLAIN_NOUNS = frozenset(_NOUNS.split())


@dataclass(frozen=True, slots=True, order=True)
class PlaceMention:
    """A place mentioned at [start, end) of the text that was asked about; `is_incidental` inside the name of a company or school."""

    start: int
    end: int
    full_name: str
    is_incidental: bool = False


def find_places(text: str, around: Iterable[str] = ()) -> list[PlaceMention]:
    """The places that a text mentions, in order; `around` are full names known from the document around it.

    The longest name wins; 广东东莞 mentions both. A name that several places bear (朝阳区), and the short name of a county
    (大丰), count only where the place they lie in is mentioned too or stands in `around`.
    """
    form = normalise(text)
    raw = _raw_mentions(form.text)
    context = _context(raw, around)
    found: list[PlaceMention] = []
    for at, name in raw:
        full_name = _resolved(form.text, at, name, context, raw)
        if full_name is None:
            continue
        span = form.span(at, at + len(name.text))
        found.append(PlaceMention(span.start, span.end, full_name, _is_incidental(form.text, at, name)))
    return found


def _raw_mentions(text: str) -> list[tuple[int, Name]]:
    by_prefix = names()
    raw: list[tuple[int, Name]] = []
    free = 0
    for at in [at for at in range(len(text) - 1) if text[at : at + 2] in by_prefix]:
        if at < free:
            continue
        name = next((name for name in by_prefix[text[at : at + 2]] if _stands(text, at, name)), None)
        if name is not None:
            raw.append((at, name))
            free = at + len(name.text)
    return raw


def _stands(text: str, at: int, name: Name) -> bool:
    if not text.startswith(name.text, at):
        return False
    end = at + len(name.text)
    if name.is_short:
        if _OTHER_BODY.match(text, end):
            return False
        guard = guards().get(name.text)
        if guard is not None and (text.endswith(guard.before, 0, at) if guard.before else False):
            return False
        return guard is None or guard.after is None or guard.after.match(text, end) is None
    return True


def _context(raw: Sequence[tuple[int, Name]], around: Iterable[str]) -> frozenset[str]:
    named = {name.bearers[0] for _, name in raw if not name.is_weak} | set(around)
    return frozenset(named | {above for place in named for above in ancestors(place)})


def _resolved(text: str, at: int, name: Name, context: frozenset[str], raw: Sequence[tuple[int, Name]]) -> str | None:
    if not name.is_weak:
        return name.bearers[0]
    before = [bearer for place, other in raw if place < at and not other.is_weak for bearer in other.bearers]
    if name.text in _PLAIN_NOUNS:
        adjacent = [other for place, other in raw if place + len(other.text) == at]
        before = [bearer for other in adjacent for bearer in other.bearers]
        context = frozenset(before)
    known = places()
    beside = [bearer for bearer in name.bearers if known[bearer].parent in context or bearer in context]
    if not beside and not name.is_short:
        # A full name is also settled by its province, when only one bearer lies there.
        beside = [bearer for bearer in name.bearers if set(ancestors(bearer)) & context]
        beside = beside if len(beside) == 1 else []
    if len(beside) < 2:
        return beside[0] if beside else None
    # Several bearers lie near: the place named last before this decides.
    for named in reversed(before):
        for bearer in beside:
            if named in (bearer, *ancestors(bearer)):
                return bearer
    return None


def _is_incidental(text: str, at: int, name: Name) -> bool:
    if not name.is_short or places()[name.bearers[0]].level == "enterprise":
        return False
    body = _IN_BODY_NAME.match(text, at + len(name.text))
    return body is not None and _BREAKS_BODY_NAME.search(body[0]) is None
