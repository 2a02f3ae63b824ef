"""What a share is a share of: 占 needs a share in the evidence, and a rate (满意率) is told by its name."""

from __future__ import annotations

import re

from rag.figures import Figure
from rag.reading import Reading, Text
from rag.wording import CLAUSE_STOPS, bounds

_OF_WHOLE = re.compile(r"占(?![地用有领])")
_IS_SHARE = re.compile(r"占|比例|比重|份额|率|其中|中有")
_NEAR = 8
_FAR = 14
_PART_OF = re.compile(r"(?:为|是|到|至|按|相当于|等于)[^,，。;；\d]{2,10}的$|的$")
_DIFFERENCE = re.compile(r"(?:低|高|少|多|降|减|增|涨|升)[\u3400-\u9fff]?[了约近]?$")
_GROWS = re.compile("增长|增加|提高|提升|上升|上涨|扩大|增至|升至|多出|高出")
_SHRINKS = re.compile("下降|降低|减少|下跌|回落|缩小|缩减|降至|减至")
_CHANGE = re.compile(r"增|涨|升|提高|扩大|多|高出|高了|减|降|下滑|回落|少|幅|翻")
# The name of a rate and what may stand between it and its figure.
_RATE = re.compile(r"(?P<name>[\u3400-\u9fff]{2})率(?:均|都|已|也|[为是达到约近超过高]|保持|稳定|在|上升|提高|以上)*$")


def share_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line where a figure becomes a share of something, or loses the rate that it is, against every place of it."""
    for figure in sentence.figures:
        clause = _before(figure, sentence)
        places = [
            (other, reading.counted)
            for reading in readings
            for other in reading.counted.figures
            if other.unit == figure.unit and other.same_value(figure)
        ]
        if not places:
            continue
        kinds = {_kind(_before(other, text)) for other, text in places}
        if (kind := _kind(clause)) and None not in kinds and kind not in kinds:
            return [f"引文中「{figure.text}」是另一种比较"]
        ways = {_way(_before(other, text)) for other, text in places}
        if (way := _way(clause)) and None not in ways and way not in ways:
            return [f"引文中「{figure.text}」是另一个方向的变化"]
        if figure.unit != "%":
            continue
        befores = [_before(other, text) for other, text in places]
        if _OF_WHOLE.search(clause) and not any(
            _IS_SHARE.search(before) or _is_of(before, sentence.plain) for before in befores
        ):
            return [f"引文没有说「{figure.text}」是占比"]
        rates = [_RATE.search(before) for before in befores]
        around = [f"{_before(other, text)}|{text.plain[other.end : other.end + 4]}" for other, text in places]
        if _CHANGE.search(clause) and not any(_CHANGE.search(each) for each in around):
            return [f"引文没有说「{figure.text}」是增减的幅度"]
        names = [rate["name"] for rate in rates if rate]
        # 入会率 may be told as 入会的占 so much.
        if len(names) == len(places) and not any(name in sentence.plain for name in names):
            return [f"引文中「{figure.text}」说的是「{names[0]}率」"]
    return []


def _kind(before: str) -> str | None:
    """Whether a figure is a part of something (为市场价的三成, 降到原来的三成) or the difference from it (低三成)."""
    near = before[-_FAR:]
    if _PART_OF.search(near):
        return "是"
    return "差" if _DIFFERENCE.search(near) else None


def _is_of(before: str, sentence: str) -> bool:
    """Whether a share of what the sentence names stands there (工资总额的2.5%)."""
    return before.endswith("的") and before[-3:-1] in sentence


def _way(before: str) -> str | None:
    """Whether what stands right before a figure says that something grew or shrank; None where it says neither."""
    near = before[-_NEAR:]
    if _SHRINKS.search(near):
        return None if _GROWS.search(near) else "减"
    return "增" if _GROWS.search(near) else None


def _before(figure: Figure, text: Text) -> str:
    start, _ = bounds(text.plain, figure.start, CLAUSE_STOPS)
    return text.plain[start : figure.start]
