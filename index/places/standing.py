"""Whether a name that is found in a text stands there as a name: not as a part of a word, a body, a road or a paper."""

from __future__ import annotations

import re

from index.places.gazetteer import Name, ancestors, guards, places
from index.places.words import cuts_word

# A short name before these names a body, a paper or a road, not the place (浙江大学, 安徽日报, 南京路).
_OTHER_BODY = re.compile(
    r"大学(?!生|毕业)|年夜学|学院|日报|晚报|晨报|时报|商报|青年报|都市报|特区报|经济报|工人报|工人日报|工人记者|新闻网|新闻客户端|客户端"
    r"|网(?![络友约格红民点页吧购贷])|卫视|电视台|广播|银行|证券|[东西南北中]?路(?!桥|径|线)|大街|街(?![道头镇办区])|大道|大厦|饭店|酒店|宾馆"
    r"|[东西南北]?站|机场|高速|高铁|菜|话(?!题)|人民出版社|出版社|精神|条约|宣言|协定|奥运|冬奥|亚运|申花|国安|村(?![镇民庄])"
)
# A town that is called like a city elsewhere: 如东县长沙镇.
_TOWN = re.compile("镇(?!江|海|平|原|远|宁|安)|乡(?![村镇土亲])")
# 青岛市南部 is no 市南区.
_SIDES = frozenset("部方边侧岸郊面")
# Full names that two words make by chance (政府和县总工会, 组成县): they stand behind a preposition or another place.
_CHANCE_NAMES = frozenset({"和县", "成县", "应县"})
_BEFORE_CHANCE = frozenset("在到赴自从往是省市县区州、")
# Somebody who is called like a place: 冯乐平说, 记者李江宁.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖石金韦贾夏付邹熊孟秦邱侯"
)
_SAYS = re.compile("说|表示|介绍|认为|告诉|指出|强调|坦言|率队|带队|一行|主持|致辞|摄|同志|先生|女士|教授")
_HAN = re.compile("[\u3400-\u9fff]")
# A longer name is never an accident of two words.
_LONGEST_CUT = 3


def stands(text: str, start: int, end: int, name: Name, before: Name | None, after: Name | None) -> bool:
    """Whether text[start:end], a name of the gazetteer, stands as one.

    `before` is the name that stands right before it, and `after` the plain name that begins right behind it, if any.
    """
    if name.is_beside and (before is None or text[end : end + 1] in _SIDES or not _lies_in(name, before)):
        return False
    if name.is_short and (_is_other(text, end, name) or _is_guarded(text, start, end, name)):
        return False
    if name.is_short and before is None and start and text[start - 1] in _SURNAMES and _is_person(text, start, end):
        return False
    if name.text in _CHANCE_NAMES and before is None and _is_chance(text, start):
        return False
    if end - start > _LONGEST_CUT:
        return True
    # Of 湖南岳阳, whose 南岳 is a word too, each name speaks for the other.
    left, right = before is None, name.is_short and (after is None or not _lies_in(after, name))
    return not cuts_word(text, start, end, left, right, name.is_weak)


def _lies_in(inner: Name, outer: Name) -> bool:
    return any(outer.bearers[0] in ancestors(bearer) for bearer in inner.bearers)


def _is_other(text: str, end: int, name: Name) -> bool:
    if _OTHER_BODY.match(text, end):
        return True
    return _TOWN.match(text, end) is not None and places()[name.bearers[0]].level != "county"


def _is_guarded(text: str, start: int, end: int, name: Name) -> bool:
    guard = guards().get(name.text)
    if guard is None:
        return False
    if guard.before and text.endswith(guard.before, 0, start):
        return True
    return guard.after is not None and guard.after.match(text, end) is not None


def _is_person(text: str, start: int, end: int) -> bool:
    return _SAYS.match(text, end) is not None or text.endswith(("记者", "记者 ", "通讯员"), 0, start - 1)


def _is_chance(text: str, start: int) -> bool:
    return start > 0 and _HAN.match(text, start - 1) is not None and text[start - 1] not in _BEFORE_CHANCE
