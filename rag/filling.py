"""The last question with a slot of a follow-up filled in: another place or time, another thing counted, another property."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.places import PlaceMention, find_places
from rag.counterpart import ending_alike
from rag.slots import sibling
from rag.subject import subject

LONGEST_THING = 12
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
# A measure by its own name (点击量, 就业率): 「底薪呢」 asks how much it is.
_MEASURED = re.compile(r"^[\u4e00-\u9fff]{1,6}(?:[量率额薪]|工资|学费|价格|票价|得分|成绩|人次)$")
_STANDARD = re.compile(r"(?<=..)(?:标准|金额|额度|数额)$")
_AMOUNT = re.compile(r"(?:标准|金额|比例|占比|人数|数量|总数|额度|名额)$")
# Tags of words that say or ask something of the topic before them.
_SAYING = frozenset("vmrtdpc")
_POINTS = re.compile(r"[这那]|该|它|[他她]们?$|当地|本市")
# A slot that begins so is a way of counting, not a thing (平均到每个县呢).
_NO_THING = re.compile(r"^(?:平均|每|各|其中|里面|里头|一共|总共|具体|为什么|还)")


def place_and_thing(slot: str, previous: str) -> str:
    """「那山西的省级工匠呢」 takes the places of the earlier place and of what was counted; "" for a bare place."""
    mentions = find_places(slot)
    thing = _LINK.sub("", slot[mentions[-1].end :]) if mentions else ""
    if len(thing) < 2 or not find_places(previous):
        return ""
    place = slot[: mentions[-1].end]
    filled = place_or_time(place, previous)
    counted = sibling(thing, filled) or thing_counted(thing, filled)
    if counted:
        return counted
    if _ASPECT.search(thing):
        return filled
    who = _WHO.search(previous)
    return f"{place}{thing}{who[0]}" if who else ""


def place_or_time(slot: str, previous: str) -> str:
    """「那常州呢」 takes the place of the earlier place, 「2023年呢」 that of the earlier year; "" for other slots."""
    earlier_places = find_places(previous)
    named = find_places(slot)
    if named:
        if not earlier_places:
            return f"{slot}{previous}"
        if thing := _other_of_place(slot, named, previous, earlier_places):
            return thing
        slot = slot.removesuffix("的")
        first, last = earlier_places[0], earlier_places[-1] if together(previous, earlier_places) else earlier_places[0]
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


def thing_counted(slot: str, previous: str) -> str:
    """「职工学堂呢」 takes the place of what was counted before; "" where the last question counted nothing."""
    if not 2 <= len(slot) <= LONGEST_THING or _POINTS.search(slot) or _NO_THING.match(slot):
        return ""
    named = find_places(previous)
    behind = named[-1].end if named else 0
    for found in (_COUNTED_BEHIND.search(previous, behind), _COUNTED_BEFORE.match(previous, behind)):
        if found:
            if inner := _inside(slot, found["thing"]):
                return previous[: found.start("thing")] + inner + previous[found.end("thing") :]
            counted = _before_verb(found["thing"])
            if _MEASURED.search(slot) and counted != found["thing"]:
                # 「点击量呢」 after 「让多少人受益」 asks for a measure of the thing itself, which benefits nobody.
                return ""
            end = found.start("thing") + len(counted)
            return previous[: found.start("thing")] + slot.removesuffix("的") + previous[end:]
    return ""


def _inside(slot: str, thing: str) -> str:
    """A long thing that was counted with a slot in the place of its own part: a word that ends alike, or one before its head."""
    import rjieba

    words = rjieba.cut(thing, False)
    if slot.endswith("的") and len(words) > 1 and len(words[-1]) > 1 and "的" in words:
        return "".join(words[: words.index("的") + 1]) + slot + words[-1]
    return ending_alike(slot, thing) if len(thing) > 2 * len(slot) else ""


def item_of_list(slot: str, previous: str) -> str:
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


def aspect(slot: str, previous: str) -> str:
    """「奖励标准呢」 asks for a property of what the last question was about (青岛大工匠的奖励标准是多少); "" for other slots."""
    if find_places(slot) or not _ASPECT.search(slot):
        return ""
    topic = _topic(previous)
    # 奖励标准 is told as 奖励8万元: that it is a standard goes without saying.
    asked = _STANDARD.sub("", slot)
    return f"{topic}的{asked}{'是多少' if _AMOUNT.search(slot) else '是什么'}？" if topic else ""


def measure(slot: str, previous: str) -> str:
    """「底薪呢」 asks how much that of the last question's subject is; "" for a slot that is no measure by its name."""
    topic = subject(previous) if _MEASURED.search(slot) and not find_places(slot) else ""
    return f"{topic}的{slot}是多少？" if topic else ""


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


def together(text: str, mentions: Sequence[PlaceMention]) -> bool:
    """Whether all places stand together (甘肃省白银市, 白银和蚌埠), so that one slot replaces them all."""
    return all(len(text[left.end : right.start]) <= 1 for left, right in pairwise(mentions))
