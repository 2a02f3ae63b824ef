"""Follow-ups become standalone questions: place, year and topic are carried over from the last question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.errors import SettingsError
from index.places import find_places
from rag.carrying import Resolved, carried
from rag.counterpart import TIME, at_another_number, at_another_time, exchanged, of_its_kind
from rag.filling import aspect, item_of_list, measure, place_and_thing, place_or_time, thing_counted, together
from rag.slots import another_place, beside_last, beside_place, first_of, listed_item, other_body, other_time, sibling
from rag.subject import placeless, things
from rag.types import Turn

MAX_TURNS = 12
MOST_TURNS = 100
_OPENING = re.compile(
    r"^(?:(?:那么|那(?!时|位|里|边|些|个|[一几两]?[年次回场部种家项届批期天座条款趟篇本份支所句间笔])|再问(?:一下|下|个|问)?|还有(?!多少|几|没|哪|什么|谁)(?:个(?!人))?|另外|以及|还想(?:问|知道)(?:一下|下)?|请问"
    r"|然后|接着|顺便(?:问(?:一下|下|问)?)?|好的|嗯)[，,、\s]*){1,3}"
)
# 「首席技师呢，补多少」 names the slot before it asks.
_LED = re.compile(r"^(?P<slot>[^，。？！?!]{1,16}?)呢[，,、](?P<rest>.{2,})$")
# 「上一届才几个」 asks the last question of another one.
_NEIGHBOUR = re.compile(
    r"(?P<slot>[上前下后]一?[届批期次])的?(?:才|又|是|有|还有?)?(?:多少|几)[个家名项人所条场对]?[？?。呢]*"
)
_ELLIPSIS = re.compile(r"^(?P<slot>[^，。？！?!]{1,16}?)(?P<asks>呢|怎么样|如何|咋样)[？?。!！]*$")
# 「他觉得常州怎么样」 asks what somebody thinks, not the last question of another place.
_THINKS = re.compile(r"^(?:[他她它]们?|这位|那位|该)|觉得|认为|评价|看待|印象")
# A place with a bare way of asking asks of it what was asked before (常州有吗, 福州有几个, 那边呢).
_SAME_OF_PLACE = re.compile(
    r"(?:那边|那里|这边)?(?:也|还|又|都)?(?:有吗|有么|有没有|是吗|是多少|有多少|多少|有几[个家名]|几[个家名]|怎么样|什么样|如何|咋样)?[？?。!！]*"
)
# Two numbers may begin alike; neither is cut.
_CUT_NUMBER = re.compile(r"第?[\d一二三四五六七八九十]*$")


def standalone(text: str, history: Sequence[Turn]) -> Resolved:
    """The question with what it left out restored from earlier turns; unchanged when it stands alone.

    Places, years and topics come from user turns only. An assistant's words were verified for another question; of them
    only the item that an ordinal points at is taken, and the one person or thing that a pronoun does, as words to search for.
    """
    earlier: list[str] = []
    answered = ""
    for turn in history:
        if turn.role == "user":
            earlier.append(_resolve(turn.content.strip(), earlier, answered).text)
            answered = ""
        else:
            answered = turn.content
    return _resolve(text.strip(), earlier, answered)


def _resolve(current: str, earlier: Sequence[str], answered: str = "") -> Resolved:
    """One step: `current` completed from the standalone questions before it."""
    if not earlier:
        return Resolved(current, current)
    previous = earlier[-1]
    bare = _OPENING.sub("", current)
    same = beside_last(bare, earlier) or beside_place(bare, previous) or first_of(bare, previous)
    if not same:
        bare = another_place(bare, earlier) or listed_item(bare, answered) or bare
        same = _same_of_place(bare, previous) or _same_of_time(bare, previous)
    if same:
        return Resolved(same, same)
    led = _LED.match(bare)
    if filled := _of_slot(bare, previous, led):
        return filled
    bare = f"{led['slot']}，{led['rest']}" if led else bare
    return carried(bare, previous, opened=bare != current, answered=answered)


def _of_slot(bare: str, previous: str, led: re.Match[str] | None) -> Resolved | None:
    """The last question with what is said now in the place of a word of its kind; None where it has none."""
    if other := _counterpart(bare, previous):
        return _of_another(other, previous)
    if led:
        filled = "" if things(led["rest"]) else _filled(led["slot"], previous)
        return Resolved(filled, filled) if filled else None
    ellipsis = _ELLIPSIS.match(bare)
    if ellipsis is None or _THINKS.search(ellipsis["slot"]):
        return None
    return _of_bare_slot(ellipsis["slot"], ellipsis["asks"] == "呢", previous)


def _of_bare_slot(slot: str, asks_of_it: bool, previous: str) -> Resolved | None:
    """The last question with a slot that says nothing else; `asks_of_it` for 呢, which asks the same, where 怎么样 may not."""
    name = slot.removesuffix("的")
    if asks_of_it and (other := exchanged(slot, previous)):
        return _of_another(other, previous, name)
    filled = (_filled if asks_of_it else _of_place)(slot, previous) or item_of_list(slot, previous)
    filled = filled or (_of_thing(slot, previous) if asks_of_it else "")
    if filled:
        return Resolved(filled, filled)
    other = of_its_kind(slot, previous) if asks_of_it else ""
    return _of_another(other, previous, name) if other else None


def _counterpart(bare: str, previous: str) -> str:
    """「那两周前差多少」 and 「第四条怎么做」 ask of another time or another number what they ask themselves; "" for others."""
    if bare.rstrip("？?。！! ").endswith("呢"):
        return ""
    return at_another_time(bare, previous) or at_another_number(bare, previous)


def _of_another(other: str, previous: str, slot: str = "") -> Resolved:
    """The last question with a part of it exchanged: what stands before that part is known, the rest is asked now.

    A time, or a condition in a clause before it (选下限，), counts as much as what is asked.
    """
    same = next((at for at, (one, two) in enumerate(zip(other, previous, strict=False)) if one != two), len(previous))
    head = other[:same]
    at = other.find(slot) if slot else -1
    head = _CUT_NUMBER.sub("", head[:at] if 0 <= at < len(head) else head)
    known = things(placeless(head)) and "，" not in head and not TIME.search(head)
    return Resolved(other, other[len(head) :], background=head) if known else Resolved(other, other)


def _of_thing(slot: str, previous: str) -> str:
    """The last question asked of another property, of another thing that was counted, or of another one of its kind."""
    return aspect(slot, previous) or thing_counted(slot, previous) or measure(slot, previous)


def _same_of_time(bare: str, previous: str) -> str:
    """「上一届才几个」 asks the last question of the one before; "" where more is said."""
    neighbour = _NEIGHBOUR.fullmatch(bare)
    return other_time(neighbour["slot"], previous) if neighbour else ""


def _of_place(slot: str, previous: str) -> str:
    """The last question with the place or the time of a slot in the place of its own; "" for other slots."""
    return other_body(slot, previous) or place_and_thing(slot, previous) or place_or_time(slot, previous)


def _filled(slot: str, previous: str) -> str:
    """The last question with a slot in the place of a word of its kind: a place, a time, a rank, a level; "" where it has none."""
    return _of_place(slot, previous) or other_time(slot, previous) or sibling(slot, previous)


def turns_kept(environment: Mapping[str, str]) -> int:
    """How many of the latest turns of a conversation are read: CHANGAI_HISTORY_TURNS, 12 where it is not set."""
    given = environment.get("CHANGAI_HISTORY_TURNS", "").strip()
    if not given:
        return MAX_TURNS
    if not re.fullmatch(r"[0-9]{1,4}", given) or not 1 <= int(given) <= MOST_TURNS:
        raise SettingsError(f"CHANGAI_HISTORY_TURNS 应为 1 到 {MOST_TURNS} 之间的整数，现为「{given}」；请改正或去掉。")
    return int(given)


def _same_of_place(bare: str, previous: str) -> str:
    """「常州有吗」 asks the last question of another place; "" where more is said than a place, or the last one named none."""
    mentions = find_places(bare)
    if not mentions or mentions[0].start or not _SAME_OF_PLACE.fullmatch(bare, mentions[-1].end):
        return ""
    slot = bare[: mentions[-1].end]
    return place_or_time(slot, previous) if together(bare, mentions) and things(previous) else ""
