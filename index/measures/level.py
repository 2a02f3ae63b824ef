"""Whose deed a clause tells: that of a province, a city, a county, or of an enterprise that works there."""

from __future__ import annotations

import re
from typing import Literal

from index.places import places

Level = Literal["country", "province", "city", "county", "enterprise"]
# Who was last named as one who may act: a public body, an enterprise, or nobody.
Subject = Literal["public", "enterprise", ""]

_PUBLIC = re.compile(
    r"(?:(?![与和向对在给到由])[\u3400-\u9fff]){2}[市省县州](?![的\u3400-\u9fff]{0,18}(?:公司|集团|厂|矿|医院|银行|学院|企业|[硅铝铜锂酒乳]业))|总工会|工会联合会|[省市区县镇道](?:[\u3400-\u9fff](?![院厂司行站校心])){0,4}工会(?!主席)|产业工会|各级工会|[省市区县镇]委|政府|人力资源(?:和|与)?社会保障[局厅]|[\u3400-\u9fff]{2}[局厅](?![长域面])|[全我本该各][市省区县州]"
    r"|工会组织(?![开进举召活动学参观慰走职员工联体了])|工会系统|当地|各地|各部门|领导小组|产改办|街道|社区|[乡镇]|法院|检察院|党群服务中心|职工服务中心|协会|基金会|团[省市区县]委|妇联|残联|红十字会"
)
_ENTERPRISE = re.compile(
    r"(?:集团[\u3400-\u9fff]{0,12}公司|公司|集团|工厂|钢厂|电厂|矿|医院|卫生院|保健院|血站|疾控中心|银行|支行|分行|农商行|农信社|信用社|车间|项目部|酒店|研究院|研究所|供电所?|供电局"
    r"|铁路局|机务段|机场|油田|营业厅|商场|超市|快递|门店|药店|药企|药业|[硅铝铜锂酒乳]业|连锁|物流|燃气|产险|财险|指挥部|客户端)(?![员业站])"
    r"|[院厂司行站校]工会|中心工会|本企业|该企业|我们企业|该厂|我厂|顺丰|中通|圆通|申通|韵达|菜鸟|美团|饿了么|滴滴|链家|京东|中[建铁交][一二三四五六七八九十]{1,3}局|爱心企业|中建|中铁|国网|中国移动|中国电信|中国联通"
)
# Behind these somebody is who the deed is done to or with, or where a person is from; a name may stand in between.
_NOT_SUBJECT = re.compile(
    r"(?:在|对|向|到|给|与|组织|推动|引导|支持|指导|鼓励|帮助|依托|联合|会同|遴选|选取|确定|命名|授予|走进|深入|来到|来自|慰问|被?命名为|被评为|获评|荣获|入选|各)[\u3400-\u9fffa-z0-9、]{0,12}$"
)
# Two who do it together: the public body of them counts.
_JOINED = re.compile(r"(?:与|和|联合|会同|携手)(?:[\u3400-\u9fff]{0,3})$")
_TOGETHER = re.compile(r"[^,，。]{0,14}?(?:联合|共同|携手|主办|举办|承办|开展|举行|推出|走进)")
_REACH = 16
# An enterprise that leads a sentence is named among its first characters, and not in a list of examples.
_OPENING = 24
_LISTS = re.compile(r"包括|包含|以及|听闻|\d家")
# Employers by the last word of their names, and not a trade (快递小哥), a person of theirs, or the first of those who join.
_EMPLOYER = re.compile(
    r"(?:公司|集团|厂|矿|油田|银行|支行|分行|医院|项目部|车间|研究院|研究所|供电所?|供电局|机务段|[建铁交][一二三四五六七八九十]{1,3}局|[硅铝铜锂药酒乳]业)$"
)
_OF_EMPLOYER = re.compile(
    r"[、的\"“《(:]|位于|等|供图|[\u3400-\u9fff]{0,8}(?:负责人|主席|书记|经理|董事长|厂长|矿长|局长|院长|主任|部长|班长|组长|代表|工会)"
    r"|(?:职工|员工|工人|技师|工匠|劳模|司机)(?![\u3400-\u9fff]?[参可占达人])"
)
_WITH = re.compile(r"[与和及]|同(?!时)|联合|携手|会同")
# Between two words that each may end a name, where the first only begins it: 国网甲州供电公司.
_GOES_ON = re.compile(r"[^为在的与和对向给将把推组建开实自,，、;；]{0,8}")
# What somebody says or is told of is no deed, nor is what many do; what stands behind a verb does nothing itself.
_TOLD = re.compile(
    r"[他她你]|据|了|以(?![来后前上])|汇集|邀请|通过|谈[及到起]|说|表示|介绍|告诉|记者|来自|位于|参加|获得|荣获|入选"
)
_NO_ACTOR = (
    "等",
    "的",
    "员工",
    "职工",
    "工人",
    "总经理",
    "董事长",
    "负责人",
    "技师",
    "党委书记",
    "里",
    "内",
    "中",
    "网点",
    "对面",
    "门口",
    "附近",
    "总部",
)


