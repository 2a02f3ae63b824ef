"""How a question was understood, above its answer: what was mended in it, and its filters, each of which a tap takes away."""

from __future__ import annotations

import re

from rag.filters import KIND_NAMES, filters_of
from rag.types import Answer, Filter
from web.escape import escape

TOPIC_CHARACTERS = 18
_TAPPED = re.compile(r"without-(\d{1,6})-(\d{1,3})")


def filter_label(each: Filter) -> str:
    """A filter as a chip shows it: 2021 is 2021年, and an earlier question is told by its first words."""
    if each.kind == "topic" and len(each.value) > TOPIC_CHARACTERS:
        return f"{each.value[:TOPIC_CHARACTERS]}…"
    return f"{each.value}年" if each.kind == "year" else each.value


def heard_html(answer: Answer, turn: int) -> str:
    """The line above an answer, "" when there is nothing to tell; a chip's link names its turn and its place in the line."""
    question = answer.question
    mended = "、".join(f"“{slip.meant}”" for slip in question.slips)
    chips = "".join(
        f'<a class="chip" href="#without-{turn}-{number}" title="去掉这个条件，再问一次">'
        f'<span class="chip-kind">{KIND_NAMES[each.kind]}</span>{escape(filter_label(each))}<span class="chip-off">×</span></a>'
        for number, each in enumerate(filters_of(question))
    )
    told = f'<span class="mended">已按{escape(mended)}查找</span>' if mended else ""
    return f'<div class="heard">{told}{chips}</div>' if told or chips else ""


def left_out_html(without: tuple[str, ...]) -> str:
    """What stands under a question that was asked again without some of its filters."""
    told = "、".join(f"{each}年" if each.isdecimal() else each for each in without)
    return f'<div class="left-out">不限：{escape(told)}</div>' if without else ""


def tapped_chip(tapped: str) -> tuple[int, int] | None:
    """The turn and the number of the chip that was tapped; None for what no chip says."""
    found = _TAPPED.fullmatch(tapped.strip())
    return (int(found[1]), int(found[2])) if found else None
