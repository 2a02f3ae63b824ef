"""The figure of a measure in a clause, and the year that a clause speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.measures.naming import Naming
from index.types import SearchForm

# Units that a text takes for one another.
_ALIKE = (frozenset({"家", "个", "所", "处", "座"}), frozenset({"名", "人", "位"}))
_PEOPLE = frozenset("人名位户")
# A figure further from the name than this belongs to something else.
_FURTHEST = 16
# What stands between a figure and the name of what it does not count: another deed, another thing.
_NOT_BEFORE = re.compile(r"[,，;；:：。赴参送走访由获把从向对在为将]|开展|实现|通过|用于|参加|服务|举办")
_NOT_BEHIND = re.compile(r"[;；。]|面积|其中|[分设]|提供|服务|惠及|覆盖|培训")
# A bound, a rate, what one person got, or all who came is no figure of the measure.
_NO_COUNT = re.compile(
    r"(?:不少于|不低于|不得低于|不超过|至少|最高|最低|每[个家人县市年名]?[^,，;；。]{0,10})[^\d,，]{0,3}$"
)
_ONE_PERSON = re.compile(r"为(?:其|她|他)(?!们|中)")
# A list that a place or a thing came onto counts all who stand on it: 入选全国100家.
_LISTED = re.compile(r"(?:入选|入围|列入|跻身|名列)[^,，;；。]{0,40}$")
# 由18家增加到766家: the first figure is that of before.
_FROM = re.compile(r"[由从][^,，;；。]{0,8}$")
_GROWN = re.compile(r"[余多]?[^,，;；。\d]{0,8}(?:增|升|提|扩|涨|发展|壮大|减|降|变|到|至)")
# 省级25家、市级67家 are parts of a whole that no clause tells.
_OF_GRADE = re.compile(r"[家省市区县镇道乡)]级[^,，;；。、]{0,2}$")
_NEXT_GRADE = re.compile(
    r"[^\d,，;；。、]{0,8}\d{1,9}[余多]?[家个所处座名人][,，;；、和及](?!其中|另有|另外|此外|还有)[^\d,，;；。、]{0,8}级[^\d,，;；。、]{0,12}\d"
)
_CAME = re.compile(r"[^,，;；。]{0,4}(?:参加|参与|出席|到场)")
# 9家试点单位的负责人在班上介绍做法 counts those who came.
_SENT = re.compile(r"(?:企业|单位|公司)?的(?:负责人|代表|职工|工人|人员|员工|劳模)")
_KIN = ("子女", "家属", "孩子")
# Those who help, the places where something goes on, what fell short, and a part of a packet count no measure.
_HELPERS = re.compile(r"[^,，;；。、]{0,4}(?:志愿者|志愿服务|导师|讲师|律师|老师|工作人员|专家)")
_VENUES = re.compile(r"(?:在|于|走进|来到)[^,，;；。]{0,4}$")
_GOES_ON = re.compile(r"[^,，;；。]{0,4}(?:开展|举办|举行|同步|启动)")
_SHORT = re.compile(r"(?:不|未)(?:达标|合格|规范)")
_IN_PACKET = re.compile(r"的|[^,，;；。]{0,6}[)）]?的[\"“']")
# What the country has is no figure of a place.
_COUNTRY = re.compile(r"(?:全国|国内)[^,，;；。]{0,12}$")
# 基地、技能大师工作室等载体有442家 counts all that is listed.
_WITH_OTHERS = re.compile(r"等(?!级)[^,，;；。、\d]{1,8}$")
# Three contests named one after another and then summed up as 三个竞赛 are no count.
_SUMMED_UP = re.compile(r"([^,，;；。:：]*、[^,，;；。:：]*)$")
# 22家企业开展等级认定 counts those who do it.
_WHO_DOES = re.compile(r"(?:企业|单位|院校)[^赴参走访]{0,10}$")
# What makes another unit of 个 or another thing of what is counted.
_OTHER_UNIT = r"(?![次均月]|以上的?企业|小时|工作日|百分点|方面|部门|街道|小?区)"
_PARTING = re.compile(r"[、;；,，和及与]")
_AS_TOLD = re.compile(r"\d[\d,]*(?:\.\d+)?[余多]?[万亿]?[余多]?")
_WRITTEN = re.compile(r"[0-9]{1,15}(?:,[0-9]{3})*(?:\.[0-9]{1,6})?[余多]?[万亿]?[余多]?")
_VALUE = re.compile(r"(\d+(?:\.\d+)?)[余多]?([万亿]?)")
_TIMES = {"": 1.0, "万": 1e4, "亿": 1e8}
_HALF_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)} | {ord("．"): ord("."), ord("，"): ord(",")}
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_LAST_YEAR = re.compile(r"去年|上年")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a text tells it (31, 300余, 1.5万) and its unit; both "" where there is none."""

    figure: str = ""
    unit: str = ""


def figure_near(clause: SearchForm, original: str, naming: Naming, others: Sequence[Naming]) -> Figure:
    """The figure that a clause counts a measure in; `original` is the text that the search form is of.

    Of several the nearest to the name counts, one of the same item of a list first, and none beyond another measure.
    """
    if not naming.measure.units:
        return Figure()
    best: tuple[int, re.Match[str]] | None = None
    for found in _counting(naming.measure.units).finditer(clause.text):
        cost = _cost(clause.text, naming, found.start(), found.end(), others)
        if cost is not None and (best is None or cost < best[0]) and not _is_article(clause, original, found):
            best = (cost, found)
    return _told(clause, original, best[1]) if best else Figure()


