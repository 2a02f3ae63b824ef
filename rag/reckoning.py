"""The one figure of a text that a question asks for, and how far two such figures are apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from index.normalise import search_form
from rag.figures import Figure, find_figures
from rag.terms import pairs_of
from rag.types import Question

_PART = re.compile(r"[、，,；;。：:]|(?<=[\u4e00-\u9fff)])(?:和|与|及|以及)(?=\d)")
# 由18家增加到766家: the figure that holds now is the one that was reached.
_REACHED = re.compile(r"(?:增加|增长|上升|提高|扩大|发展|降低|减少|下降|涨|升|增|达)(?:到|至|为)?$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
# Counters of one sort can be subtracted: rooms and firms are 家 or 个, results and rules 项, contests 场.
_PLACES_COUNTED = frozenset("家个所户处座间")
_SORTS = (_PLACES_COUNTED, frozenset("项条件"), frozenset(["场", "次", "场次"]), frozenset(["人", "人次"]))
_COUNTED = frozenset().union(*_SORTS)
_COUNT = re.compile(r"^[\d.]+[余多几来]?[百千万亿]*[余多几来]?")
_WAYS = re.compile(r"(?:[多少高低大小更比差建有]|相差|数量|数目|分别|一共|总共|目标)+$")
_NARROWER = re.compile(r"高$")
# A part of one level, or of what came anew, is read where no other part tells of all, and its figure says so.
_IN_PART = re.compile(r"(?:国家级|省级|市级|区级|县级|新增|新增加|新)$")
# A sentence that says no more than this share of what is asked may count another thing.
SAID = 0.5
_BASES = frozenset(["每年", "每月", "每天", "人均", "平均", "每个", "最高", "最低"])
# Without an asked unit, times, levels and batches are no amount (市、县、乡镇三级, 分六批).
_NO_COUNT = frozenset(["年", "天", "个月", "届", "期", "级", "层", "批"])
_REACHING = frozenset(["增至", "减至", "累计"])
# 五年增加54万人 tells what came anew, no more what there is than 新增2万人 does; 增加到 tells what there is.
_COMES_ANEW = re.compile(r"新[增建培命认选评]|净增|增加|增长")
_GROWN = re.compile(rf"(?:{_COMES_ANEW.pattern})[^,，。；;、到至为达\d]{{0,12}}$")
_WHOLE = re.compile(r"总数|总量|总计|总人数|累计|共有|目前|达到")
GROWTH = "增加"
# 3家进入重点支持名单 counts those that were chosen, not all there are.
_CHOSEN = re.compile(r"入选|入围|上榜|(?:进入|列入)[^,，。；;]{0,16}(?:名单|榜|行列|目录)")
SELECTED = "入选"
# Of which level: 国家级 of 「杭州和宁波的国家级工作室」 is no matter of the 598 of all levels.
_LEVEL = re.compile(r"国家级|省级|市级|区级|县级|镇级|村级")
_OF_A_LEVEL = re.compile(r"(?:国家|省部|省|市|区|县|镇|村|公司|集团)级(?:及?以上)?")
# Words that name no thing of their own before a figure: 到2023年7月已增加到.
_NAMELESS = re.compile(
    r"(?:[\d年月日底初末前后春夏秋冬间至到截止今现目其中已经又再共一总累计数量达有为是约近超过增加长扩大发展提高上升]|建成|拥有|命名|评出|评选|选出|选树|选拔|认定|培养|培育|打造|增至|减至)*"
)
# Those of one batch are not all there are: 首批表彰50名, 第3批20家.
_BATCH = re.compile(r"首[批届次]|第\d+[批届次]")
BATCH = "一批"
_VAGUE_BEFORE = ("不少于", "不低于", "至少", "超过", "将近", "接近", "大约", "近", "约", "超", "逾")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A figure as it stands in a text (95万人), with its value, unit and counter as written; `vague` when it is bounded (近).

    `basis` says per whom or what it is told (每年, 人均), that it is a bound (最高), what came anew (增加) or was chosen (入选),
    and of which level it is (省级, 市级以上).
    """

    value: Decimal
    unit: str
    counter: str
    text: str
    vague: bool
    basis: frozenset[str] = frozenset()

    def apart(self, other: Reckoned) -> Decimal | None:
        """The absolute difference; None where the two do not count in units of one sort, or one is per head and one is not."""
        return abs(self.value - other.value) if self.basis == other.basis and self.is_like(other) else None

    def is_like(self, other: Reckoned) -> bool:
        """Whether two figures count in units of one sort, whatever they are told of."""
        return self.unit == other.unit or any({self.unit, other.unit} <= sort for sort in _SORTS)

    @property
    def level(self) -> str:
        """The level that the figure is told of; "" for one of all levels, or where the question names the level."""
        return next((each for each in self.basis if _OF_A_LEVEL.fullmatch(each)), "")


