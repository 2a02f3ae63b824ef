"""Follow-ups become standalone questions: place, year and topic are carried over from the last question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.errors import SettingsError
from index.measures import measures
from index.normalise import search_form
from index.places import PlaceMention, find_places
from rag.lexicon import stop_words
from rag.slots import another_place, beside_last, beside_place, first_of, listed_item, sibling
from rag.types import Turn

MAX_TURNS = 12
MOST_TURNS = 100
# A longer question says itself what it is about.
LONGEST_FOLLOW_UP = 18
LONGEST_THING = 12
_OPENING = re.compile(
    r"^(?:(?:那么|那|再问(?:一下|下|个|问)?|还有(?!多少|几|没|哪|什么|谁)|另外|以及|还想(?:问|知道)(?:一下|下)?|请问"
    r"|然后|接着|顺便(?:问(?:一下|下|问)?)?|好的|嗯)[，,、\s]*){1,3}"
)
_ELLIPSIS = re.compile(r"^(?P<slot>[^，。？！?!]{1,16}?)(?P<asks>呢|怎么样|如何|咋样)[？?。!！]*$")
# A place with a bare way of asking asks of it what was asked before (常州有吗, 福州有几个, 那边呢).
_SAME_OF_PLACE = re.compile(
    r"(?:那边|那里|这边)?(?:也|还|又|都)?(?:有吗|有么|有没有|是吗|是多少|有多少|多少|有几[个家名]|几[个家名]|怎么样|什么样|如何|咋样)?[？?。!！]*"
)
# The asking word of a question with the verb that leads to it and the unit behind it; the rest says what it is about.
_ASKED_SLOT = re.compile(
    r"有没有|有无|(?:(?:一共|总共|共)?(?:奖励|奖|补助|补贴|补|发放|发|给|有|是|叫|建了|评出|评)[了过]?)?(?:多少|几|谁|什么|哪[个些家位]|啥)"
    r"(?:钱|元|万元|时候|个人|[个家名项所人条次位对])?(?:啊|呢|呀)?"
)
_LEANS = re.compile(r"^(?:比|其中|平均|每|各|为什么|为啥|里面|里头)|呢[？?]?$|吗[？?]?$")
_TIME = re.compile(r"到?(?:19|20)\d{2}年?(?:年?[初底末中]|上半年|下半年|\d{1,2}月)?")
_POINTER = re.compile(
    r"(这个市|该市|这座城市|这个城市|那个市|那里|这里|当地|它们|它|他们|该公司|这家公司|这个公司|这家企业|该企业|本市)"
)
_NATIONWIDE = re.compile(r"全国|国家(?!级)|中央|国务院|全总|哪[些个几]+(?:城市|地方|地区|省|市)")
# What a question counts: 几家工匠学院, 工匠学院有几家; it ends where the question goes on.
_COUNTED_BEHIND = re.compile(r"(?:多少|几)[个家名项所条场对位]?(?P<thing>[\u4e00-\u9fff（）()]{2,12})(?=[？?。，,]|$)")
_COUNTED_BEFORE = re.compile(r"的?(?P<thing>[\u4e00-\u9fff（）()]{2,12}?)(?=一?共?(?:有|是|建了|达到)(?:多少|几))")
# What joins a place to the thing that is asked of it: 蚌埠那边的标准.
_LINK = re.compile(r"^(?:那边|那里|这边)?的?")
# How an earlier question ended that asked who or which body somebody or something is.
_WHO = re.compile(r"(?:是|叫|归|由)(?:谁|哪|什么)[^，。？?]{0,12}[？?]?$")
_ASPECT = re.compile(
    r"(?:标准|金额|条件|时间|比例|占比|人数|数量|总数|办法|流程|期限|年限|待遇|要求|额度|名额|范围|对象)$"
)
_STANDARD = re.compile(r"(?<=..)(?:标准|金额|额度|数额)$")
_AMOUNT = re.compile(r"(?:标准|金额|比例|占比|人数|数量|总数|额度|名额)$")
# Tags of words that say or ask something of the topic before them.
_SAYING = frozenset("vmrtdpc")
# A slot that begins so is a way of counting, not a thing (平均到每个县呢).
_NO_THING = re.compile(r"^(?:平均|每|各|其中|里面|里头|一共|总共|具体|为什么|还)")
_TAIL = re.compile(r"[？?。！!\s]+$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A standalone question: its text, the part that says what is asked, and the earlier question that it leans on, or ""."""

    text: str
    asked: str
    background: str = ""


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
    if same := _same_of_place(bare, previous):
        return Resolved(same, same)
    ellipsis = _ELLIPSIS.match(bare)
    if ellipsis:
        filled = _fill_both(ellipsis["slot"], previous) or _fill(ellipsis["slot"], previous)
        if not filled and ellipsis["asks"] == "呢":
            filled = sibling(ellipsis["slot"], previous) or _fill_aspect(ellipsis["slot"], previous)
            filled = filled or _fill_thing(ellipsis["slot"], previous)
        if filled:
            return Resolved(filled, filled)
    return _carry(bare, previous, opened=bare != current)


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
    return _fill(slot, previous) if _between(bare, mentions) and _things(previous) else ""


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
    if find_places(slot):
        if not earlier_places:
            return f"{slot}{previous}"
        first, last = earlier_places[0], earlier_places[-1] if _between(previous, earlier_places) else earlier_places[0]
        return previous[: first.start] + slot + previous[last.end :]
    if not _TIME.fullmatch(slot):
        return ""
    time = slot.removeprefix("到")
    time = time if "年" in time else f"{time}年"
    if _TIME.search(previous):
        return _TIME.sub(time, previous, count=1)
    return f"{time}{previous}"