def _is_article(clause: SearchForm, original: str, found: re.Match[str]) -> bool:
    """Whether a figure is the 一 of 一个, which counts nothing."""
    return found[1] == "1" and original[clause.span(found.start(1), found.end(1)).start] in "一壹"


def _told(clause: SearchForm, original: str, found: re.Match[str]) -> Figure:
    """The figure with the 万 or 亿 of the text; numerals in characters become digits."""
    span = clause.span(found.start(1), found.end(2) if found[2] else found.end(1))
    words = original[span.start : span.end].translate(_HALF_WIDTH)
    return Figure(words if _AS_TOLD.fullmatch(words) else found[1] + (found[2] or ""), found[3])


def is_number(figure: str) -> bool:
    """Whether a figure is written as texts tell one: 31, 1,020, 300余, 1.5万."""
    return _WRITTEN.fullmatch(figure) is not None


def value_of(figure: str) -> float | None:
    """The number that a figure tells, 15000 of 1.5万; None where it tells none."""
    found = _VALUE.match(figure.replace(",", ""))
    return float(found[1]) * _TIMES[found[2] or ""] if found else None


def _cost(form: str, naming: Naming, start: int, end: int, others: Sequence[Naming]) -> int | None:
    """How far a figure at [start, end) is from the name; None when it is another's."""
    is_behind = start >= naming.end
    low, high = (naming.end, start) if is_behind else (end, naming.start)
    if low > high:
        # The figure stands inside the name: that of 1+N counts nothing, in a pattern (出台18个配套文件) it does.
        is_pattern = form[naming.start : naming.end] not in naming.measure.aliases
        is_within = is_pattern and naming.start < start and end <= naming.end
        return _unit_cost(form, naming, end) if is_within and not _SHORT.match(form, end) else None
    if _counts_no_measure(form, naming, start, end):
        return None
    between = form[low:high]
    if len(between) > _FURTHEST or any(
        low <= other.start < high for other in others if other.measure is not naming.measure
    ):
        return None
    does_it = not is_behind and _WHO_DOES.match(between)
    if not does_it and (_NOT_BEHIND if is_behind else _NOT_BEFORE).search(between):
        return None
    parted = 2 * _FURTHEST * len(_PARTING.findall(between))
    return 2 * len(between) + (0 if is_behind else 1) + parted + _unit_cost(form, naming, end)


def _unit_cost(form: str, naming: Naming, end: int) -> int:
    """What a figure that ends here costs for its unit: of money and people the one that the measure is told in first counts."""
    first, unit = naming.measure.unit[-1:], form[end - 1]
    is_other = (unit == "元" and first in _PEOPLE) or (unit in _PEOPLE and first == "元")
    return _FURTHEST if is_other else 0


def is_of_one_grade(form: str, naming: Naming, following: str) -> bool:
    """Whether a clause counts a measure of one grade (省级25家) and what follows it counts another grade."""
    return bool(
        _OF_GRADE.search(form[max(0, naming.start - 8) : naming.start])
        and _NEXT_GRADE.match(form[naming.end :] + following)
    )


def _counts_no_measure(form: str, naming: Naming, start: int, end: int) -> bool:
    """Whether a figure counts another thing than all of the measure.

    That is a bound, a rate, a sum for one person, those who came or the kin of somebody, a list that a thing came onto, and
    the figure of before where it grew.
    """
    return bool(
        _NO_COUNT.search(form[max(0, start - 20) : start])
        or _ONE_PERSON.search(form)
        or (form[max(0, start - 3) : start].find("等") >= 0 and _CAME.match(form, end))
        or (end <= naming.start and _LISTED.search(form[max(0, start - 48) : start]))
        or (_FROM.search(form[max(0, start - 9) : start]) and _GROWN.match(form, end))
        or (end <= naming.start and (form.startswith(_KIN, naming.end) or _SENT.match(form, naming.end)))
        or _counts_another(form, naming, start, end)
    )


def _counts_another(form: str, naming: Naming, start: int, end: int) -> bool:
    """Whether a figure counts helpers, venues, what fell short, a packet's parts, the country's, or all that was listed."""
    before = form[max(0, start - 24) : start]
    listed = _SUMMED_UP.search(before) if naming.end <= start else None
    helpers = _HELPERS.match(form, end)
    return bool(
        (naming.end <= start and _WITH_OTHERS.search(form[naming.end : start]))
        or (helpers and (helpers.end() <= naming.start or naming.end <= start))
        or _SHORT.match(form, end)
        or (form[end - 1] == "份" and _IN_PACKET.match(form, end))
        or _COUNTRY.search(before)
        or (end <= naming.start and _VENUES.search(before) and _GOES_ON.match(form, naming.end))
        or (listed and form[start:end][:1] == str(listed[1].count("、") + 1) and not form[start + 1].isdigit())
    )


@lru_cache(maxsize=64)
def _counting(units: tuple[str, ...]) -> re.Pattern[str]:
    # In the search form 1.5万元 is 15000元.
    said = {unit.lstrip("万亿") or unit for unit in units}
    for alike in _ALIKE:
        said |= alike if said & alike else frozenset()
    words = "|".join(sorted(map(re.escape, said), key=len, reverse=True))
    return re.compile(rf"(?<![\d.第])(\d{{1,15}}(?:\.\d{{1,6}})?)(余|多)?({words}){_OTHER_UNIT}")


def year_of(clause: str, sentence: str, published: str | None) -> str:
    """The year that a clause speaks of: its own, else that of its sentence, else that of publication; "" when unknown."""
    own = _YEAR.search(clause)
    if own:
        return own[0]
    year = (published or "")[:4]
    if year.isdecimal() and _LAST_YEAR.search(clause):
        return str(int(year) - 1)
    said = _YEAR.search(sentence)
    return said[0] if said else year
