"""Follow-ups become standalone questions: place, year and topic are carried over from the last question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.errors import SettingsError
from index.places import PlaceMention, find_places
from rag.carrying import Resolved, carried
from rag.slots import another_place, beside_last, beside_place, first_of, listed_item, other_body, other_time, sibling
from rag.subject import things
from rag.types import Turn

MAX_TURNS = 12
MOST_TURNS = 100
LONGEST_THING = 12
_OPENING = re.compile(
    r"^(?:(?:那么|那(?!时|位|里|边|些|个|[一几两]?[年次回场部种家项届批期天座条款趟篇本份支所句间笔])|再问(?:一下|下|个|问)?|还有(?!多少|几|没|哪|什么|谁)|另外|以及|还想(?:问|知道)(?:一下|下)?|请问"
    r"|然后|接着|顺便(?:问(?:一下|下|问)?)?|好的|嗯)[，,、\s]*){1,3}"
)
# 「首席技师呢，补多少」 names the slot before it asks.
_LED = re.compile(r"^(?P<slot>[^，。？！?!]{1,16}?)呢[，,、](?P<rest>.{2,})$")
# 「上一届才几个」 asks the last question of another one.
_NEIGHBOUR = re.compile(
    r"(?P<slot>[上前下后]一?[届批期次])的?(?:才|又|是|有|还有?)?(?:多少|几)[个家名项人所条场对]?[？?。呢]*"
)
_ELLIPSIS = re.compile(r"^(?P<slot>[^，。？！?!]{1,16}?)(?P<asks>呢|怎么样|如何|咋样)[？?。!！]*$")
# A place with a bare way of asking asks of it what was asked before (常州有吗, 福州有几个, 那边呢).
_SAME_OF_PLACE = re.compile(
    r"(?:那边|那里|这边)?(?:也|还|又|都)?(?:有吗|有么|有没有|是吗|是多少|有多少|多少|有几[个家名]|几[个家名]|怎么样|什么样|如何|咋样)?[？?。!！]*"
)
_TIME = re.compile(r"到?(?:19|20)\d{2}年?(?:年?[初底末中]|上半年|下半年|\d{1,2}月)?")
# What a question counts: 几家工匠学院, 工匠学院有几家; it ends where the question goes on.
_COUNTED_BEHIND = re.compile(r"(?:多少|几)[个家名项所条场对位]?(?P<thing>[\u4e00-\u9fff（）()]{2,12})(?=[？?。，,]|$)")
_COUNTED_BEFORE = re.compile(r"的?(?P<thing>[\u4e00-\u9fff（）()]{2,12}?)(?=一?共?(?:有|是|建了|达到)(?:多少|几))")
# What joins a place to the thing that is asked of it: 蚌埠那边的标准.
_LINK = re.compile(r"^(?:那边|那里|这边)?的?")
# To whom something is given (给优秀工人奖多少).
_GIVEN = re.compile(r"给(?P<whom>[^，。？?]{2,12}?)(?=每?[人个名]?(?:奖励|奖|补助|补贴|补|发放|发|多少))")
_THAT_ITEM = re.compile(r"(?P<what>.{2,12}?)的?那一?个?(?:项目?|组|类|赛项)")
_ITEM_SAID = re.compile(r"(?<![\u4e00-\u9fff])(?P<what>[\u4e00-\u9fff]{2,12})(?=项目|赛项|组[谁有是]|类[谁有是])")
# How an earlier question ended that asked who or which body somebody or something is.
_WHO = re.compile(r"(?:是|叫|归|由)(?:谁|哪|什么)[^，。？?]{0,12}[？?]?$")
_ASPECT = re.compile(
    r"(?:标准|金额|条件|时间|比例|占比|人数|数量|总数|办法|流程|期限|年限|待遇|要求|额度|名额|范围|对象)$"
)
_STANDARD = re.compile(r"(?<=..)(?:标准|金额|额度|数额)$")
_AMOUNT = re.compile(r"(?:标准|金额|比例|占比|人数|数量|总数|额度|名额)$")
# Tags of words that say or ask something of the topic before them.
_SAYING = frozenset("vmrtdpc")
_POINTS = re.compile(r"[这那]|该|它|[他她]们?$|当地|本市")
# A slot that begins so is a way of counting, not a thing (平均到每个县呢).
_NO_THING = re.compile(r"^(?:平均|每|各|其中|里面|里头|一共|总共|具体|为什么|还)")


def standalone(text: str, history: Sequence[Turn]) -> Resolved:
    """The question with what it left out restored from earlier turns; unchanged when it stands alone.

    Places, years and topics come from user turns only. An assistant's words were verified for another question; of them
    only the item that an ordinal points at is taken, as words to search for.
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
    if compared := beside_last(bare, earlier) or beside_place(bare, previous) or first_of(bare, previous):
        return Resolved(compared, compared)
    bare = another_place(bare, earlier) or listed_item(bare, answered) or bare
    if same := _same_of_place(bare, previous) or _same_of_time(bare, previous):
        return Resolved(same, same)
    led = _LED.match(bare)
    if led and (filled := _filled(led["slot"], previous)) and not things(led["rest"]):
        return Resolved(filled, filled)
    bare = f"{led['slot']}，{led['rest']}" if led else bare
    ellipsis = _ELLIPSIS.match(bare)
    if ellipsis:
        asks_of_it = ellipsis["asks"] == "呢"
        filled = _filled(ellipsis["slot"], previous) if asks_of_it else _of_place(ellipsis["slot"], previous)
        filled = filled or _fill_item(ellipsis["slot"], previous)
        filled = filled or (_fill_aspect(ellipsis["slot"], previous) if asks_of_it else "")
        filled = filled or (_fill_thing(ellipsis["slot"], previous) if asks_of_it else "")
        if filled:
            return Resolved(filled, filled)
    return carried(bare, previous, opened=bare != current, answered=answered)


