"""Which place a name means that several places bear, or that is a word too: the places named around it decide."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from index.places.gazetteer import Name, ancestors, places
from index.places.naming import Named

# Names of districts that are also plain nouns; they follow their city at once or are none.
_NOUNS = "城区 郊区 矿区 东区 西区 南区 北区 新城区 城中区 城东区 城西区 城北区 市中区 城关区 新区 桥东区 桥西区"
_PLAIN_NOUNS = frozenset(_NOUNS.split())
_COUNTY_BODY = re.compile(r"县(?!级)|公安|法院|检察院|交警|警方|融媒|消防|供电|农商银行|政协|人大")
# A short name counts where its city is named this near (in characters); a full name anywhere in the text.
_REACH = 3000


class Resolving:
    """Tells what weak names mean in one text: the names that stand in it, and places known from elsewhere, are the context."""

    def __init__(self, text: str, named: Sequence[Named], around: Iterable[str]) -> None:
        self._text = text
        self._named = named
        self._around = {above for place in around for above in (place, *ancestors(place))}
        # Where each place, or one in it, is named; and where it is named itself.
        self._within: dict[str, list[int]] = {}
        self._itself: dict[str, list[int]] = {}
        for each in named:
            if not each.name.is_weak:
                place = each.name.bearers[0]
                self._itself.setdefault(place, []).append(each.start)
                for above in (place, *ancestors(place)):
                    self._within.setdefault(above, []).append(each.start)

    def resolved(self, number: int) -> str | None:
        """The place that the weak name of this number means, None when the text does not say."""
        name, at = self._named[number].name, self._named[number].start
        before = self._named[number - 1] if number and self._named[number - 1].end == at else None
        near = self._near(name, at, before)
        if len(near) > 1:
            return self._last_named(near, at)
        return near[0] if near else self._listed(number)

    def _near(self, name: Name, at: int, before: Named | None) -> list[str]:
        if name.text in _PLAIN_NOUNS or name.is_beside:
            return self._behind(name, before)
        known = places()
        near = [
            bearer
            for bearer in name.bearers
            if self._holds(bearer, name, at) or self._holds(known[bearer].parent or "", name, at)
        ]
        if near:
            return near
        if before is not None and not before.name.is_weak:
            # 河北正定: a short name right behind the province that it lies in.
            return self._behind(name, before)
        if name.is_short:
            return []
        # A full name is also settled by its province, when only one bearer lies there.
        near = [bearer for bearer in name.bearers if any(self._holds(above, name, at) for above in ancestors(bearer))]
        return near if len(near) == 1 else []

    def _behind(self, name: Name, before: Named | None) -> list[str]:
        if before is None:
            return []
        return [
            bearer
            for bearer in name.bearers
            if any(place == bearer or place in ancestors(bearer) for place in before.name.bearers)
        ]

    def _holds(self, place: str, name: Name, at: int) -> bool:
        if place in self._around:
            return True
        starts = self._within.get(place)
        if starts is None:
            return False
        if not name.is_short:
            return True
        following = bisect_left(starts, at)
        return any(abs(start - at) <= _REACH for start in starts[max(0, following - 1) : following + 1])

    def _last_named(self, near: Sequence[str], at: int) -> str | None:
        """Of several bearers the one that was named last, or whose city or province was."""
        said = [max(self._last(place, at) for place in (bearer, *ancestors(bearer))) for bearer in near]
        return near[said.index(max(said))] if max(said) >= 0 else None

    def _last(self, place: str, at: int) -> int:
        starts = self._itself.get(place, [])
        number = bisect_left(starts, at)
        return starts[number - 1] if number else -1

    def _listed(self, number: int) -> str | None:
        """The county whose short name stands in a list of places or before its own police, when its province is named."""
        name, start, end = self._named[number].name, self._named[number].start, self._named[number].end
        if not name.is_short or name.is_beside or len(name.bearers) > 1:
            return None
        if not any(self._holds(above, name, start) for above in ancestors(name.bearers[0])):
            return None
        named, text = self._named, self._text
        before = number > 0 and text[named[number - 1].end : start] == "、"
        after = number + 1 < len(named) and text[end : named[number + 1].start] == "、"
        return name.bearers[0] if before or after or _COUNTY_BODY.match(text, end) else None
