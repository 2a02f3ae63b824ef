"""Small figures that a writer reckons up: 两支代表队 of two that the evidence names, 一家 of something spoken of first."""

from __future__ import annotations

import re

from rag.figures import Figure
from rag.reading import Reading, Text

_ROW = re.compile(r"[^、，,。；;：:\n\d]{1,16}(?:(?:、|和|及|与|以及)[^、，,。；;：:\n\d和及与]{1,16})+")
_JOINED = re.compile("、|以及|[和及与]")
# 第一, 一是…二是… and ①② number what the sentence counts.
_NUMBERED = re.compile(r"[1-9一二三四五]是|[（(][1-9一二三四五][）)]")
_MOST = 10
_NO_THINGS = frozenset({"元", "%", "年", "个月", "天", "小时", "百分点", "倍", "大", ""})
# 一年, 一天 and 一届 are often said where nothing is counted.
_SPANS = frozenset({"年", "天", "届", "周", "个月"})


def is_reckoned(figure: Figure, sentence: Text, readings: tuple[Reading, ...]) -> bool:
    """Whether the evidence need not have the figure: it tells days as a date does, counts a row, or brings something in."""
    others = [other for reading in readings for other in reading.counted.figures]
    if figure.unit == "天" and any(_days(figure, reading.counted.plain) for reading in readings):
        return True
    if figure.low == 1 and figure.unit in _SPANS:
        return not any(other.unit == figure.unit for other in others)
    is_thing = figure.high is None and figure.unit not in _NO_THINGS and not figure.unit.startswith("第")
    if not is_thing or any(other.same_value(figure) for other in others):
        return False
    if figure.low == 1:
        behind = sentence.plain[figure.end : figure.end + 2]
        texts = [reading.counted.plain for reading in readings]
        return not any(f"{other.text}{behind}" in text for text in texts for other in others)
    return not any(other.unit == figure.unit for other in others) and _counts_row(figure, sentence, readings)


def _days(figure: Figure, text: str) -> bool:
    """Whether a text has so many days written like a day of the month (二十日以内)."""
    return bool(re.search(rf"(?<![月\d]){figure.low:f}日(?=[之以]?内|的|[，,。]|$)", text))


def _counts_row(figure: Figure, sentence: Text, readings: tuple[Reading, ...]) -> bool:
    texts = [sentence.plain, *(reading.counted.plain for reading in readings)]
    counts = [len(_JOINED.findall(row)) + 1 for text in texts for row in _ROW.findall(text)]
    counts += [len(_NUMBERED.findall(text)) for text in texts]
    return 1 < figure.low <= _MOST and int(figure.low) in counts