def subject_in(text: str) -> Subject:
    """Who was named last in a search form as one who may act, names of measures left out."""
    public = [found.end() for found in _PUBLIC.finditer(text) if _acts(text, found) or _joins(text, found)]
    enterprise = [found.end() for found in _ENTERPRISE.finditer(text) if _acts(text, found)]
    if not public and not enterprise:
        return ""
    return "enterprise" if enterprise and enterprise[-1] > max(public, default=-1) else "public"


def _acts(text: str, found: re.Match[str]) -> bool:
    if text.startswith(_NO_ACTOR, found.end()):
        return False
    before = text[max(0, found.start() - _REACH) : found.start()]
    return not _NOT_SUBJECT.search(before)


def _joins(text: str, found: re.Match[str]) -> bool:
    """Whether somebody does it together with the one who was named first."""
    before = text[max(0, found.start() - _REACH) : found.start()]
    return bool(_JOINED.search(before) and _TOGETHER.match(text, found.end()))


def level_of(place: str, subject: Subject) -> Level:
    """The level of a deed of a place, given who acts."""
    known = places().get(place)
    if subject == "enterprise" or (known is not None and known.level == "enterprise"):
        return "enterprise"
    return known.level if known is not None else "city"


def named_actors(text: str) -> tuple[int, int]:
    """How many public bodies and how many enterprises a search form names as ones who may act."""
    public = sum(_acts(text, found) or _joins(text, found) for found in _PUBLIC.finditer(text))
    return public, sum(_acts(text, found) for found in _ENTERPRISE.finditer(text))


def first_actor(text: str) -> Subject:
    """Who is named first in a search form as one who may act."""
    public = next((one.start() for one in _PUBLIC.finditer(text) if _acts(text, one)), len(text))
    enterprise = next((one.start() for one in _ENTERPRISE.finditer(text) if _acts(text, one)), len(text))
    if public == enterprise:
        return ""
    return "public" if public < enterprise else "enterprise"


def leads_enterprise(text: str) -> bool:
    """Whether the words of a sentence before a deed open with an enterprise that acts, and name no public body."""
    if _PUBLIC.search(text):
        return False
    first = next((found for found in _ENTERPRISE.finditer(text) if _acts(text, found)), None)
    return first is not None and first.end() <= _OPENING and not _LISTS.search(text)


def is_employers_own(text: str, deed: int) -> bool:
    """Whether an employer that opens a sentence is its subject, before a deed at `deed`, with no public body beside it."""
    named = [one for one in _ENTERPRISE.finditer(text, 0, min(deed, _OPENING)) if _acts(text, one)]
    if not named:
        return False
    end = named[0].end()
    for one in named[1:]:
        end = one.end() if _GOES_ON.fullmatch(text[end : one.start()]) else end
    before = text[: named[0].start()]
    if (
        not _EMPLOYER.search(text[:end])
        or _OF_EMPLOYER.match(text, end)
        or _TOLD.search(before)
        or _LISTS.search(before)
    ):
        return False
    if _WITH.match(text, end):
        return not _PUBLIC.search(text)
    return not any(_acts(text, one) or _joins(text, one) for one in _PUBLIC.finditer(text))
