"""Follow-ups become standalone questions by slots: place, year and measure are carried over from the last question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.places import find_places
from rag.types import Turn

MAX_TURNS = 12
_OPENING = re.compile(r"^(那么|那|再问|还有|另外|然后|接着|顺便|好的|嗯)[，,、\s]*")
_ELLIPSIS = re.compile(r"^(?P<slot>[^，。？！?!]{1,16}?)(呢|怎么样|如何|咋样)[？?。!！]*$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_POINTER = re.compile(
    r"(这个市|该市|这座城市|这个城市|那个市|那里|这里|当地|它们|它|他们|该公司|这家公司|这个公司|这家企业|该企业|本市)"
)
_NATIONWIDE = re.compile(r"全国|国家|中央|国务院|全总")
_TAIL = re.compile(r"[？?。！!\s]+$")


def standalone(text: str, history: Sequence[Turn]) -> str:
    """The question with what it left out restored from earlier user turns; unchanged when it stands alone.

    Only user turns are read, because an assistant's words were verified for another question.
    """
    current = text.strip()
    earlier = [turn.content.strip() for turn in history if turn.role == "user"][-MAX_TURNS:]
    resolved = ""
    for question in [*earlier, current]:
        resolved = _resolve(question, resolved)
    return resolved


def _resolve(current: str, previous: str) -> str:
    """One step: `current` completed from the standalone question before it."""
    if not previous:
        return current
    bare = _OPENING.sub("", current)
    opened = bare != current
    ellipsis = _ELLIPSIS.match(bare)
    if ellipsis:
        return _fill(ellipsis["slot"], previous)
    return _carry_place(bare if opened else current, previous, opened)


def _fill(slot: str, previous: str) -> str:
    """「那常州呢」 takes the place of the earlier place; 「奖励标准呢」 is asked of the earlier place."""
    places = find_places(slot)
    earlier_places = find_places(previous)
    if places:
        if earlier_places:
            first, last = earlier_places[0], earlier_places[0]
            return previous[: first.start] + slot + previous[last.end :]
        return f"{slot}{previous}"
    year = _YEAR.search(slot)
    if year:
        if _YEAR.search(previous):
            return _YEAR.sub(year.group().rstrip("年") + "年", previous, count=1)
        return f"{year.group().rstrip('年')}年{previous}"
    place = previous[earlier_places[0].start : earlier_places[0].end] if earlier_places else ""
    asked = re.search(r"(多少|几)[个家名项人所次]?", previous)
    ending = "是多少" if asked else "是什么"
    return f"{place}的{_TAIL.sub('', slot)}{ending}？" if place else f"{_TAIL.sub('', slot)}{ending}？"


def _carry_place(current: str, previous: str, opened: bool) -> str:
    """A question with no place of its own keeps the place of the last one."""
    if find_places(current) or _NATIONWIDE.search(current):
        return current
    earlier = find_places(previous)
    if not earlier:
        return current
    place = previous[earlier[0].start : earlier[0].end]
    pointer = _POINTER.search(current)
    if pointer:
        return current[: pointer.start()] + place + current[pointer.end() :]
    short = len(current) <= 24
    return f"{place}{current}" if opened or short else current
