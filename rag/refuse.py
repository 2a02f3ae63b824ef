"""Refusing: a calibrated confidence, the reason that is true of this question, and the wording for each reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.library import Library
from index.places import is_within, narrowest
from rag import own_matter
from rag.date_of_another import dates_another_paper, dates_what_came_after
from rag.demanded_shape import without_the_shape
from rag.extract import Extract, around
from rag.glossary import glosses
from rag.grievance import beside_the_wrong, hotlines
from rag.money_asked import without_the_asked
from rag.own_place import share_for_count
from rag.procedure import without_money, without_reckoning
from rag.refusing.field import of_the_field
from rag.refusing.judge import UNMET_SHARE, judge
from rag.refusing.readings import readings
from rag.small_talk import REACH, small_talk
from rag.terms import Asked, pairs_of
from rag.types import Passage, Question, Reason
from rag.which import asks_for_absence

# What was not found may stand there all the same in other words, so nothing is said not to be there.
WORDING: dict[Reason, str] = {
    "no_content": "资料库里没有找到能确切回答这个问题的原文。",
    "unknown_place": "资料库中没有该城市的资料，不能回答这个问题。",
    "place_silent": "该城市的资料里没有找到能确切回答这个问题的原文。",
    "off_topic": "这个问题不在产业工人队伍建设改革的资料范围内，没有找到相关内容。",
    "out_of_dates": "资料库中没有说明这个时间的情况，不能回答这个问题。",
    "private": "这个问题涉及个人隐私信息，资料库不提供此类内容。",
}
ASK_MORE = "您想了解{place}的哪一方面？资料库里有这个地方的资料，请说得具体一些。"
_PRIVATE = re.compile(
    r"手机号|手机号码|身份证号|家庭住址|家庭地址|住在哪|住哪|银行卡(?:号|密码|的?(?:卡号|号码))|微信号|私人电话|个人电话|家里电话|联系电话|联系方式|电话号码|电话是多少|电话多少|的电话(?!会)|的生日|生日是|哪天(?:过)?生日"
)
# What somebody's number or card is used for (一个手机号能订几张, 用身份证号登录), or that a document made public.
_AS_MEANS = re.compile(
    r"(?:[用凭拿填输绑按]|通过|[1-9一两每]个|扫码?|要求)(?:了|的|本人|自己|好|上)*(?:手机号码?|身份证号|银行卡|微信号)"
    r"|(?:公布|公开|公示|公益|咨询|心理|援助|求助|救援|帮扶)的?\w{0,6}(?:电话|联系方式)"
)
_OWNED = re.compile(
    r"^(?:请问)?(?P<owner>[\u4e00-\u9fff]{2,8}?)的(?P<thing>[\u4e00-\u9fff]{2,4})(?:是|在|叫|有)(?:哪|谁|什么|多)"
)
_CLAUSE = re.compile(r"[^，,。；;：:！!？?\n]+")
_ASKS = re.compile(r"多少|几|哪|谁|什么|啥|怎|如何|咋|吗|呢|多[大高少]|能不能|有没有|是不是|告诉|给我|帮我|查")
# A longer message tells a story, and only what it asks can be private.
_LONG_STORY = 4
_SOMEBODY = re.compile(
    r"(?:同事|邻居|朋友|老乡|亲戚|工友|班长|领导|隔壁)(?!们|小组|班子|干部).{0,8}(?:工资|收入|奖金|挣多少|住|电话(?!会)|身份证|多大)"
)
_LOCAL = re.compile(
    r"(?!隔壁|邻近|附近|我们|咱们|俺们|人家|老家|[这那哪][个些])[\u4e00-\u9fff]{2}"
    r"(?:镇(?![上里定静痛压住])|街道|村(?![里民口头委子落]))"
)
# To make something up is no question to documents.
_MAKE = re.compile(
    r"(?:帮|替|给)(?:我|咱|俺)们?(?:写|编|作|画|翻译)(?:[1一]?[首篇段个张幅份])?\w{0,6}"
    r"(?:诗|词|歌|作文|文章|故事|小说|画|代码|程序|对联|笑话|邮件)"
)
# The number of an office is public, also where the same words would be private of a person.
_OFFICE = re.compile(
    r"(?:联系|找)(?:到)?(?:\w{0,4})工会|热线|(?:咨询|举报|投诉|服务|办公|值班|监督)电话|"
    r"(?:工会|[局厅部署]|委员会|中心|学院|学校|驿站|服务站|窗口|大厅|仲裁院|协会|妇联|基地)的?(?:联系|办公|对外)?(?:电话|方式|地址)"
)
ABSENCE = "资料库只写了哪些地方有这项做法；资料没有提到，不等于那里没有，所以不能列出“没有”的地方。可以改问哪些地方有。"
UNDEFINED = "{term}：{meaning}（这是名词解释，不是资料原文；资料库中没有专门解释它的内容。）"
CONTACT = "\n如需人工帮助，请联系：{contact}"
# Where one place has the answer, the same question of the place beside it is met with this share of the threshold.
BESIDE = 0.75


@dataclass(frozen=True, slots=True)
class Judgement:
    """The chance that the extracts answer the question, and whether they are of another year than was asked."""

    confidence: float
    year_missed: bool


def judgement(
    question: Question, terms: Asked, extracts: Sequence[Extract], passages: Sequence[Passage], library: Library
) -> Judgement:
    """What the judge says of an answer's extracts; `passages` are all that were found."""
    read = readings(question, terms, extracts, passages, library)
    chance = judge().chance(read)
    if extracts and misses_the_point(question, extracts):
        chance *= UNMET_SHARE
    return Judgement(chance, bool(read["year_missed"]) if read else bool(question.years))


