"""Which places the clauses of a sentence speak of, when deeds and not topics are looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.measures.reading import attributed, mentions_of
from index.measures.source import source_places
from index.normalise import search_form
from index.places import PlaceMention, ancestors, narrowest, places, province_of
from index.types import Document

# Words by which a text speaks of the whole province or city around the place that it is about.
# 全省首个 tells of one among many, and not of the whole.
_ALL_PROVINCE = re.compile(r"全省(?![首最率各唯先前十百第]|仅|乃至)")
_PROVINCE_WIDE = re.compile(
    rf"{_ALL_PROVINCE.pattern}|我省|"
    r"省(?:总工会|委|政府|直|人社厅|教育厅|工信厅|人力资源(?:和|与)?社会保障厅)"
)
_CITY_WIDE = re.compile(r"全市(?![首最率唯先前十第]|仅)|我市|(?<![\u3400-\u9fff])市(?:总工会|委|政府|人社局)")
_NATIONAL = re.compile(
    r"全国总工会|中华全国|全总|国务院|人力资源(?:和)?社会保障部(?!门)|人社部(?!门)|教育部(?!门)|全国各级工会|各省市?总工会|中华人民共和国第|全行业|全国(?:首届|职业|民航|职工|乡村|行业)"
)
_MEETS = re.compile(r"[^,，。;；]{0,25}?(?:举行|举办|召开|开幕|启动|拉开|闭幕|落幕|落下帷幕|揭幕|开赛)")
_AT = ("在", "于", "赴", "来到", "走进")
_DATELINE = re.compile(r"[市省区]?(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息)|[市省]?讯")
# A dateline stands among the first characters.
_HEAD, _LOOKED_AT = 60, 1500
# What the country's own bodies do is reported from the capital.
_CAPITAL, _OPENING = ("北京市",), 300
# A place in a slogan (技能河南) or among the names of reporters at the end of a piece acts in nothing.
_CLOSING = '”」』"'
_SLOGAN = re.compile(
    rf"(?<=[技平健幸数法文美书工清智活][能安康福字治明丽香匠廉慧力])[\u3400-\u9fff]{{2}}(?=[{_CLOSING}])"
)
_REPORTERS = re.compile(r"[(（](?:(?:通讯员|记者)?[\u3400-\u9fff]{2,4}[ 　、]?){1,6}[)）]\s*$")
_DATED = re.compile(r"(?<=[网社报闻])[\u3400-\u9fff]{2,8}?(?=(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息))")
# Who puts on a national event, when a body of the place does.
_OWN_BODY = re.compile(
    r"[省市区县]?(?:人民)?(?:政府|总工会|[省市区县]委|人社[厅局])[^,，。;；]{0,12}(?:主办|承办|联合)"
)
_HELPS = re.compile(r"[^,，。;；]{0,14}(?:协办|指导下|支持下|关心下|领导下)")
# A place in the name of a firm or a paper, or of those who bear its honour, says little of where the deed is done.
_IN_NAME = re.compile(
    r"[省市]?(?:[\u3400-\u9fff]{0,4}(?:银行|药业|电信|移动|联通|分公司|大学|日报|晚报|新闻|客户端|频道|律师|医院)|网讯?|报讯?|劳模|劳动模范|文明)"
)
_BUILDER = ("中铁", "中建", "中交")
# Who acts for a whole province.
_PROVINCE_ACTS = re.compile(
    r"全省|我省|省(?:总工会|委|政府|直|[\u3400-\u9fff]{1,6}[厅局])|自治区[\u3400-\u9fff]{0,6}[厅局委会府]"
)
# Behind these a place is what a deed is for.
_FOR = ("支持", "助力", "服务", "促进", "推动", "帮助", "对口", "承接", "赴", "到", "向")


def home_places(document: Document) -> tuple[str, ...]:
    """The places that a document is about; a city that is only its dateline gives way to the province that the text names.

    One that names no place is of where it was published.
    """
    if document.places == _CAPITAL and _NATIONAL.search(document.text[:_OPENING]):
        return ()
    if not document.places:
        return source_places(document.text)
    if len(document.places) == 1 and _level(document.places[0]) == "province":
        return _only_city(document) or document.places
    if len(document.places) != 1 or province_of(document.places[0]) in ("", document.places[0]):
        return document.places
    city, province = document.places[0], province_of(document.places[0])
    text = document.text[:_LOOKED_AT]
    named = mentions_of(text)
    own = [one for one in named if city in (one.full_name, *ancestors(one.full_name)) and not _is_for(text, one)]
    if not own or not all(
        one.start < _HEAD and _DATELINE.match(search_form(text[one.end : one.end + 20])) for one in own
    ):
        return document.places
    return (province,) if any(one.full_name == province for one in named) else document.places


def _only_city(document: Document) -> tuple[str, ...]:
    """The place within the province of a document that alone of all its cities is named.

    There is none where somebody acts for the province.
    """
    text = document.text[:_LOOKED_AT]
    if _PROVINCE_ACTS.search(text) or _NATIONAL.search(text):
        return ()
    named = [one.full_name for one in mentions_of(text, document.places)]
    below = [one for one in named if _level(one) in ("city", "county") and document.places[0] in ancestors(one)]
    narrow = narrowest(below)
    return tuple(narrow) if len(narrow) == 1 else ()


def sentence_places(text: str, form: str, home: Sequence[str], heading: str) -> tuple[str, ...] | None:
    """The places that a sentence speaks of, the home where it names none; None where it goes on with those before it."""
    text = _without_names(_silenced(text), home)
    named = mentions_of(text, home)
    hosts = [one.full_name for one in named if _OWN_BODY.match(text, one.end)]
    if hosts and _NATIONAL.search(form):
        return tuple(narrowest(hosts))
    if not any(not one.is_incidental and not one.is_passing for one in named):
        if _NATIONAL.search(form):
            return ()
        wide = _wider(form, home)
        if wide:
            return wide
    met = [one for one in named if _is_venue(text, one)]
    if met and len(met) < len(named):
        elsewhere = narrowest([one.full_name for one in named if one not in met and not one.is_incidental])
        if elsewhere and not _NATIONAL.search(form):
            return tuple(elsewhere)
    if met and _NATIONAL.search(form):
        return ()
    return attributed(text, home, "" if named else heading) or None


def clause_subjects(clauses: Sequence[str], spoken: Sequence[str], home: Sequence[str]) -> list[tuple[str, ...]]:
    """The places of each clause, the narrowest ones: those it names, else those of the clause before, else the sentence's.

    Where a sentence speaks of several places, its clauses before the first of them speak of the document's own.
    """
    whole = tuple(narrowest(list(spoken)))
    carried = whole if len(whole) == 1 else tuple(place for place in spoken if place in home)
    found = []
    for clause in clauses:
        acting = tuple(narrowest(_acting(_without_names(_silenced(clause), home), whole)))
        if not acting and _ALL_PROVINCE.search(clause):
            acting = tuple(dict.fromkeys(province_of(place) for place in carried if province_of(place)))
        carried = acting or carried
        found.append(carried)
    return found


def _silenced(text: str) -> str:
    """A text of the same length without the names of places that only stand in a slogan, among reporters or in a dateline."""
    # Most texts lack the sign that a pattern cannot do without, which is seen much faster than that it matches nowhere.
    if any(sign in text for sign in _CLOSING):
        text = _SLOGAN.sub(_blanked, text)
    if text.rstrip().endswith((")", "）")):
        text = _REPORTERS.sub(_blanked, text)
    return _DATED.sub(_blanked, text) if "日" in text else text


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without_names(text: str, home: Sequence[str]) -> str:
    """A text without the places that only name a firm, a paper or an honour, other than those within the home."""
    for one in mentions_of(text, home) if home else ():
        is_within_home = any(place in (one.full_name, *ancestors(one.full_name)) for place in home)
        is_name = _IN_NAME.match(text, one.end) or text[: one.start].endswith((*_BUILDER, "承接"))
        if is_name and not is_within_home:
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _acting(clause: str, around: Sequence[str]) -> list[str]:
    """The places that a clause names as those who act: no venue, no letter (粤桂协作), none that something is done for."""
    found = []
    for one in mentions_of(clause, around):
        if _is_for(clause, one):
            # What a deed is for may be a list: 支持贵阳强省会建设和毕节人力资源开发.
            break
        if not (
            one.is_incidental
            or one.is_passing
            or one.end - one.start == 1
            or _is_venue(clause, one)
            or _HELPS.match(clause, one.end)
        ):
            found.append(one.full_name)
    return found


def _wider(form: str, home: Sequence[str]) -> tuple[str, ...]:
    """The province or the city around the home, where a sentence speaks of all of it."""
    if not home:
        return ()
    if _PROVINCE_WIDE.search(form):
        provinces = {province_of(place) for place in home} - {""}
        return tuple(provinces) if len(provinces) == 1 else ()
    if _CITY_WIDE.search(form):
        cities = {name for place in home for name in (place, *ancestors(place)) if _level(name) == "city"}
        return tuple(cities) if len(cities) == 1 else ()
    return ()


def _level(place: str) -> str:
    known = places().get(place)
    return known.level if known else ""


def _is_venue(text: str, mention: PlaceMention) -> bool:
    """Whether a place is only where something takes place: 在合肥举行."""
    return text[max(0, mention.start - 2) : mention.start].endswith(_AT) and bool(_MEETS.match(text, mention.end))


def _is_for(text: str, mention: PlaceMention) -> bool:
    """Whether a place is what something is done for: 支持贵阳强省会建设."""
    return text[max(0, mention.start - 2) : mention.start].endswith(_FOR)
