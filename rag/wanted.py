"""What an answer of each kind must hold: a figure with the wanted measure word, a date, a body or place, an enumeration."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rag.types import Question

# An ordinal (第43条) counts nothing.
_NUMBER = r"(?<!第)(?<![\d.])\d+(?:\.\d+)?"
_LOOSE = r"(?:多|余|来)?(?:万|亿)?(?:多|余)?"
_ANY_FIGURE = re.compile(rf"{_NUMBER}{_LOOSE}(?:%|[^\d\s年月日第、，。,.]{{1,2}})")
_DATE = re.compile(r"\d{4}年|\d{1,2}月|\d{1,2}日|\d{4}-\d{1,2}|去年|今年|前年|上半年|下半年|季度|同年|当年|年初|年底")
_BODY = re.compile(
    r"工会|总工会|公司|集团|学校|学院|党校|大学|部门|[人社国教财]\w{0,4}[部局委办]|办公室|政府|党委|市委|省委|小组|中心|"
    r"协会|[\u4e00-\u9fff]{2}(?:院|所|站|厂|馆)|园区|基地|记者|主席|书记|部长|局长|主任|负责人|劳模|工人|先生|女士|出版社|日报|报"
)
_DEFINITION = re.compile(
    r"^(?:请问)?(?:什么是|什么叫|何谓|所谓)([^，。？,?]{2,12}?)[?？。]*$|^(?:请问)?([^，。？,?的]{2,12}?)(?:是什么意思|是啥意思|指的是什么|指什么|是什么)[?？。]*$"
)
# How far from its figure the thing that it counts may stand, in characters.
BESIDE = 24
_SCOPE = re.compile(r"女职工|农民工|民营|国有|非公|外资|青年|退休|残疾|省级|市级|区级|县级|国家级|镇级|高级|中级|初级")
_OTHERWISE = {"省级": "省", "国家级": "国"}
_NEWS = re.compile(r"新增|新培|新建|新命名|首批|另有")
_OF_SOURCES = re.compile(r"[^,，。]{0,40}(?:数字?|数据|比例)[^,，。；;\d]{0,6}(?:出自|来自|取自|引自|见于|源自)")
_ASKS_SOURCES = re.compile(r"出自|来自|来源|出处|哪来|报道")
_ASKS_SHARE = re.compile(r"占|比|率|百分|几成|多大|[增加提升上涨降减]|满意|变")
_DAY = re.compile(r"几月几|几号|哪[一1]?天")
_DAY_SAID = re.compile(r"\d{1,2}日|\d-\d{1,2}-\d|(?<!\d)\d{3,4}(?=[\"”])")
_PERSON = re.compile(r"谁|哪位|叫什么|姓名|名字|什么人")
_ASKS_BODY = re.compile(
    r"谁|哪位|单位|部门|企业|公司|厂|学校|学院|院校|机构|工会|组织|报|媒体|在哪|哪里|哪儿|何处|地点|地方|什么人"
)
_ROLE = re.compile(
    r"院长|主席|书记|记者|作者|负责人|主任|冠军|教授|局长|部长|校长|厂长|经理|董事长|市长|省长|会长|工程师|劳模|讲师|代表"
)
_ENUMERATION = re.compile(r"、|[；;]|和|及|与|[一二三四五六七八九十]是|——")


def figures(form: str, units: tuple[str, ...], counted: str = "") -> int:
    """How many figures with one of the wanted measure words stand in the search form; any unit when none is wanted.

    With `counted`, only figures beside which most pairs of its characters stand.
    """
    found = (_counting(units) if units else _ANY_FIGURE).finditer(form)
    if len(counted) < 2:
        return sum(1 for _ in found)
    pairs = [counted[at : at + 2] for at in range(len(counted) - 1)]
    return sum(
        2 * sum(pair in form[max(0, each.start() - BESIDE) : each.end() + BESIDE] for pair in pairs) >= len(pairs)
        for each in found
    )


@lru_cache(maxsize=256)
def _counting(units: tuple[str, ...]) -> re.Pattern[str]:
    choice = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    # A sum may stand without 元 (投资13亿), and so may very many people (缺口超过2000万).
    if "元" in units:
        choice += r"|[美欧日港]元"
    if "元" in units or "人" in units:
        choice += r"|(?<=\d{5})(?=[，。；、,]|$)"
    if "%" in units:
        # A share may be told as 4分之1, 3成, 6个点 or a half.
        choice += r"|分之|成(?![立员果为就])|个点"
        return re.compile(rf"{_NUMBER}{_LOOSE}(?:{choice})|[一1过]半(?![年个天])|半数|[二三四五六七八九十]分之")
    return re.compile(rf"(?:{_NUMBER}{_LOOSE}|[两半])(?:{choice})")


def figure_values(form: str, units: tuple[str, ...], beside: str = "") -> list[float]:
    """The values of the figures in the wanted measure words, the nearest to `beside` first."""
    choice = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True)) or r"[^\d\s年月日]"
    found = list(re.finditer(rf"({_NUMBER}){_LOOSE}(?:{choice})", form))
    at = form.find(beside) if beside else 0
    return [float(each[1]) for each in sorted(found, key=lambda each: abs(each.start() - max(at, 0)))]


def fit(question: Question, form: str) -> float:
    """How far a search form has the shape that the question's kind wants, in 0..1; 0 for kinds without a shape."""
    wanted = _Wanted(question.kind, question.search, question.units, question.asks, question.counted)
    return _fit(wanted, form)