def misses_the_point(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether what is told lacks the rule, the money, the sort of thing or the wrong that is asked about, or speaks of another's."""
    told = "".join(each.text for each in extracts)
    known = " ".join(f"{around(each.line)} {each.line.search}" for each in extracts)
    return (
        without_reckoning(question, told)
        or without_money(question, told)
        or beside_the_wrong(question, known)
        or own_matter.without_the_thing(question, known)
        or own_matter.without_benefit(question, told)
        or own_matter.without_learning(question, known)
        or own_matter.without_pay(question, told)
        or own_matter.of_another_sort(question, known)
        or without_the_shape(question, told)
        or without_the_asked(question, known)
        or dates_what_came_after(question, told)
        or dates_another_paper(question, told)
        or share_for_count(question, told)
        or _of_another_owner(question, extracts[0])
    )


def _of_another_owner(question: Question, best: Extract) -> bool:
    """Whether 「甲国的首都」 is asked for and the sentence speaks only of the one of another land or place (乙国首都)."""
    import rjieba

    asked = _OWNED.match(question.search)
    if asked is None:
        return False
    owners = []
    words = [("", ""), *rjieba.tag(best.line.search)]
    for (before, tag), (word, _) in pairwise(pair for pair in words if pair[0] != "的"):
        if word == asked["thing"]:
            owners.append(before if tag in {"ns", "nr", "nrt"} else "")
    return bool(owners) and all(owner and owner not in asked["owner"] for owner in owners)


def threshold(library: Library) -> float:
    """The confidence from which on the library's settings let a question be answered."""
    return judge().threshold(library.settings.error_rate)


def wording(question: Question, reason: Reason, contact: str = "", back: str = "") -> str:
    """What a refusal says: small talk is answered, a bare place name is asked about, the rest by its reason.

    What asks `back` for a place stands instead of the reason. The office's own line of contact ends it, where there is one.
    """
    office = CONTACT.format(contact=contact) if contact else ""
    if talk := small_talk(question):
        return talk + (office if talk == REACH else "")
    if question.places and not question.terms and reason == "place_silent":
        return ASK_MORE.format(place=question.places[0])
    helped = hotlines(question) if reason != "private" else ""
    # With the name of a place added, the same is refused again: who was wronged is told where to turn instead.
    told = (not helped and back) or _of_places(question, WORDING[reason])
    if reason == "no_content" and _asks_who_lacks(question):
        told = ABSENCE
    if reason in {"no_content", "off_topic"} and (asked := glosses(question, "")):
        told = UNDEFINED.format(term=asked[0].term, meaning=asked[0].meaning.rstrip("。") + "。")
    return told + helped + office


def _of_places(question: Question, told: str) -> str:
    """The wording with the places that were asked about, which may be no city (该城市 of a province, a district, a firm)."""
    places = [*narrowest(list(question.places)), *question.unknown_places]
    return told.replace("该城市", "、".join(places)) if places else told


def at_the_door(question: Question, library: Library) -> Reason | None:
    """Reasons that need no search: small talk, private matters, a place that the library does not hold."""
    if small_talk(question) or _MAKE.search(question.search):
        return "off_topic"
    if _is_private(question):
        return "private"
    if _asks_who_lacks(question):
        return "no_content"
    unheld = bool(question.places) and not any(_held(place, library) for place in question.places)
    unheard = not question.places and (bool(question.unknown_places) or _unheard_of(question, library))
    return "unknown_place" if unheld or unheard else None


def _is_private(question: Question) -> bool:
    """Whether somebody's own matter is asked for; a long story may tell of one and ask something else."""
    clauses = _CLAUSE.findall(question.search)
    asking = [clause for clause in clauses if _ASKS.search(clause)]
    asked = "，".join(asking) if len(clauses) >= _LONG_STORY and asking else question.search
    if _SOMEBODY.search(asked):
        return True
    return bool(_PRIVATE.search(_AS_MEANS.sub("", asked))) and not _OFFICE.search(asked)


def _asks_who_lacks(question: Question) -> bool:
    return question.kind == "which" and asks_for_absence(question)


def _held(place: str, library: Library) -> bool:
    names = library.place_names()
    return place in names or any(is_within(held, place) or is_within(place, held) for held in names)


def _unheard_of(question: Question, library: Library) -> bool:
    """Whether a town or village is named that no passage speaks of, in any pair of its characters."""
    return any(
        not any(library.document_frequency(pair) for pair in pairs_of(name)) for name in _LOCAL.findall(question.search)
    )


def after_search(question: Question, missed_year: bool, library: Library) -> Reason:
    """The reason for a question whose best extract is not good enough."""
    newest = library.newest()
    if question.years and (missed_year or (newest and all(year > newest[:4] for year in question.years))):
        return "out_of_dates"
    if question.places:
        names = library.place_names()
        own = not names.isdisjoint(question.places) or any(
            is_within(held, place) for held in names for place in question.places
        )
        return "place_silent" if own else "unknown_place"
    of_work = of_the_field(question) or bool(hotlines(question)) or own_matter.speaks_of_work(question)
    return "no_content" if of_work else "off_topic"