def reckoned(question: Question, text: str, year: str = "") -> Reckoned | None:
    """The figure of a text that the question asks for; None when it is not the only one that may be meant.

    A part between commas that says most of the question is read; with `year`, only what stands from that year on to the next.
    """
    form = search_form(text)
    longest = max(_asked(question), key=len, default=frozenset())
    if sum(pair in form for pair in longest) <= SAID * len(longest):
        return None
    form = _of_year(form, year) if year else form
    told = _PART.split(form)
    parts = _of_level(question, _of_all(question, [part for part in told if not _of_another_sort(question, part)]))
    best = max(parts, key=lambda part: (bool(_fitting(question, part)), _said(question, part)), default="")
    if _is_grown(question, best):
        # 一年新增2.1万人，总数15.2万人: how many there are is told behind what came anew.
        best = next((part for part in parts if _WHOLE.match(part) and _fitting(question, part)), best)
    last = _moved_on(question, told, best)
    figures = _fitting(question, last)
    reached = [each for each in figures if _REACHED.search(last[: each.start])]
    figures = reached if len(figures) > 1 else figures
    if len({(each.low, each.unit) for each in figures}) != 1 or figures[0].high is not None:
        return None
    # 「926」工匠日 is a number that counts nothing.
    if not figures[0].unit or _of_another_thing(question, last, figures[0]):
        return None
    figure = _reckon(figures[0], last)
    if figure.unit in _COUNTED and _BATCH.search(last[: figures[0].start]) and not _BATCH.search(question.search):
        figure = replace(figure, basis=figure.basis | {BATCH})
    level = _level_of(question, best, figures[0].end if last is best else len(best))
    return replace(figure, basis=figure.basis | {level}) if level else figure


def is_level(word: str) -> bool:
    """Whether a word is one level alone (省级), not all from one on (省级以上)."""
    return bool(_LEVEL.fullmatch(word))


def level_in(form: str) -> str:
    """The level that words name (省级, 市级以上); "" for none."""
    found = _OF_A_LEVEL.search(form)
    return found[0] if found else ""


def told_number(value: Decimal) -> str:
    """A number as people write it: 240000 is 24万, 83 is 83."""
    if value >= 10**8:
        return f"{(value / 10**8).normalize():f}亿"
    if value >= 10**4:
        return f"{(value / 10**4).normalize():f}万"
    return f"{value.normalize():f}"


def _reckon(figure: Figure, part: str) -> Reckoned:
    before = next((word for word in _VAGUE_BEFORE if part.endswith(word, 0, figure.start)), "")
    behind = next((word for word in ("左右", "以上", "上下") if part.startswith(word, figure.end)), "")
    vague = bool(figure.qualifiers - _REACHING or behind)
    basis = frozenset((figure.qualifiers | figure.clause_qualifiers) & _BASES)
    basis |= {GROWTH} if _GROWN.search(part[: figure.start]) else frozenset()
    basis |= {SELECTED} if _CHOSEN.search(part) else frozenset()
    counter = _COUNT.sub("", figure.text)
    more = "余" if "余" in figure.qualifiers and not before else ""
    return Reckoned(
        figure.low, figure.unit, counter, f"{before}{told_number(figure.low)}{more}{counter}{behind}", vague, basis
    )


def _is_grown(question: Question, part: str) -> bool:
    """Whether every figure of a part tells what came anew while the question asks for all there is."""
    figures = _fitting(question, part)
    grown = [each for each in figures if _GROWN.search(part[: each.start])]
    return bool(figures) and len(grown) == len(figures) and not _COMES_ANEW.search(question.search)


