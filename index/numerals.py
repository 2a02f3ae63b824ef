"""Chinese and mixed numerals to digits: 十五 → 15, 1.5万 → 15000, 百分之十五 → 15%, so that question and document agree."""

from __future__ import annotations

import re
from decimal import Decimal

# One replacement of text[start:end] by a string.
Edit = tuple[int, int, str]

_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ZEROS = "〇○零"
_DIGIT = "[〇○零一二两三四五六七八九]"
# 千 before a physical unit belongs to that unit: 10万千瓦 is 100000千瓦.
_KILO = "千(?![瓦米克伏帕卡赫兆焦安])"
_NUMERAL = f"(?:{_DIGIT}|[十百万亿]|{_KILO})"
_BIG = "(?:万亿|[万亿])"

_TOKEN = re.compile(
    rf"(?P<thousands>(?<![\d.,])\d{{1,3}}(?:,\d{{3}})+(?![\d,]))"
    rf"|(?P<per>[百千]分之)(?:(?P<per_digits>\d+(?:\.\d+)?)|(?P<per_han>{_NUMERAL}+(?:点{_DIGIT}+)?))"
    rf"|(?<![\d.])(?P<mixed>(?:\d{{1,12}}(?:\.\d{{1,8}})?(?:[百千]?{_BIG}|百(?![分度])|{_KILO}))+)"
    rf"|(?<![\d.])(?P<about>\d{{1,9}}(?:\.\d{{1,8}})?)(?P<more>[余多])(?P<more_unit>[百千]?{_BIG})"
    rf"|(?P<han>{_NUMERAL}+)(?:点(?P<fraction>{_DIGIT}+))?(?:(?P<han_more>[余多])(?P<han_unit>{_BIG}))?"
)
# Every token begins in a stretch of these signs, so only stretches are looked at closely.
_STRETCH = re.compile(r"[\d.,〇○零一二两三四五六七八九十百千万亿]+")
_MIXED_PART = re.compile(r"(\d+(?:\.\d+)?)([百千]?(?:万亿|[万亿])|[百千])")
_SECTION = re.compile(
    r"(?:([一二两三四五六七八九])千)?(?:零?([一二两三四五六七八九])百)?(?:零?([一二三四五六七八九]?)(十))?(?:零?([一二三四五六七八九]))?"
)
_COLLOQUIAL = re.compile(r"(.*[一二两三四五六七八九十])([百千万亿])([一二三四五六七八九])")

_MEASURE_WORDS = (
    "个 家 名 项 所 人 次 年 月 日 号 条 类 级 种 届 期 场 周 岁 支 座 台 部 套 件 块 处 户 门 位 天 倍 轮 章 款 元 吨 篇 "
    "册 份 层 辆 艘 架 栋 间 米 公里 分钟 小时 季度 阶段 平方米 部门 部委 节 段 组 对 只 本 张 片 课 "
    "万元 亿元 百分点 学时 课时 国 省 批"
)
_MEASURE = re.compile("|".join(sorted(_MEASURE_WORDS.split(), key=len, reverse=True)))
# 一 before these is mostly an article or part of a word (一部分, 一方面, 一批), never a count that a question asks for.
_VAGUE_AFTER_ONE = frozenset("位种部块处份片段层门批本张只组对节间国省课")
# Words whose numeral is no figure, although a measure word follows it; most are names of places.
_WORDS = re.compile(
    r"三门峡|三门县|三台县|三元[区桥材锂正前电催]|五台[县山]|五大连池|五家渠|七台河|九台[区市]|万年[县历]|七大姑|八大胡同"
    r"|一次性|一家[人亲子]|一条[龙心]|一个劲|一部分|.部分|三部曲|二人转|三人行|[百千]年大计|两国论|一国两|三国|八段锦|三位一体"
    r"|[一二三四五六七八九十]号线"
)
# A numeral after these closes a word: 统一个人所得税, 同一个, 周一次, 初一年.
_CLOSES_WORD = frozenset("统单唯逐同专不归划如合其进之星每某初高周几数")
_LONG_WORD_ONE = frozenset("线体些流致般直同旦切样带起")
_GROUP = re.compile(
    r"[三四五六七八九十]大(?=类|行动|工程|任务|方面|体系|行业|产业|领域|板块|举措|平台|中心|战略|项目|品牌|机制|示范|重点|计划|保障|模块|集群|基地)"
)
_HUNDREDS = re.compile(
    r"百(?=[余多]|[名人个项场](?!一)|家(?![争号姓]))|千(?=[余多]|[名个项]|[人家](?![万计]))|万(?=[余多][名人个家项]|名)"
)


