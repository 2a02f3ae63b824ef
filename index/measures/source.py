"""Where news that names no place of its own comes from: the paper in its dateline, or the source that it is copied from."""

from __future__ import annotations

import re

from index.places import find_places, places

_PAPER = re.compile(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff]{2,7}?)(?:新闻网|新闻客户端|日报|晚报|晨报|特区报|商报|都市报|早报|广播电视台|发布|融媒)"
)
# A dateline opens an article, and a source closes it.
_HEAD, _TAIL = 80, 60
_DATED = re.compile(r"[^。!！?？]{0,24}?(?:\d{1,2}月)?\d{1,2}日?(?:电|讯|消息)|[^。]{0,6}(?:记者|通讯员)")
_FROM = re.compile(r"(?:来源|转自|转载自)[:： ]{0,2}([\u3400-\u9fff]{2,20})[^\u3400-\u9fff]{0,4}$")
# A paper is of a province before it is of a city of the same name; one called like a county (新民晚报) is of neither.
_KINDS, _LEVELS = ("省", "市"), ("province", "city")
# What a paper of a province tells is most often of one of its towns.
_OF_PROVINCE = re.compile("我省|全省")


def source_places(text: str) -> tuple[str, ...]:
    """The place whose paper or government published a text, by its dateline or its last line; () where neither tells."""
    told = _FROM.search(text[-_TAIL:].rstrip())
    if told is not None:
        named = find_places(told[1])
        if named:
            return (named[-1].full_name,)
    for written in (told[1] if told else "", text[:_HEAD]):
        paper = _PAPER.search(written)
        if paper is not None and (written is not text[:_HEAD] or _DATED.match(text, paper.end())):
            return _of_paper(paper[1], text)
    return ()


def _of_paper(name: str, text: str) -> tuple[str, ...]:
    known = places()
    called = (name + kind for kind in _KINDS)
    place = next((each for each in called if each in known and known[each].level in _LEVELS), "")
    is_told = place.endswith("市") or _OF_PROVINCE.search(text) is not None
    return (place,) if place and is_told else ()