def _fill_thing(slot: str, previous: str) -> str:
    """「职工学堂呢」 takes the place of what was counted before; "" where the last question counted nothing."""
    if not 2 <= len(slot) <= LONGEST_THING or _POINTER.search(slot) or _NO_THING.match(slot):
        return ""
    named = find_places(previous)
    behind = named[-1].end if named else 0
    for found in (_COUNTED_BEHIND.search(previous, behind), _COUNTED_BEFORE.match(previous, behind)):
        if found:
            return previous[: found.start("thing")] + slot + previous[found.end("thing") :]
    return ""


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


def _carry(current: str, previous: str, opened: bool) -> Resolved:
    """A question without a place keeps the last one's; one without a subject keeps the last one's topic as well."""
    mentions = find_places(current)
    if mentions or _NATIONWIDE.search(current):
        return Resolved(current, current)
    earlier = find_places(previous)
    place = previous[earlier[0].start : earlier[0].end] if earlier else ""
    pointer = _POINTER.search(current)
    if pointer and place:
        filled = current[: pointer.start()] + place + current[pointer.end() :]
        return Resolved(filled, filled)
    if len(current) > LONGEST_FOLLOW_UP and not opened:
        return Resolved(current, current)
    if any(measure.said_in(search_form(current)) for measure in measures()) or _things(current) >= 2:
        return Resolved(f"{place}{current}", current)
    return _joined(current, previous)


def _joined(current: str, previous: str) -> Resolved:
    """What is asked now in the place of what the last question asked, or behind it where it cannot be told apart."""
    about = _TAIL.sub("", previous)
    topic = "" if _LEANS.search(current) else _without_asked(about)
    if topic:
        # What was asked gave way to what is asked now: one whole question, of which every word counts.
        return Resolved(f"{topic}{current}", f"{topic}{current}", background=topic)
    return Resolved(f"{about}，{current}", current, background=previous)


def _without_asked(question: str) -> str:
    """What a question with one asking word is about, all its words but those that ask; "" where nothing but a place is left."""
    found = list(_ASKED_SLOT.finditer(question))
    if len(found) != 1 or _NATIONWIDE.search(question):
        return ""
    rest = (question[: found[0].start()] + question[found[0].end() :]).strip("，, ")
    return rest if _things(_placeless(rest)) else ""


def _placeless(text: str) -> str:
    pieces, at = [], 0
    for mention in find_places(text):
        pieces.append(text[at : mention.start])
        at = max(at, mention.end)
    return "".join([*pieces, text[at:]])


def _things(text: str) -> int:
    """How many things a question names itself; one that names two says what it is about."""
    import rjieba

    words = [word for word, tag in rjieba.tag(search_form(text)) if tag[:1] == "n" and len(word) > 1]
    return len([word for word in words if word not in stop_words()])