# What may follow a numeral of one sign that counts something; 千 has rules of its own.
_LONE = frozenset("〇○零一二两三四五六七八九十百万亿")
_COUNTED = frozenset({word[0] for word in _MEASURE_WORDS.split()} | set("大余多来"))
_MORE = frozenset("余多")
_JOINS = frozenset("点分余多")


def number_edits(text: str) -> list[Edit]:
    """The replacements that turn the numerals of a search form into digits, in order and without overlap."""
    edits: list[Edit] = []
    at = 0
    for stretch in _STRETCH.finditer(text):
        end = stretch.end()
        at = max(at, stretch.start())
        after = text[end : end + 1]
        run = text[at:end]
        if run in _LONE and after not in _COUNTED and after not in _JOINS:
            continue
        # Plain digits stay as they are, unless a unit or 余, 多 makes more of them.
        if run.isascii() and "," not in run and after not in _MORE:
            continue
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                at += 1
                continue
            edit = _edit(text, match)
            if edit is not None and edit[2] != match[0]:
                edits.append(edit)
            at = match.end()
    return edits


def _edit(text: str, match: re.Match[str]) -> Edit | None:
    start, end = match.span()
    # A number that would grow into its neighbour's digits is left as it stands.
    if _is_figure_before(text, start) or _is_figure_after(text, end):
        return None
    kind = match.lastgroup
    if kind == "thousands":
        return start, end, match["thousands"].replace(",", "")
    if match["per"]:
        return _percent(match)
    if match["mixed"]:
        value = _mixed_value(match["mixed"])
        return None if value is None else (start, end, _plain(value))
    if match["about"]:
        return start, end, _plain(Decimal(match["about"]) * _scale(match["more_unit"])) + match["more"]
    return _han(text, match)


def _is_figure_before(text: str, start: int) -> bool:
    return start > 0 and (
        text[start - 1].isdecimal() or (text[start - 1] in ".,-" and text[start - 2 : start - 1].isdecimal())
    )


def _is_figure_after(text: str, end: int) -> bool:
    after = text[end : end + 2]
    return after[:1].isdecimal() or (len(after) == 2 and after[0] in ".," and after[1].isdecimal())


def _percent(match: re.Match[str]) -> Edit | None:
    sign = "%" if match["per"][0] == "百" else "‰"
    if match["per_digits"]:
        return match.start(), match.end(), match["per_digits"] + sign
    whole, _, fraction = match["per_han"].partition("点")
    value = Decimal(100) if whole == "百" else _han_value(whole)
    if value is None:
        return None
    return match.start(), match.end(), _with_fraction(value, fraction) + sign


def _mixed_value(mixed: str) -> Decimal | None:
    """2万5千 as one number; None unless the units descend."""
    total, last = Decimal(0), Decimal("Infinity")
    for part in _MIXED_PART.finditer(mixed):
        scale = _scale(part[2])
        # 2020千人大会 is a year, not two million.
        if scale >= last or (scale < 10**4 and len(part[1]) > 2 and "." not in part[1]):
            return None
        total, last = total + Decimal(part[1]) * scale, scale
    return total


def _scale(units: str) -> Decimal:
    scale = Decimal(1)
    for unit in units:
        scale *= _UNITS[unit]
    return scale


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_fraction(value: Decimal, fraction: str) -> str:
    return _plain(value) + ("." + "".join(str(_DIGITS[digit]) for digit in fraction) if fraction else "")


def _han(text: str, match: re.Match[str]) -> Edit | None:
    start, run, end = match.start("han"), match["han"], match.end("han")
    # 几十 and 数百 are no figures.
    if start and text[start - 1] in "几数":
        return None
    if match["fraction"]:
        value = _han_value(run)
        if value is None or not _followed_by_measure(text, match.end()):
            return None
        return start, match.end("fraction"), _with_fraction(value, match["fraction"])
    if match["han_more"]:
        value = _han_value(run)
        return (
            None
            if value is None
            else (start, match.end(), _plain(value * _scale(match["han_unit"])) + match["han_more"])
        )
    if len(run) == 1:
        return _single(text, start)
    return _run(text, start, end)


