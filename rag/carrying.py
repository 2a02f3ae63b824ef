"""What a follow-up that names its own question takes over from the one before: the place, the year, or what it was about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.measures import measures
from index.normalise import search_form
from index.places import PlaceMention, find_places, is_within
from rag.answered import another_person, person, thing
from rag.counterpart import ending_alike
from rag.subject import placeless, says_something, subject, things
from rag.surnames import SURNAMES

# A longer question says itself what it is about.
LONGEST_FOLLOW_UP = 26
# What is asked now follows a short name in one breath.
LONGEST_NAME = 8
# The asking word of a question with the verb that leads to it and the unit behind it; the rest says what it is about.
_ASKED_SLOT = re.compile(
    r"有没有|有无|(?:(?:一共|总共|共)?(?:奖励|奖|补助|补贴|补|发放|发|给|有|是|叫|建了|评出|评)[了过]?)?(?:多少|几|谁|什么|哪[个些家位]|啥)"
    r"(?:钱|元|万元|时候|个人|[个家名项所人条次位对])?(?:啊|呢|呀)?"
)
# 「总共有多少了」 does not ask of what was new in a year.
_ALL = re.compile(r"^(?:现在|目前|到现在)?(?:一共|总共|总数|全部|累计)")
_NEW = re.compile(r"(?:[1一每去今]年|当年|新)?新?(?:增加|增)了?")
# A way of counting or of comparing asks on about the whole of what was asked.
_LEANS = re.compile(r"^(?:比|平均|每|各|为什么|为啥)")
_LEFT_OPEN = re.compile(r"[呢吗][？?]?$")
_ASKS = re.compile(r"多少|几|谁|什么|哪|啥|怎么|如何|第几|多[大长久]")
# A part of what was counted: 其中…, 国家级的有几个.
_OF_IT = re.compile(r"^(?:(?:那|这)?(?:其中|里面|里头|当中)|占|[^，。？的]{1,8}的(?=[有占是呢，]|多少|几|一共))")
_WITHIN = re.compile(r"^[那这]里[头面边]的?")
_COUNTS = re.compile(r"多少|几")
_SUCH = re.compile(r"这[些样么]|那些")
_POINTER = re.compile(
    r"(这个市|该市|这座城市|这个城市|那个市|那里(?![头面边])|这里(?![头面边])|当地|它们|它|他们|该公司|这家公司|这个公司|这家企业|该企业|本市)"
)
# 「那里备了什么药」 after a question of a station asks of the station, not of its city.
_THERE = frozenset({"那里", "这里", "当地"})
# What a body or a person does is not asked of the place in its name.
_IT = frozenset({"它们", "它", "他", "他们"})
_SITE = re.compile(
    r"[^，,]{2,}(?:站|驿站|中心|馆|园|基地|学院|学校|大学|医院|厂|公司|店|广场|学堂|之家|营地|小区|社区|服务区|工地)"
)
# What the last answer named, pointed at: 「那边能住多少人」.
_AT_THING = re.compile(
    r"(?<=在)里[头面](?!的)|(?<![\u4e00-\u9fff])(?:那边|那里|那儿|这里|这家公司|该公司|这个公司|这家企业|该企业)"
)
# Words for what was asked about as a whole; a person is never a place.
_THE_SAME = re.compile(
    r"^(?:在|对|办|搞)?(?:这|那|该)个?(?:活动|件?事|项目|比赛|大赛|行动|计划|政策|制度|奖项?)|^(?:它们|它|他们|她们)(?:自己)?"
)
_PERSON = re.compile(r"(?<![其吉维])[他她](?!们)")
_WHO_OR_IT = re.compile(r"(?<![其吉维])[他她它]们?")
# Another body than the last one at the beginning of what is asked (那某某局是谁去的).
_OTHER_BODY = re.compile(
    r"^[\u4e00-\u9fff]{1,8}?(?:局|办|委|厅|处|公司|学院|大学|银行|集团|医院|街道|社区|[镇村组队])(?=[的是在去给有谁])"
)
# 「繁峙那家给的是什么」 asks of another body what was asked of the last one.
# A question that begins so leaves out whom it asks about, whatever place it names.
_OF_SOMEBODY = re.compile(
    r"^(?:[他她它]们?(?:自己)?|(?:这|那|该)(?:个|家|位|所|座)?(?:公司|企业|单位|学校|人|活动|项目|比赛)"
    r"|(?:\d{4}年[起后前]?|之前|以前|此前|后来|当时|当初)(?:[他她它]们?)?(?=[^，。？?]{0,3}(?:[他她它]|主政|任|当|干|做|在|去|到)))"
)
_THAT_PERSON = re.compile(r"(?<=的)[那这](?:个人|位|人)(?!们)")
_CALLED = re.compile(
    rf"[{''.join(sorted(name for name in SURNAMES if len(name) == 1))}]"
    r"(?:阿姨|叔叔|大叔|师傅|老师|先生|女士|大爷|大妈|大娘|奶奶|爷爷|大哥|大姐|医生|教授|同学)"
)
_THAT_ONE = re.compile(r"那[家边里个]|的那[家个]")
_THEN = re.compile(r"^(?:那|同|当)(?:一)?(?:年|时候|时)的?")
_NEXT = re.compile(r"^第二年")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_NATIONWIDE = re.compile(
    r"全国(?!劳模|劳动模范|先进|五一|人大|政协|技术能手|技能大赛|总工会|职工)|国家(?=[有出对的给要发怎什]|层面|规定|政策|[？?]|$)|中央|国务院|全总|哪[些个几]+(?:城市|地方|地区|省|市)"
)
_TAIL = re.compile(r"[？?。！!\s]+$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A standalone question: its text, the part that says what is asked, and the earlier question that it leans on, or ""."""

    text: str
    asked: str
    background: str = ""


