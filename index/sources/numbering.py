"""The automatic numbers of Word paragraphs (一、（一）1.), which stand in no text and are counted here as Word counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from index.sources.package import local_name

DIGITS = "〇一二三四五六七八九"
BULLET = "•"
LEVELS = 9
MOST = 9_999
# Letters and Roman numerals grow with the number, so above this one figures are written.
SHORT = 99


def chinese(number: int) -> str:
    """The number as it is counted in Chinese, up to 9,999: 12 as 十二, 105 as 一百零五."""
    if not 0 < number <= MOST:
        return str(number)
    parts: list[str] = []
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            parts.append(("零" if gap else "") + DIGITS[digit] + name)
            gap = False
        else:
            gap = bool(parts)
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    if number > SHORT:
        return str(number)
    values = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, letters in values:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= SHORT else str(number)


def _from(symbols: str) -> Callable[[int], str]:
    return lambda number: symbols[number - 1] if 0 < number <= len(symbols) else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(DIGITS[int(digit)] for digit in str(number)),
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, what stands around the number, and where it starts."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted.

    `lists` maps a list's id to its abstract list and its levels; lists of one abstract list count on together.
    """

    lists: dict[str, tuple[str, dict[int, Level]]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, list_id: str, depth: int) -> str:
        """The mark of the next paragraph at `depth` of a list, ready to stand before its text; "" for no list."""
        if list_id not in self.lists:
            return ""
        abstract, levels = self.lists[list_id]
        counts = self.counts.setdefault(abstract, {})
        for at in range(depth + 1):
            counts.setdefault(at, levels.get(at, Level()).start - (at == depth))
        counts[depth] = min(counts[depth] + 1, MOST)
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        level = levels.get(depth, Level())
        if level.form == "bullet":
            return f"{BULLET} "
        if level.form == "none" or not level.text:
            return ""
        mark = re.sub(r"%([1-9])", lambda found: _written(levels, counts, int(found.group(1)) - 1), level.text)
        return mark if mark.endswith(("、", "）", "．", "：", "章", "节")) else f"{mark} "


def _written(levels: dict[int, Level], counts: dict[int, int], at: int) -> str:
    level = levels.get(at, Level())
    number = counts.get(at, level.start)
    form = FORMATS.get(level.form)
    return form(number) if form and 0 < number <= MOST else str(number)


def read_numbering(root: Any) -> Numbering:
    """The lists of a numbering part; `root` is its root element, or None where the document has none."""
    abstracts: dict[str, dict[int, Level]] = {}
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    for element in root if root is not None else ():
        if local_name(element) == "abstractNum":
            abstracts[attribute(element, "abstractNumId")] = dict(map(_level, _children(element, "lvl")))
        elif local_name(element) == "num":
            abstract = next((attribute(child, "val") for child in _children(element, "abstractNumId")), "")
            levels = dict(abstracts.get(abstract, {}))
            restarts = False
            for override in _children(element, "lvlOverride"):
                levels.update(map(_level, _children(override, "lvl")))
                for start in _children(override, "startOverride"):
                    at = whole(attribute(override, "ilvl"))
                    old = levels.get(at, Level())
                    levels[at] = Level(old.form, old.text, whole(attribute(start, "val")))
                    restarts = True
            number = attribute(element, "numId")
            lists[number] = (f"{abstract}#{number}" if restarts else abstract, levels)
    return Numbering(lists)


def attribute(element: Any, name: str) -> str:
    """The value of an attribute by its local name, or ""."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def whole(text: str, most: int = MOST) -> int:
    """A whole number written in an attribute, held between 0 and `most`; 0 for anything else."""
    return min(int(text), most) if text.isdecimal() and len(text) < 10 else 0


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if local_name(child) == name]


def _level(element: Any) -> tuple[int, Level]:
    values = {local_name(child): attribute(child, "val") for child in element}
    form = values.get("numFmt", "decimal")
    level = Level(form or "decimal", values.get("lvlText", "")[:40], whole(values.get("start", "1")))
    return min(whole(attribute(element, "ilvl")), LEVELS), level
