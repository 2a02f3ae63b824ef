"""Whether a figure keeps what bounds it: its qualifiers, and whether a span of time ends something or begins it."""

from __future__ import annotations

import re

from rag.figures import Figure
from rag.labels import start_of_change
from rag.qualifiers import lost_and_gained
from rag.reading import Text
from rag.wording import CLAUSE_STOPS, bounds

_BOUNDS = frozenset({"以上", "以下"})
# Each of them may be told as 每名, as 各 or as 凡…的; of whom, other checks ask.
_EACH = re.compile("[每各均]|凡|单[个笔家户人项]|(?<!第)1[个份名笔家户]")
_PER = frozenset({"每个", "人均", "平均"})
_SPANS = frozenset({"年", "个月", "天", "日", "小时", "工作日", "周", "分钟"})
# What is new is not all that there is.
_NEW = re.compile("新[建增设办招签发]")
_STOCK = re.compile("[共现拥]有|总数|总量|累计")
_ADDED = re.compile("[新增添]")
# What is given to such a one is given to each of them.
_GIVEN_TO = re.compile("[对给向][^,，。;；]{2,}(?:职工|员工|工人|人员|者|生|师|工|人)[^,，。;；]{0,4}[奖补资给予发]")


def bound_problem(figure: Figure, text: Text, other: Figure, other_text: Text) -> str | None:
    """What is wrong with the bounds of a figure against one place of the evidence; None where nothing is."""
    if figure.unit.startswith("第"):
        return None
    if (
        _NEW.search(_before(other, other_text))
        and _STOCK.search(said := _before(figure, text))
        and not _ADDED.search(said)
    ):
        return f"数字「{figure.text}」在引文中只是新增的"
    if "增至" in figure.qualifiers and _begins_change(other, other_text):
        return f"数字「{figure.text}」在引文中是变化之前的"
    if not _same_side(figure, text, other, other_text):
        return f"数字「{figure.text}」在引文中说的是之内或之后"
    said_before = frozenset[str]().union(*(f.clause_qualifiers for f in text.figures if f.start < figure.start))
    return _qualifier_problem(figure, other, text.plain, other_text.plain, said_before)


def are_alike(figure: Figure, other: Figure) -> bool:
    """Whether figures of two units may tell the same of two things: persons and times, spans of time."""
    return (units := {figure.unit, other.unit}) == {"人", "人次"} or units <= _SPANS


def is_otherwise_bound(figure: Figure, other: Figure) -> bool:
    """Whether a figure is bounded (以上) or a range and another one is not so; whose bound is wrong is asked elsewhere."""
    mine, its = figure.qualifiers & _BOUNDS, other.qualifiers & _BOUNDS
    return (bool(mine) and mine != its) or (figure.high is not None and other.high is None)


def _before(figure: Figure, text: Text) -> str:
    start, _ = bounds(text.plain, figure.start, CLAUSE_STOPS)
    return text.plain[max([start, *(f.end for f in text.figures if f.end <= figure.start)]) : figure.start]


def _clause(figure: Figure, text: str) -> str:
    start, end = bounds(text, figure.start, CLAUSE_STOPS)
    return text[start:end]


def _begins_change(figure: Figure, text: Text) -> bool:
    """Whether another figure has grown or shrunk from this one."""
    return any(start_of_change(each, text) is figure for each in text.figures if each is not figure)


def _same_side(figure: Figure, text: Text, other: Figure, other_text: Text) -> bool:
    """False when a span of time ends something in one text and begins it in the other (12个月内, 12个月后)."""
    sides = {text.plain[figure.end : figure.end + 1], other_text.plain[other.end : other.end + 1]}
    return figure.unit not in _SPANS or sides not in ({"内", "后"}, {"前", "后"})


def _allowed(gained: set[str], other: Figure, text: str) -> set[str]:
    """What may be said of a figure more than the evidence does: 每人 of what 对取得证书的职工 is given, 每个 of 各项目."""
    start, _ = bounds(text, other.start, CLAUSE_STOPS)
    before = text[start : other.start]
    found = (
        {"人均"} if _GIVEN_TO.search(before) or (other.unit == "元" and "每月" in other.clause_qualifiers) else set()
    )
    if re.search(r"(?<!\d)1年(?!期)", before):
        found.add("每年")
    return gained & (found | ({"每个"} if "各" in before else set()))


def _is_of_one_year(figure: Figure, text: str) -> bool:
    start, end = bounds(text, figure.start, CLAUSE_STOPS)
    return bool(re.search("[去今当]年", text[start:end]))


def _qualifier_problem(
    figure: Figure, other: Figure, said: str, other_text: str, said_before: frozenset[str]
) -> str | None:
    """What is wrong with the qualifiers of a figure against one place of the evidence."""
    change = {"增至", "增加"}
    lost, gained = lost_and_gained(
        figure.qualifiers - change | figure.clause_qualifiers, other.qualifiers - change | other.clause_qualifiers
    )
    if "累计" in figure.clause_qualifiers - other.clause_qualifiers and _is_of_one_year(other, other_text):
        gained = gained | {"累计"}
    if _EACH.search(_clause(other, other_text)) and _EACH.search(_clause(figure, said)):
        lost, gained = lost - _PER, gained - _PER
    # 每年 at the first figure of a sentence holds for the others.
    if lost := lost - (said_before & other.clause_qualifiers):
        return f"数字「{figure.text}」漏掉了限定词「{'、'.join(sorted(lost))}」"
    if gained - _allowed(gained, other, other_text):
        return f"数字「{figure.text}」多出了引文没有的限定词「{'、'.join(sorted(gained))}」"
    if len((figure.qualifiers | other.qualifiers) & change) == 2:
        return f"数字「{figure.text}」混淆了「增加」与「增至」"
    return None