def carried(current: str, previous: str, opened: bool, answered: str = "") -> Resolved:
    """A question without a place keeps the last one's; one that names no term of the field keeps what that one was about.

    `opened` says that it began as a follow-up does (那, 还有); of what was answered only the name of a person is taken.
    """
    current = _person_meant(current, previous, answered)
    return _of_another_person(current, previous) or _carried(current, previous, opened, answered)


def _carried(current: str, previous: str, opened: bool, answered: str) -> Resolved:
    named, earlier = find_places(current), find_places(previous)
    if named and earlier != named and _OF_SOMEBODY.search(current):
        return _of_somebody(current, previous, answered)
    if named or (_NATIONWIDE.search(current) and not _NATIONWIDE.search(previous)):
        return _that_one(current, previous, named, earlier)
    place = previous[earlier[0].start : earlier[0].end] if earlier else ""
    current = _dated(current, previous)
    if pointed := _pointed(current, previous, place):
        return pointed
    if len(current) > LONGEST_FOLLOW_UP and not opened:
        return Resolved(current, current)
    if (
        not _SUCH.search(current)
        and not _OF_IT.search(current)
        and any(measure.said_in(search_form(current)) for measure in measures())
    ):
        return Resolved(f"{place}{current}", current)
    return _joined(current, previous, answered, place)


def _person_meant(current: str, previous: str, answered: str) -> str:
    """「去某地的那个人原先在哪」 with the name of the one person whom the last answer named beside the one asked about."""
    name = another_person(previous, answered) if _THAT_PERSON.search(current) else ""
    return _THAT_PERSON.sub(name, current, count=1) if name else current


def _of_another_person(current: str, previous: str) -> Resolved | None:
    """「李叔叔夸哪个课好」 behind what stood before 王阿姨 in the last question; None where no other one is called so."""
    now, before = _CALLED.match(current), _CALLED.search(previous)
    if now is None or before is None or now[0] == before[0] or now[0] in previous:
        return None
    head = previous[: before.start()]
    return Resolved(f"{head}{current}", current, background=head) if things(placeless(head)) else None


def _of_somebody(current: str, previous: str, answered: str) -> Resolved:
    """A question of somebody who was asked about, in a place of its own, which takes that of the last question's place."""
    topic = subject(_TAIL.sub("", previous))
    rest = _WHO_OR_IT.sub(person(previous, answered), _THE_SAME.sub("", current), count=1)
    about = _apart(topic, current)
    if not about:
        return Resolved(rest, rest)
    return Resolved(f"{about}，{rest}", rest, background=about)


def _apart(topic: str, current: str) -> str:
    """A topic without its places where those lie apart from the places that are asked about now: places keep others out."""
    named = {each.full_name for each in find_places(current)}
    held = find_places(topic)
    together = all(
        any(is_within(each.full_name, one) or is_within(one, each.full_name) for one in named) for each in held
    )
    return topic if together else placeless(topic)