def _run(text: str, start: int, end: int) -> Edit | None:
    run = text[start:end]
    # 二十一流企业 is 二十 and 一流.
    if run[-1] == "一" and text[end : end + 1] in _LONG_WORD_ONE and len(run) > 2:
        end, run = end - 1, run[:-1]
    if all(sign in _DIGITS for sign in run):
        is_year = len(run) == 4 and text[end : end + 1] == "年" and "两" not in run
        if not is_year and not ("〇" in run or "○" in run or ("零" in run and len(run) > 2)):
            return None
        return start, end, "".join(str(_DIGITS[sign]) for sign in run)
    value = _han_value(run)
    if value is None and (_followed_by_measure(text, end) or run[0] in "百千万"):
        value = _bare_value(text, start, end)
    return None if value is None else (start, end, _plain(value))


def _bare_value(text: str, start: int, end: int) -> Decimal | None:
    """两万五 as 25000 and 百万 as 1000000, both only where the words around them say that a count is meant."""
    run = text[start:end]
    if not _followed_by_measure(text, end):
        return None
    if match := _COLLOQUIAL.fullmatch(run):
        head = _han_value(match[1] + match[2])
        return None if head is None else head + Decimal(_DIGITS[match[3]] * _UNITS[match[2]] // 10)
    if re.fullmatch(r"[百千]万|[百千万]亿", run):
        return _scale(run)
    return None


def _followed_by_measure(text: str, end: int) -> bool:
    after = end + (text[end : end + 1] in {"余", "多"})
    return _MEASURE.match(text, after) is not None


def _han_value(run: str) -> Decimal | None:
    """The value of a well-formed numeral such as 一千零二十 or 三十五万; None for 十四五, 二三十, 千万."""
    run = run.replace("〇", "零").replace("○", "零")
    total = Decimal(0)
    for unit, scale in (("亿", 10**8), ("万", 10**4)):
        if unit not in run:
            continue
        head, run = run.split(unit, 1)
        factor = 10**4 if unit == "亿" and head.endswith("万") else 1
        head = head.removesuffix("万") if factor > 1 else head
        section = 2 if head == "两" else _section(head.removeprefix("零") if total else head)
        if not section:
            return None
        total += section * scale * factor
    section = _section(run)
    if section is None or (total and section and run[0] != "零" and section < 10):
        return None
    return total + section


def _section(run: str) -> int | None:
    """The value of a numeral below ten thousand; None when it is not well formed; 0 when empty."""
    match = _SECTION.fullmatch(run)
    if match is None:
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    if ones and not ten and (thousands or hundreds) and run[-2] != "零":
        return None
    tens_value = (_DIGITS[tens] if tens else 1) * 10 if ten else 0
    return _value(thousands) * 1000 + _value(hundreds) * 100 + tens_value + _value(ones)


def _value(digit: str | None) -> int:
    return _DIGITS[digit] if digit else 0


def _single(text: str, at: int) -> Edit | None:
    """The edit of one numeral that stands alone: only before a measure word, and never inside a word."""
    sign, before = text[at], text[at - 1 : at]
    if sign in _ZEROS or _WORDS.match(text, at):
        return None
    if sign in "百千万亿":
        is_count = _HUNDREDS.match(text, at) is not None and before not in _CLOSES_WORD
        return (at, at + 1, str(_UNITS[sign])) if is_count else None
    if before in _CLOSES_WORD or not (_GROUP.match(text, at) or _counts(text, at)):
        return None
    return at, at + 1, "10" if sign == "十" else str(_DIGITS[sign])


def _counts(text: str, at: int) -> bool:
    """Whether a measure word follows the numeral, and the two are a count (三家) and no article (一批, 一项项)."""
    is_about = text[at] == "十" and text[at + 1 : at + 2] in {"余", "多", "来"}
    measure = _MEASURE.match(text, at + 1 + is_about)
    if measure is None:
        return False
    if text[at] != "一" or text[at - 1 : at] == "第":
        return True
    is_doubled = text.startswith(measure[0], measure.end())
    return measure[0] not in _VAGUE_AFTER_ONE and not is_doubled
