"""Figures of a plain text: value or range, unit, and the qualifiers that bound them (近, 余, 以上, 累计)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.dates import document_number_spans, find_dates
from rag.qualifiers import clause_qualifiers, qualifiers

# Longest first, so that 百分点 is not read as 分 and 个月 not as 个.
_UNITS_TEXT = (
    "个部门 部门 个百分点 百分点 个工作日 工作日 个月 个小时 小时 个学时 学时 课时 分钟 周岁 人次 家次 场次 期次 人民币 美元 欧元 港元 "
    "日元 平方公里 平方米 立方米 公里 千米 公斤 千克 厘米 毫米 千瓦时 千瓦 兆瓦 个班 班次 时 方面 街道 % ‰ 元 块 名 人 位 口 "
    "家 所 个 户 项 件 套 期 场 次 批 条 种 类 门 届 支 间 座 台 辆 吨 年 天 周 岁 级 层 倍 成 折 分 篇 份 章 部 对 组 处 县 "
    "市 省 区 "
    "镇 乡 村 轮 起 例 张 本 册 幅 首 代 号 幢 栋 米 亩 斤 克 秒 番 大 步 强 星 班 站 点 度 线 只 双 艘 架 根 枚 道 "
    "节 课 国 地 校"
)
_UNITS = _UNITS_TEXT.split()
_SAME_UNIT = {
    "个部门": "部门",
    "个百分点": "百分点",
    "个工作日": "工作日",
    "个小时": "小时",
    "个学时": "学时",
    "个班": "班",
    "周岁": "岁",
    "名": "人",
    "位": "人",
    "口": "人",
    "块": "元",
    "人民币": "元",
    "千米": "公里",
    "千克": "公斤",
}
# 个 may stand for a counter of things, never for money, time, a share or a rank.
_COUNTERS_TEXT = (
    "人 家 所 户 项 件 套 期 场 次 批 条 种 类 门 届 支 间 座 台 辆 篇 份 章 部 对 组 处 县 市 省 区 "
    "镇 乡 村 方面 街道 班 站 点 只 例"
)
_COUNTERS = frozenset(_COUNTERS_TEXT.split())
_NUMBER = r"(?<![\d.A-Za-z])\d+(?:\.\d+)?"
_SCALE = r"(?:万亿|[百千]?[万亿]|[百千])?"
_MORE = r"[余多几来]?"
_UNIT = "|".join(map(re.escape, _UNITS))
_QUANTITY = rf"({_NUMBER})({_MORE})({_SCALE})({_MORE})({_UNIT})?"
_FIGURE = re.compile(rf"(?P<share>\d+分之)?(?P<ordinal>第)?{_QUANTITY}(?:[-—–~～至到]{{1,2}}{_QUANTITY})?")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# What the search form leaves in Chinese numerals is no single number: 数百, 二三十, 五一, 十四五.
_IN_WORDS = re.compile(r"[数几上][十百千万亿]+|[零一二两三四五六七八九十百千万亿]{2,}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at [start, end) of a plain text; `high` is set for a range, `unit` is "" where none is written."""

    low: Decimal
    high: Decimal | None
    unit: str
    text: str
    start: int
    end: int
    qualifiers: frozenset[str] = frozenset()
    clause_qualifiers: frozenset[str] = frozenset()

    def same_value(self, other: Figure) -> bool:
        """Whether both name the same number or the same whole range."""
        return (self.low, self.high) == (other.low, other.high)

    def fits_unit(self, other: Figure, text: str) -> bool:
        """Whether this figure's unit may rest on that of another in `text`: equal, unwritten here, generic, or a heading's."""
        if self.unit in {"", other.unit}:
            return True
        if self.unit == "个":
            return other.unit in _COUNTERS
        if other.unit == "个" and self.unit in _COUNTERS and self.unit != "人":
            return True
        # A bare number in a table has its unit in the heading; one with a word behind it counts that word.
        is_bare = other.unit == "" and not "\u3400" <= text[other.end : other.end + 1] <= "\u9fff"
        return is_bare and self.unit in text


def find_figures(text: str) -> list[Figure]:
    """The figures of a plain text in order, without dates and document numbers.

    A number is a whole token: there is no 20 in 2021 and no 500 in 1,500. The search form has already turned Chinese
    numerals that count something into digits.
    """
    closed = [(date.start, date.end) for date in find_dates(text)] + document_number_spans(text)
    found = []
    at = 0
    while match := _FIGURE.search(text, at):
        hits = [(start, end) for start, end in closed if start < match.end() and match.start() < end]
        if hits:
            at = max(match.start() + 1, min(end for _, end in hits))
            # The part before the date may be a figure of its own.
            match = _FIGURE.match(text, match.start(), min(start for start, _ in hits))
        else:
            at = match.end()
        if match and (figure := _read(match, text)):
            found.append(figure)
    return found


def find_worded_numbers(text: str) -> list[str]:
    """The numbers that stand in words (数百, 二三十, 十四五), which can only be compared as they stand."""
    return _IN_WORDS.findall(text)


def _read(match: re.Match[str], text: str) -> Figure | None:
    number, more, scale, more_after, unit = match.group(3, 4, 5, 6, 7)
    number_2, more_2, scale_2, _, unit_2 = match.group(8, 9, 10, 11, 12)
    end = match.end(7) if unit else match.end(6)
    if not unit and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return None  # 5G and 4S are words.
    low, high = _value(number, scale), None
    if number_2:
        high = _value(number_2, scale_2)
        # In 5至10万 the scale and the unit at the end hold for both ends.
        low = low if unit or scale else _value(number, scale_2)
        unit, end = unit_2 or unit, match.end()
    mores = frozenset({"余"} if more or more_after or more_2 else ())
    return Figure(
        low,
        high,
        _unit(unit or "", match["share"], match["ordinal"]),
        text[match.start() : end],
        match.start(),
        end,
        qualifiers(text, match.start(), end) | mores,
        clause_qualifiers(text, match.start()),
    )


def _value(number: str, scale: str) -> Decimal:
    value = Decimal(number)
    for sign in scale:
        value *= _SCALES[sign]
    return value.normalize()


def _unit(unit: str, share: str | None, ordinal: str | None) -> str:
    if share:
        return share
    return ("第" if ordinal else "") + _SAME_UNIT.get(unit, unit)