def _same_of_time(bare: str, previous: str) -> str:
    """「上一届才几个」 asks the last question of the one before; "" where more is said."""
    neighbour = _NEIGHBOUR.fullmatch(bare)
    return other_time(neighbour["slot"], previous) if neighbour else ""


def _of_place(slot: str, previous: str) -> str:
    """The last question with the place or the time of a slot in the place of its own; "" for other slots."""
    return other_body(slot, previous) or _fill_both(slot, previous) or _fill(slot, previous)


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
    return _fill(slot, previous) if _between(bare, mentions) and things(previous) else ""


def _fill_both(slot: str, previous: str) -> str:
    """「那山西的省级工匠呢」 takes the places of the earlier place and of what was counted; "" for a bare place."""
    mentions = find_places(slot)
    thing = _LINK.sub("", slot[mentions[-1].end :]) if mentions else ""
    if len(thing) < 2 or not find_places(previous):
        return ""
    place = slot[: mentions[-1].end]
    filled = _fill(place, previous)
    counted = sibling(thing, filled) or _fill_thing(thing, filled)
    if counted:
        return counted
    if _ASPECT.search(thing):
        return filled
    who = _WHO.search(previous)
    return f"{place}{thing}{who[0]}" if who else ""


def _fill(slot: str, previous: str) -> str:
    """「那常州呢」 takes the place of the earlier place, 「2023年呢」 that of the earlier year; "" for other slots."""
    earlier_places = find_places(previous)
    named = find_places(slot)
    if named:
        if not earlier_places:
            return f"{slot}{previous}"
        if thing := _other_of_place(slot, named, previous, earlier_places):
            return thing
        slot = slot.removesuffix("的")
        first, last = earlier_places[0], earlier_places[-1] if _between(previous, earlier_places) else earlier_places[0]
        return previous[: first.start] + slot + previous[last.end :]
    if not _TIME.fullmatch(slot):
        return ""
    time = slot.removeprefix("到")
    time = time if "年" in time else f"{time}年"
    if _TIME.search(previous):
        return _TIME.sub(time, previous, count=1)
    return f"{time}{previous}"


def _other_of_place(slot: str, named: Sequence[PlaceMention], previous: str, earlier: Sequence[PlaceMention]) -> str:
    """「甲市工匠呢」 after 「甲市给甲市之星奖多少」 asks of another receiver in the same place; "" for anything else."""
    same = named[0].full_name == earlier[0].full_name and named[-1].end < len(slot)
    given = _GIVEN.search(previous, earlier[0].end) if same else None
    return f"{previous[: given.start('whom')]}{slot}{previous[given.end('whom') :]}" if given else ""


def _fill_thing(slot: str, previous: str) -> str:
    """「职工学堂呢」 takes the place of what was counted before; "" where the last question counted nothing."""
    if not 2 <= len(slot) <= LONGEST_THING or _POINTS.search(slot) or _NO_THING.match(slot):
        return ""
    named = find_places(previous)
    behind = named[-1].end if named else 0
    for found in (_COUNTED_BEHIND.search(previous, behind), _COUNTED_BEFORE.match(previous, behind)):
        if found:
            end = found.start("thing") + len(_before_verb(found["thing"]))
            return previous[: found.start("thing")] + slot.removesuffix("的") + previous[end:]
    return ""


def _fill_item(slot: str, previous: str) -> str:
    """「短跑那一项呢」 after 「跳高项目谁得第一」 asks of another item of the same list; "" for other slots."""
    asked, said = _THAT_ITEM.fullmatch(slot), _ITEM_SAID.search(previous)
    if asked is None or said is None:
        return ""
    return previous[: said.start("what")] + asked["what"] + previous[said.end("what") :]


def _before_verb(thing: str) -> str:
    """What is counted, without what it does (开发园区搞试点)."""
    import rjieba

    kept = ""
    for word, tag in rjieba.tag(thing):
        if tag == "v" and kept:
            break
        kept += word
    return kept


def _fill_aspect(slot: str, previous: str) -> str:
    """「奖励标准呢」 asks for a property of what the last question was about (青岛大工匠的奖励标准是多少); "" for other slots."""
    if find_places(slot) or not _ASPECT.search(slot):
        return ""
    topic = _topic(previous)
    # 奖励标准 is told as 奖励8万元: that it is a standard goes without saying.
    asked = _STANDARD.sub("", slot)
    return f"{topic}的{asked}{'是多少' if _AMOUNT.search(slot) else '是什么'}？" if topic else ""


def _topic(question: str) -> str:
    """What a question is about: its words up to the first that says or asks something of it; "" when it begins so."""
    import rjieba

    at, named = 0, False
    for word, tag in rjieba.tag(question):
        if named and (tag[:1] in _SAYING or word in "，,。？?"):
            return question[:at]
        named = named or (tag[:1] == "n" and tag != "ns" and len(word) > 1)
        at += len(word)
    return ""


def _between(text: str, mentions: Sequence[PlaceMention]) -> bool:
    """Whether all places stand together (甘肃省白银市, 白银和蚌埠), so that one slot replaces them all."""
    return all(len(text[left.end : right.start]) <= 1 for left, right in pairwise(mentions))