class _Wanted(NamedTuple):
    """What of a question says which shape its answer has."""

    kind: str
    search: str
    units: tuple[str, ...]
    asks: int
    counted: str


# The same sentence is looked at as a sentence, as a clause of its own and as a run of clauses.
@lru_cache(maxsize=8192)
def _fit(wanted: _Wanted, form: str) -> float:
    if wanted.kind == "figure":
        return _figure_fit(wanted, form)
    if wanted.kind == "date":
        return float(bool((_DAY_SAID if _DAY.search(wanted.search) else _DATE).search(form)))
    if wanted.kind == "entity":
        return _entity_fit(wanted.search, form)
    if thing := _defined(wanted.search):
        return 1.0 if re.search(rf"{re.escape(thing)}[^，。；,;]{{0,6}}(?:是指|指的是|是|即)", form) else 0.2
    if wanted.kind == "list":
        return min(1.0, 0.4 + 0.2 * len(_ENUMERATION.findall(form)))
    return 0.0


def defined(question: Question) -> str:
    """What the question wants explained (什么是揭榜挂帅), "" when it asks something else."""
    return _defined(question.search)


@lru_cache(maxsize=64)
def _defined(search: str) -> str:
    found = _DEFINITION.search(search)
    return next((part for part in found.groups() if part), "") if found else ""


def shapeless(question: Question, fitting: float) -> bool:
    """Whether a figure, a date, a person in a role or a definition was asked for and nothing of the kind is there."""
    wants_shape = question.kind in {"figure", "date", "entity"} or bool(defined(question))
    return wants_shape and fitting < 0.35


def _entity_fit(search: str, form: str) -> float:
    """A body or a place; where a role is asked for (院长是谁), the role itself must be spoken of."""
    roles = _ROLE.findall(search) if _PERSON.search(search) else []
    # Who heads something (负责人) is told by any post.
    if roles and not any(role in form or (role == "负责人" and _ROLE.search(form)) for role in roles):
        return 0.2
    if not _ASKS_BODY.search(search):
        return 1.0
    return 1.0 if _BODY.search(form) else 0.4


def _figure_fit(wanted: _Wanted, form: str) -> float:
    """The very measure word is best, one of its group nearly as good, any other figure a poor guess."""
    if len(wanted.counted) > 1 and re.search(rf"{_NUMBER}{_LOOSE}{re.escape(wanted.counted[:2])}", form):
        # What is counted may follow its figure without a measure word (16万会员).
        return 1.0
    many = min(1.0, figures(form, wanted.units, wanted.counted) / wanted.asks)
    if many and wanted.units and figures(form, wanted.units[:1], wanted.counted):
        return 0.7 + 0.3 * many
    if many:
        return 0.6 + 0.25 * many
    return 0.4 if figures(form, wanted.units) and wanted.units else 0.2 if figures(form, ()) else 0.0


def is_news(question: Question, form: str) -> bool:
    """Whether a run counts only what is new (新增1.7万) while the question asks for all there is."""
    return question.kind == "figure" and bool(_NEWS.search(form)) and not _NEWS.search(question.search)


def is_of_sources(question: Question, form: str) -> bool:
    """Whether a run tells where figures are from (X的数字出自某报) while the question asks for the figures."""
    return question.kind == "figure" and bool(_OF_SOURCES.match(form)) and not _ASKS_SOURCES.search(question.search)


def is_share(question: Question, form: str) -> bool:
    """Whether a run tells shares alone (占35%) while the question asks how many there are."""
    if question.kind != "figure" or "%" in question.units or _ASKS_SHARE.search(question.search):
        return False
    told = _ANY_FIGURE.findall(form)
    return bool(told) and all("%" in each for each in told)


def lacks_scope(question: Question, form: str) -> bool:
    """Whether a subset or a level that the question names (女职工, 省级, 中级) is not in the search form."""
    return any(_OTHERWISE.get(word, word) not in form for word in _SCOPE.findall(question.search))