def _of_level(question: Question, parts: list[str]) -> list[str]:
    """The parts that tell a figure of the level that is asked for (国家级的有6家); none where the text does not name it."""
    asked = _LEVEL.findall(question.search)
    if not asked or not any(level in part for level in asked for part in parts):
        return [] if asked else parts
    told = [part for part in parts if any(level in part for level in asked) and _fitting(question, part)]
    return told or parts


def _of_all(question: Question, parts: list[str]) -> list[str]:
    """The parts that tell of all there is; those of one level or of what came anew only where no other tells a figure."""
    whole = [part for part in parts if not _of_another_sort(question, part, _IN_PART)]
    if any(_said(question, part) and _fitting(question, part) for part in whole):
        return whole
    telling = [part for part in parts if _said(question, part) and _fitting(question, part)]
    # 省级1家、市级4家 is no one figure, unless the question names the level.
    levels = {level for part in telling for level in _LEVEL.findall(part)}
    return whole if len(levels) > 1 and not _LEVEL.search(question.search) else parts


def _moved_on(question: Question, parts: list[str], part: str) -> str:
    """The later part that says how far the figure of a part has come (2021年为31家，到2023年增加到45家); else the part itself."""
    if not part or question.years:
        return part
    last, units = part, {each.unit for each in _fitting(question, part)}
    for later in parts[parts.index(part) + 1 :] if part in parts else []:
        figures = _fitting(question, later)
        reached = bool(figures) and _REACHED.search(later[: figures[0].start])
        if not reached or {figures[0].unit} != units or not _NAMELESS.fullmatch(later[: figures[0].start]):
            break
        last = later
    return last


def _of_another_thing(question: Question, part: str, figure: Figure) -> bool:
    """Whether a part names nothing of what is asked but another thing that it counts (转化成果39项)."""
    counts_things = figure.unit in _COUNTED
    named = _said(question, part) or _NAMELESS.fullmatch(part[: figure.start])
    return counts_things and not named and not _LEVEL.search(question.search)


def _level_of(question: Question, part: str, end: int) -> str:
    """The level of the figure that ends there in a part; "" where it has none or the question names the same."""
    before = _OF_A_LEVEL.findall(part[:end])
    behind = _OF_A_LEVEL.match(part, end)
    level: str = before[-1] if before else behind[0] if behind else ""
    asked = bool(level) and re.search(rf"{level}(?!及?以上)", question.search)
    return "" if asked else level


def _fitting(question: Question, part: str) -> list[Figure]:
    """The figures of a part in a unit that the question may be answered in."""
    units = {
        each
        for unit in question.units
        for each in (unit, {"名": "人", "位": "人", "万元": "元", "亿元": "元"}.get(unit))
    }
    found = [each for each in find_figures(part) if not each.unit.startswith("第") and "分之" not in each.unit]
    fitting = [each for each in found if each.unit in units]
    return fitting if question.units else [each for each in found if each.unit not in _NO_COUNT]


def _said(question: Question, part: str) -> int:
    """How many character pairs of what is asked stand in a part, figures and their units aside."""
    return sum(pair in part for pair in {pair for run in _asked(question) for pair in run})


def _of_another_sort(question: Question, part: str, narrowing: re.Pattern[str] = _NARROWER) -> bool:
    """Whether a part counts a narrower sort of what is asked: 高技能人才 where the question says 技能人才."""
    for run in [*question.runs, question.counted]:
        word = _WAYS.sub("", run)
        standing = [at for at in range(len(part)) if len(word) > 1 and part.startswith(word, at)]
        narrower = [found[0] for at in standing if (found := narrowing.search(part[:at]))]
        if (
            standing
            and len(narrower) == len(standing)
            and not any(f"{each}{word}" in question.search for each in narrower)
        ):
            return True
    return False


def _asked(question: Question) -> list[frozenset[str]]:
    """The character pairs of each stretch of what a question names and counts, without its ways of comparing."""
    words = [_WAYS.sub("", run) for run in [*question.runs, question.counted]]
    return [frozenset(pairs_of(word)) for word in words if len(word) > 1]


def _of_year(form: str, year: str) -> str:
    """The text from a year on to the next other year; the whole text where it does not name the year."""
    found = list(_YEAR.finditer(form))
    for at, match in enumerate(found):
        if match[0] == year:
            end = next((other.start() for other in found[at + 1 :] if other[0] != year), len(form))
            return form[match.start() : end]
    return form
