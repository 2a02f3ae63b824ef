"""How often and how long: 每天 where the evidence says 每周二, 去年 where it says 近三年."""

from __future__ import annotations

import re

from rag.reading import Reading, Text
from rag.wording import SENTENCE_STOPS, bounds

_OFTEN = {
    "天": re.compile("每天|每日|日均|天天|按[天日](?!期)"),
    "周": re.compile("每周|每星期|周均|按周"),
    "月": re.compile("每个?月(?!\\d)|月均|按月|月度"),
    "季": re.compile("每个?季度?|按季度?|季度(?=[考发评])"),
    "年": re.compile("每年|年均|按年|年度(?=[考发评])|(?<!\\d)1年(?![期级])"),
}
_SPAN = re.compile(r"近(?!1年)\d+年|(?<!\d)(?!1年)\d{1,2}年[来间]|过去(?!1年)\d+年|自\d{4}年")
_ONE_YEAR = re.compile(r"去年(?!以来)|今年(?!以来)|当年|全年|1年(?!来)")


def often_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line where the evidence has another measure of how often, or a longer span for a figure, than the sentence."""
    text = "\n".join(reading.counted.plain for reading in readings)
    told = {name for name, pattern in _OFTEN.items() if pattern.search(text)}
    for name, pattern in _OFTEN.items():
        match = pattern.search(sentence.plain)
        if match and told and name not in told:
            return [f"引文没有说「{match[0]}」"]
    year = _ONE_YEAR.search(sentence.plain)
    if not year or _SPAN.search(sentence.plain):
        return []
    for figure in sentence.figures:
        units = [
            r.counted.plain[slice(*bounds(r.counted.plain, other.start, SENTENCE_STOPS))]
            for r in readings
            for other in r.counted.figures
            if other.same_value(figure) and other.unit == figure.unit
        ]
        if units and all(_SPAN.search(unit) and not _ONE_YEAR.search(unit) for unit in units):
            return [f"引文中「{figure.text}」说的不是「{year[0]}」"]
    return []