def _that_one(current: str, previous: str, named: Sequence[PlaceMention], earlier: Sequence[PlaceMention]) -> Resolved:
    """A question with a place of its own: as it stands, unless it asks of that one (繁峙那家) what was asked before."""
    told = _THAT_ONE.match(current, named[0].end) if named else None
    if told and earlier and not things(current[told.end() :]):
        same = f"{previous[: earlier[0].start]}{current[: named[0].end]}{previous[earlier[0].end :]}"
        return Resolved(same, same)
    if told and not earlier:
        # 「山东那家单位是什么问题」 asks of one of those that the last question asked for.
        return Resolved(f"{_TAIL.sub('', previous)}，{current}", current, background=previous)
    return Resolved(current, current)


def _pointed(current: str, previous: str, place: str) -> Resolved | None:
    """A question that points at the place or the site of the last one (那里, 该市), with its name; None for others."""
    pointer = _POINTER.search(current)
    if pointer is None:
        return None
    head, behind = current[: pointer.start()], current[pointer.end() :]
    site = _SITE.match(subject(_TAIL.sub("", previous))) if pointer[0] in _THERE else None
    if site:
        return Resolved(f"{site[0]}{head}{behind}", f"{head}{behind}", background=site[0])
    if not place or _THE_SAME.search(current) or (pointer[0] in _IT and things(placeless(_of_body(previous)))):
        return None
    return Resolved(f"{head}{place}{behind}", f"{head}{place}{behind}")


def _of_body(previous: str) -> str:
    """What the last question is about, where that is more than its place."""
    return subject(_TAIL.sub("", previous), counted=False)


def _joined(current: str, previous: str, answered: str, place: str) -> Resolved:
    """What is asked now in the place of what the last question asked, or behind it where it cannot be told apart."""
    about = _TAIL.sub("", previous)
    if _LEANS.search(current) or (_LEFT_OPEN.search(current) and not _ASKS.search(current)):
        return Resolved(f"{about}，{current}", current, background=previous)
    if _OF_IT.search(current):
        current = _WITHIN.sub("", current)
        whole = (_without_asked(about) if _COUNTS.search(about) else subject(about)) or about
        return Resolved(f"{whole}，{current}", current, background=whole)
    # 「她在里头做哪一块」 has its own predicate: whom it is asked of stands before it.
    topic = "" if _WHO_OR_IT.match(current) or says_something(current) else _without_asked(about)
    topic = _NEW.sub("", topic) if _ALL.search(current) else topic
    if topic:
        # What was asked gave way to what is asked now: one whole question, of which every word counts.
        return Resolved(f"{topic}{current}", f"{topic}{current}", background=topic)
    few = things(current)
    of_person = bool(_PERSON.match(current))
    topic = subject(
        about, counted=few < 2 or bool(_SUCH.search(current)), whole=not (few or of_person), of_person=of_person
    )
    topic = _NEW.sub("", topic) if _ALL.search(current) else topic
    rest = _PERSON.sub(person(previous, answered), _THE_SAME.sub("", current), count=1)
    pointed = thing(previous, answered) if _AT_THING.search(rest) else ""
    rest = _AT_THING.sub(pointed, rest, count=1) if pointed else rest
    if not topic:
        return Resolved(f"{place}{rest}", rest) if things(current) > 1 else Resolved(f"{about}，{rest}", rest, previous)
    body = _OTHER_BODY.match(rest)
    if body and (other := ending_alike(body[0], topic)):
        return Resolved(f"{other}{rest[body.end() :]}", f"{other}{rest[body.end() :]}")
    apart = "，" if (len(topic) > LONGEST_NAME or "，" in topic) and not rest.startswith("的") else ""
    return Resolved(f"{topic}{apart}{rest}", rest, background=topic)


def _dated(current: str, previous: str) -> str:
    """「那一年转化了多少」 with the year of the last question, 「第二年又发了多少」 with the one after it."""
    year = _YEAR.search(previous)
    if year is None:
        return _THEN.sub("", current)
    told = int(year[0].removesuffix("年"))
    return _NEXT.sub(f"{told + 1}年", _THEN.sub(f"{told}年", current))


def _without_asked(question: str) -> str:
    """What a question with one asking word is about, all its words but those that ask; "" where nothing but a place is left."""
    found = list(_ASKED_SLOT.finditer(question))
    if len(found) != 1 or _NATIONWIDE.search(question):
        return ""
    rest = (question[: found[0].start()] + question[found[0].end() :]).strip("，, ")
    return rest if things(placeless(rest)) else ""
