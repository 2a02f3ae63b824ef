"""Words that narrow a thing (市级以上, 国家级): a sentence may neither drop nor add them before the thing's name."""

from __future__ import annotations

import re

from rag.reading import Reading, Text
from rag.wording import CLAUSE_STOPS, bounds, spans_of

_LEVEL = re.compile(r"(?:国家|[省市区县镇厂])级(?:[及或]?以上)?|规模以上|规上|[省市]直")
_LONGEST_NAME = 8
_SHORTEST_NAME = 4
_NO_NAME = re.compile(r"[^\u3400-\u9fff()]|[有为的和与、达共合]")


def level_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each level that stands before a name in one text, while the other has the name without it only."""
    text = "\n".join(reading.counted.plain for reading in readings)
    # Where the sentence has figures, the clauses of the evidence with the same ones say how far the thing reaches.
    told = "\n".join(_clauses_of_figures(sentence, readings))
    told = told if _named(told) else text
    form = sentence.plain
    # 「省级工匠学院50万元，市级的20万元」 leaves the name out.
    elliptic = {
        match[0] for match in _LEVEL.finditer(text) if text[match.end() : match.end() + 1] in {"的", "每", "为"}
    }
    lost = [f"漏掉了「{level}」" for level, name in _named(told) if _is_without(level, name, form, told)]
    named = [(level, name) for level, name in _named(form) if level not in elliptic]
    gained = [f"多出了引文没有的「{level}」" for level, name in named if _is_without(level, name, text, form)]
    return [*dict.fromkeys(lost), *dict.fromkeys(gained)]


def _clauses_of_figures(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """The clauses of the evidence in which a figure of the sentence stands."""
    found = []
    for reading in readings:
        for other in reading.counted.figures:
            if any(other.same_value(figure) for figure in sentence.figures):
                start, end = bounds(reading.counted.plain, other.start, CLAUSE_STOPS)
                found.append(reading.counted.plain[start:end])
    return found


def _named(text: str) -> list[tuple[str, str]]:
    """The levels of a text, each with the name behind it, which begins right there."""
    found = []
    for match in _LEVEL.finditer(text):
        behind = text[match.end() : match.end() + _LONGEST_NAME].removeprefix("的")
        stop = _NO_NAME.search(behind)
        name = behind[: stop.start()] if stop else behind
        if len(name) >= _SHORTEST_NAME:
            found.append((match[0], name))
    return found


def _is_without(level: str, name: str, other: str, full: str) -> bool:
    """Whether `other` has the name, nowhere with this level, though `full` has it nowhere without one."""
    for length in range(len(name), _SHORTEST_NAME - 1, -1):
        found = _before(name[:length], other)
        if found:
            bare = [before for before in _before(name[:length], full) if not _ends_in_level(before)]
            return not any(before.endswith(level) for before in found) and not bare
    return False


def _before(name: str, text: str) -> list[str]:
    """What stands right before each occurrence of a name, without 的."""
    return [text[max(0, at - _SHORTEST_NAME * 2) : at].removesuffix("的") for at in spans_of(name, text)]


def _ends_in_level(before: str) -> bool:
    return any(match.end() == len(before) for match in _LEVEL.finditer(before))
