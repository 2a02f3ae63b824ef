"""The measure word that a figure answer must carry, and what it counts."""

from __future__ import annotations

import re

from rag.lexicon import stop_words

# Measure words that may follow a figure, longest first; a wanted one may be answered by another of its group.
UNIT_GROUPS: tuple[tuple[str, ...], ...] = (
    ("家", "个", "户", "所", "处", "座", "间"),
    ("人次", "人", "名", "位"),
    ("万元", "亿元", "元"),
    ("%", "个百分点", "百分点", "倍"),
    ("项", "条", "个", "件", "类", "种", "方面", "大"),
    ("次", "场", "期", "届", "轮"),
    ("份", "件", "册", "本", "篇", "套"),
    ("台", "辆"),
    ("门",),
    ("对", "组", "批", "支"),
    ("级", "档", "层级", "层"),
    ("公里", "米", "千米"),
    ("年", "个月", "月", "天", "日", "小时", "周"),
)
_UNIT = (
    r"(?:平方米|平方公里|课时|学时|学分|公里|分钟|个月|人次|个百分点|百分点|万元|亿元|方面|层级|小时|"
    r"[家个户所处座间人名位元%倍项条件类种次场期届轮对组批支级档层年月天份册台门本辆套篇亩吨幅颗枚张棵只堂瓶箱袋桶斤米双架艘列趟笔页岁]"
    # 部门, 班组, 单位 and their like are no measure words but what is counted.
    r"|部(?![门委队])|班(?!组)|单(?![位身独])|首(?![席批届])|片(?!区)|节(?!目)|款(?!项)|集(?![体团]))"
)
_FIGURE = re.compile(
    rf"(?:多少|(?<![哪就好这那十没])几(?!步))(?:万|亿)?(?P<unit>{_UNIT})?|多大|多高|占比|比例|百分之几|金额|总额|几分之几|多长|多久"
)
PEOPLE = ("人", "名", "位", "人次")
MONEY = ("元", "万元", "亿元", "%")
THINGS = (
    "家",
    "个",
    "所",
    "户",
    "处",
    "座",
    "间",
    "项",
    "条",
    "件",
    "种",
    "场",
    "次",
    "份",
    "对",
    "支",
    "人",
    "名",
    "人次",
)
DURATION = ("年", "个月", "月", "天", "日", "小时", "周")
LENGTH = ("公里", "米", "千米")
_TOTAL = re.compile(r"总额|金额|多少(?:[^，。？；,.?]{0,6}的)?(?:钱|资金|经费)")
_MONEY = re.compile(
    r"(?:投资|经费|资金|投入|金额|补助|补贴|奖励|津贴|工资|收入|奖金|助学金|标准)[^，。？；,.?]{0,3}多少|多少钱|金额|总额|[补报奖花投]多少|多少[补奖]"
)
_PEOPLE = re.compile(r"(?:[人者员工师生民手兵孩童女嫂]|工匠|人才|劳模|代表|青年|干部|专家|学徒)$")
_SUM = re.compile(
    r"(?:钱|资金|经费|投资|补贴|补助|资助|奖金|奖励|工资|费|金|款|津贴|薪酬|收入|(?<!名)额)$|^(?:资金|经费|投资|补贴|补助|奖金|工资|津贴)(?!.{0,3}(?:企业|项目|政策|标准))"
)
_AGE = re.compile(r"多大(?:岁数|年[纪龄])|几岁|年龄多大|岁数多大")
_DURATION = re.compile(r"多久|多长|几天|几年|几个月|多少天|多少年")
_COUNTED = re.compile(rf"(?:多少|几)(?:万|亿)?{_UNIT}?(?P<thing>(?![万亿])[\u4e00-\u9fff]{{2,8}})")
_SHARE = re.compile(r"几成|几分之几|占[^，。？；,.?]{0,10}多少|占比|比例|百分之几|百分比|比重|多高的?比")
# Verbs that stand right behind a measure word and are no part of what is counted (多少个建成了).
_VERBS_BEHIND = re.compile(
    r"建成|建立|举办|参加|覆盖|组建|成立|开展|来|去|是|在|获得|拿到|引进|培养|纳入|用于|惠及|入选"
)


def asks_figure(form: str) -> bool:
    """Whether a question in search form asks for a figure or a sum."""
    return bool(_FIGURE.search(form) or _MONEY.search(form))


def wanted_units(form: str) -> tuple[str, ...]:
    """Measure words that a figure answer may carry, likeliest first; () when any will do.

    A measure word in the question wins; without one, the head of what is counted decides (工匠 people, 资金 money).
    """
    if _SHARE.search(form):
        return ("%",)
    if _AGE.search(form):
        return ("岁",)
    if _TOTAL.search(form):
        return MONEY[:-1]
    found = _FIGURE.search(form)
    unit = found["unit"] if found else None
    if unit == "个":
        # 几个 counts whatever is there; 几个人 counts people, 几个月 months.
        thing = form[found.end("unit") : found.end("unit") + 1] if found else ""
        unit = thing if thing in {"人", "月"} else unit
    if unit and unit != "个":
        return _alike(unit)
    return _by_head(form, unit)


def _by_head(form: str, unit: str | None) -> tuple[str, ...]:
    """Measure words by what is counted, for a question that says none, or 个 (几个工匠)."""
    counted = counted_thing(form)
    if counted and _PEOPLE.search(counted):
        return (*PEOPLE, "个") if unit else PEOPLE
    if (counted and _SUM.search(counted)) or (not unit and not counted and _MONEY.search(form)):
        return MONEY
    if _DURATION.search(form):
        return (*DURATION, *LENGTH) if "多长" in form else DURATION
    if unit:
        return _alike(unit)
    return THINGS if counted else ()


def _alike(unit: str) -> tuple[str, ...]:
    """The measure word and those that may stand for it; 个 may be any but of time, money and order."""
    others = [other for group in UNIT_GROUPS if unit == "个" or unit in group for other in group]
    if unit == "个":
        others = [other for other in others if other not in {*DURATION, *MONEY, "届"}]
    return tuple(dict.fromkeys([unit, *others]))


def counted_thing(form: str) -> str:
    """What stands right after the measure word that is asked for, cut at the first word that is no part of a name."""
    import rjieba

    found = _COUNTED.search(form)
    if not found:
        return ""
    kept = ""
    for word, tag in rjieba.tag(found["thing"]):
        if (
            tag[:1] not in "nvabjlis"
            or (tag == "v" and not kept)
            or (word in stop_words() and not kept)
            or _VERBS_BEHIND.fullmatch(word)
        ):
            break
        kept += word
    return kept
