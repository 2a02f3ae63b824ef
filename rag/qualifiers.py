"""The words that bound a figure: 近, 约, 超, 余, 以上 beside it; 累计, 最高, 每年 in its clause."""

from __future__ import annotations

import re

from rag.wording import CLAUSE_STOPS, bounds

# Words of one class say the same about a figure; classes are named by their commonest word.
_BESIDE = {
    "近": "将近 接近 近",
    "余": "超过 突破 高于 大于 多于 超 逾 上",
    "约": "大约 约为 大概 估计 约",
    "以上": "不低于 不少于 不小于 至少 不下",
    "以下": "不超过 不高于 不大于 至多",
    "不足": "不到 不足 未满 不满 低于 少于 小于",
    "几": "数 几",
}
_AFTER = {
    "余": "多 余 之多",
    "约": "左右 上下",
    "以上": "以上 及以上 或以上",
    "以下": "以下 及以下 以内 之内",
    "半": "半",
    "不等": "不等",
}
_IN_CLAUSE = {
    "累计": "累计 总计",
    "最高": "最高 最多",
    "最低": "最低 最少",
    "每年": "每年 年均 每年度",
    "每月": "每月 月均",
    "每天": "每天 每日 日均",
    "人均": "人均 每人 每名 每位",
    "平均": "平均",
    "连续": "连续",
    "每个": "每家 每个 每户 户均 每所 每班 每次 每期 每份 每批 每项 每条 每件 每台 每辆 "
    "每场 每套 每支 每组 每县 每市 每镇 每村 每门 每节 每篇 每间 每座 每处 每笔 每轮 每届 各补 各奖 各给 各予 各获 各拨 各投",
}
# 最近, 附近 and 签约, 预约 end in a qualifier's character without being one; 以上 counts only before a hundred or more.
_NOT_BEFORE = {
    "近": "最附临靠邻贴",
    "约": "签合预节条契公制违履邀",
    "上": "以线网马早晚",
    "超": "反",
    "数": "总人户家次件个多少基参分",
    "几": "十",
}
_BEFORE = re.compile(
    rf"({'|'.join(word for words in _BESIDE.values() for word in words.split())})(?:了|达到|达|为|到|有|共|人民币|每[月年天人家])?$"
)
# The bound of a share may stand before what it is a share of: 不低于工资总额的1.5%.
_FAR_BOUND = re.compile(r"(不低于|不超过)[^\d，,；;。：:、]{2,14}的$")
_COMPARED = re.compile("[比较][^,，。;；]{0,10}$")
_NEAR_BOUND = re.compile(r"(不低于|不超过|至少|最少|起码)[\u3400-\u9fff]{1,8}$")
_BEHIND = re.compile(
    "(?:" + "|".join(sorted((w for ws in _AFTER.values() for w in ws.split()), key=len, reverse=True)) + ")"
)
IN_ALL = "共"
_CLAUSE = re.compile("|".join(word for words in _IN_CLAUSE.values() for word in words.split()))
# 共 is no qualifier to be kept, but it says what 累计 says.
_IN_ALL = re.compile("(?<!公)共(?![建产同享青识和管])|合计|总数|总量|总额")
_CHANGE = re.compile(
    r"(?:增|升|涨|上调|下调|上浮|下浮|提高|扩大|降|降低|减少|减|下降|缩短|增长|增加)[\u3400-\u9fff]{0,2}?(了|到|至|为)?$"
)


def qualifiers(text: str, start: int, end: int) -> frozenset[str]:
    """The classes of the qualifiers beside the figure at [start, end) of a plain text."""
    found = set()
    before = text[max(0, start - 12) : start]
    if match := _BEFORE.search(before):
        word = match[1]
        left = before[match.start() - 1] if match.start() else ""
        scale_follows = text[start : start + 1] in set("百千万亿")
        if not (left and left in _NOT_BEFORE.get(word, "")) and (word not in {"上", "数", "几"} or scale_follows):
            found.add(_class_of(word, _BESIDE))
    if match := _FAR_BOUND.search(text[max(0, start - 20) : start]):
        found.add(_class_of(match[1], _BESIDE))
    if match := _NEAR_BOUND.search(before):
        found.add("以上" if match[1] != "不超过" else "以下")
    # In 比之前的31件多 it is no part of the figure.
    if (match := _BEHIND.match(text, end)) and not (match[0] == "多" and _COMPARED.search(text[:start])):
        found.add(_class_of(match[0], _AFTER))
    if match := _CHANGE.search(before):
        found.add("增至" if match[1] in {"到", "至", "为"} else "增加")
    return frozenset(found)


def clause_qualifiers(text: str, start: int) -> frozenset[str]:
    """The classes of the qualifiers that stand in the figure's clause before it."""
    clause_start, _ = bounds(text, start, CLAUSE_STOPS)
    clause = text[clause_start:start]
    found = {_class_of(word, _IN_CLAUSE) for word in _CLAUSE.findall(clause)}
    return frozenset(found | {IN_ALL}) if _IN_ALL.search(clause) else frozenset(found)


def lost_and_gained(kept: frozenset[str], given: frozenset[str]) -> tuple[set[str], set[str]]:
    """The classes that a sentence loses and gains against its source, without those that its other words make up for."""
    lost, gained = set(given - kept) - {IN_ALL}, set(kept - given) - {IN_ALL}
    if IN_ALL in kept | given:
        lost, gained = lost - {"累计"}, gained - {"累计"}
    for one, other in (("最高", "以下"), ("以下", "最高")):
        if one in lost and other in gained:
            lost, gained = lost - {one}, gained - {other}
    # What exceeds 800 is 800 and more, not the other way round.
    if lost == {"余"} and gained == {"以上"}:
        lost, gained = set(), set()
    return lost, gained


def _class_of(word: str, classes: dict[str, str]) -> str:
    return next(name for name, words in classes.items() if word in words.split())
