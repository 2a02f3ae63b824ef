"""Why a clause that names a measure may not show it: a title of a person, a meeting place, a purpose that opens a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.measures.naming import Naming

# Behind the name: somebody who bears it, or a part of something else.
_BEARER = re.compile(
    r"(?:的)?(?:领衔人|负责人|带头人|领办人|主任|导师|成员|选手|获得者|冠军|亚军|讲师|创始人|代表(?!队)|品牌|[\u3400-\u9fff]{2,3}(?:说|表示|介绍|告诉|讲述|坦言|认为))"
)
_CONTESTS = frozenset({"劳动和技能竞赛"})
_VENUE_BEFORE = re.compile(r"(?:在|于|走进|来到|前往|赴)[^,，。;；]{0,14}$")
_VENUE_AFTER = re.compile(r"[^,，。;；]{0,5}?(?:举行|举办|召开|开幕|启动|开班|上演|开讲|落幕|闭幕)")
# A clause that opens a sentence with what it is for or about, and leaves the deed to those behind it.
_PURPOSE = re.compile(
    r"^(?:[^,，]{0,12}\(记者[^)]{0,20}\))?(?:为|为了|旨在)(?!全|职工|劳动者|员工|他们|其|.{0,30}(?:提供|送去|送上|送来|发放|办理|建立|搭建|带来))"
    r"|^(?:[分着主]?(?:别|重|力|要|点)?围绕|针对|结合|按照|根据|随着|由于|除|鉴于|对照)[^,，]{0,90}[,，]$"
)


# Looking at something, showing it to visitors, or winning a prize in it is not having it.
_LOOKED_AT = re.compile(r"调研|考察|参观|走访|座谈|研讨|展区|参展|展板|展出|展览|相较于|作用发挥|综合[^,，]{0,8}总工会")
_INSIDE = re.compile(r"(?:里|内|中|上)[,，]?$")
# A contest of the country is none of the place that it is held in.
_NATIONAL = re.compile(r"(?:全国|世界|国际|国家级)[^,，;；省市]{0,12}$")
_WON = re.compile(r"(?:的|上|中)?(?:[一二三特123]等奖|金奖|银奖|铜奖|冠军|优胜奖)")
_PRIZE = re.compile(r"[获夺]得?[^,，]{0,30}奖|斩获|夺冠|参赛")


def doubt(form: str, naming: Naming) -> str:
    """Why a clause in search form may use the name of a measure for something else; "" where it seems to show it."""
    return next(_doubts(form, naming), "")


def _doubts(form: str, naming: Naming) -> Iterator[str]:
    before = form[max(0, naming.start - 20) : naming.start]
    if _BEARER.match(form, naming.end):
        yield "bearer"
    if naming.measure.name in _CONTESTS:
        if _WON.match(form, naming.end) or _PRIZE.search(form):
            yield "prize"
        if _NATIONAL.search(before):
            yield "national"
    if _LOOKED_AT.search(form):
        yield "looked at"
    if _PURPOSE.search(form) and form.rstrip().endswith((",", "，")):
        yield "purpose"
    if form.startswith(("在", "走进", "来到")) and _INSIDE.match(form, naming.end):
        yield "inside"
    if _VENUE_BEFORE.search(before) and _VENUE_AFTER.match(form, naming.end):
        yield "venue"
