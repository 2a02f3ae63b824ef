"""What a figure is about: the words right beside it, its year and its place, compared with those of another figure."""

from __future__ import annotations

import re

from rag.dates import Date
from rag.figures import Figure
from rag.qualifiers import IN_ALL
from rag.reading import Text, related
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, bounds

_DATE = re.compile(r"\d{4}年(?:\d+月)?[底末初]?")
_CHANGED = re.compile("[,，]?(?:[增提上扩升涨降减缩发下回跌][\u3400-\u9fff]?)?[到至为]")
_SEPARATOR = re.compile(r"[、和及与]")
# Words that stand beside any figure and tell none of them from another.
_COMMON = re.compile(
    "全国|全省|全市|全县|全区|累计|截至|截止|目前|共有|共计|一共|总共|合计|分别|达到|其中|还有|另有|已有|"
    "[共达为有已了的是约近超在到，。：]"
)
_LEFT = 16
_NEAREST = 8
# Where something stands behind the figure too, only the nearest words before it are its label.
_LEFT_OF_TWO = 4
_RIGHT = 10
_FAR = 60
_SHORTEST = 2
# The last characters before the first figure of a list are its own label; what stands before them is said of all.
_OWN_IN_LIST = 4
# 「三届累计68人」: a period or a rank before a figure is a part of what it counts.
_PERIODS = frozenset({"届", "年", "批", "期", "轮", "个月", "天"})
Likeness = tuple[int, int, int, int, int]


def likeness(figure: Figure, text: Text, other: Figure, other_text: Text) -> Likeness:
    """How well two figures speak of one thing: scene (year, place), qualifiers, words beside, words before, words around.

    Tuples compare from the left: a figure of another year is no match, however alike its words are.
    """
    qualifiers = len((figure.clause_qualifiers & other.clause_qualifiers) - {IN_ALL})
    scene = _scene(figure, text, other, other_text)
    figure, other = start_of_change(figure, text), start_of_change(other, other_text)
    return (
        scene,
        qualifiers,
        _beside(figure, text, other, other_text),
        longest_common(_lead_text(figure, text), _lead_text(other, other_text)),
        len(surroundings(figure, text) & surroundings(other, other_text)),
    )


def _is_class(figure: Figure, text: Text) -> bool:
    """Whether a number is the name of a class (一类竞赛, 三级工匠) and counts nothing."""
    behind = text.plain[figure.end : figure.end + 1]
    return figure.unit in {"类", "级", "等"} and figure.low < 10 and "\u3400" <= behind <= "\u9fff"


def start_of_change(figure: Figure, text: Text) -> Figure:
    """The figure from which another one has grown or shrunk (由5200元提高到5900元): both are of the same thing."""
    nth = text.figures.index(figure)
    before = text.figures[nth - 1] if nth else figure
    return before if before is not figure and _CHANGED.fullmatch(text.plain, before.end, figure.start) else figure


def segment(figure: Figure, text: Text) -> tuple[int, int]:
    """The part of the figure's clause that is its own: neighbours separated by 、 or 和 keep theirs."""
    start, end = bounds(text.plain, figure.start, CLAUSE_STOPS)
    for other in text.figures:
        if other.unit in _PERIODS or other.unit.startswith("第") or _is_class(other, text):
            continue
        if start <= other.start < figure.start:
            gap = _SEPARATOR.search(text.plain, other.end, figure.start)
            start = gap.end() if gap else other.end
        elif figure.start < other.start < end:
            gap = _SEPARATOR.search(text.plain, figure.end, other.start)
            end = gap.start() if gap else other.start
    return start, max(end, figure.end)


def surroundings(figure: Figure, text: Text) -> frozenset[str]:
    """The content bigrams of the figure's own part of its clause, and of what a list says once of all its figures."""
    start, end = segment(figure, text)
    right = bigrams(text.plain[figure.end : end])
    found = bigrams(text.plain[start : figure.start]) | right | _said_of_list(figure, text)
    if len(found) < 3 and not right:
        # 「共300名」 says too little alone: what it counts stands before it in the sentence, after the last figure.
        found |= bigrams(text.plain[_lead_start(figure, text) : start])
    return found


def lead(figure: Figure, text: Text) -> frozenset[str]:
    """The content between the figure and the one before it in its sentence (「低级别的，按租金的」50%)."""
    return bigrams(_lead_text(figure, text))


def date_before(at: int, text: Text) -> Date | None:
    """The date with a year that holds for the character at `at`, the last one before it; None if none does.

    A clause without a year behind one that compares two (从2022年的…增加到2023年的…) speaks of neither for certain.
    """
    # With what a figure is compared is not when it was.
    dates = [date for date in text.dates if date.start < at and date.year and not _is_compared(date, text.plain)]
    if not dates:
        return None
    start, _ = bounds(text.plain, at, CLAUSE_STOPS)
    clause_of_last, _ = bounds(text.plain, dates[-1].start, CLAUSE_STOPS)
    compared = {date.year for date in dates if date.start >= clause_of_last}
    return None if clause_of_last < start and len(compared) > 1 else dates[-1]


def _is_compared(date: Date, text: str) -> bool:
    """Whether a date says with what something is compared (比2021年多18%), and has no figure of its own behind it."""
    before = text[max(0, date.start - 2) : date.start]
    return before.endswith(("比", "高于", "低于", "多于", "少于")) and text[date.end : date.end + 1] != "的"


def longest_common(one: str, other: str) -> int:
    """The length of the longest run of characters that stands in both, 0 when that is a single character."""
    best = 0
    lengths = [0] * (len(other) + 1)
    for sign in one:
        for at in range(len(other), 0, -1):
            lengths[at] = lengths[at - 1] + 1 if other[at - 1] == sign else 0
            best = max(best, lengths[at])
    return best if best > 1 else 0


def _lead_text(figure: Figure, text: Text) -> str:
    return text.plain[max(_lead_start(figure, text), figure.start - _FAR) : figure.start]


def _lead_start(figure: Figure, text: Text) -> int:
    start, _ = bounds(text.plain, figure.start, SENTENCE_STOPS)
    return max([start, *(f.end for f in text.figures if f.end <= figure.start and f.unit not in _PERIODS)])


def _scene(figure: Figure, text: Text, other: Figure, other_text: Text) -> int:
    """One point for the same year, one for the same place; one off for each that is another."""
    place, other_place = text.place_before(figure.start), other_text.place_before(other.start)
    points = 0 if place is None or other_place is None else (1 if related(place, other_place) else -1)
    date, other_date = date_before(figure.start, text), date_before(other.start, other_text)
    if date is None or other_date is None:
        return points
    if date.year != other_date.year:
        start, end = bounds(other_text.plain, other.start, SENTENCE_STOPS)
        # 「…15所，这是2021年的数据」: the year may stand behind.
        named = {each.year for each in other_text.dates if start <= each.start < end}
        return points if date.year in named else points - 1
    months = {date.month, other_date.month} - {None}
    return points + 1 if len(months) < 2 else points - 1


def _beside(figure: Figure, text: Text, other: Figure, other_text: Text) -> int:
    """The longest runs that the words right before and right behind both figures have in common."""
    left, right = _label(figure, text)
    other_left, other_right = _label(other, other_text)
    nearest = _LEFT_OF_TWO if right and other_right else _NEAREST
    far, other_far = (left[-_NEAREST:] if right else left), (other_left[-_NEAREST:] if other_right else other_left)
    return max(
        longest_common(left[-nearest:], other_left[-nearest:]) + longest_common(right, other_right),
        # On the other side of its figure a name is less surely the same label.
        longest_common(far, other_right) - 1,
        longest_common(right, other_far) - 1,
    )


def _label(figure: Figure, text: Text) -> tuple[str, str]:
    """What stands right before and right behind a figure in its own part of the clause, without words of any figure."""
    start, end = segment(figure, text)
    row = _list_of(figure, text)
    behind = text.plain[figure.end : min(end, figure.end + _RIGHT)] if not row or figure is not row[-1] else ""
    reach = _LEFT
    if row and figure is row[0]:
        # Where its label begins is not marked; that of its neighbour is about as long.
        reach = max(_SHORTEST, min(_LEFT, row[1].start - segment(row[1], text)[0]))
    right = _COMMON.sub("", behind)
    left = _COMMON.sub("", _DATE.sub("", text.plain[max(start, figure.start - reach) : figure.start]))
    if len(left) < 2 and not right:
        begin = max(_lead_start(figure, text), figure.start - _LEFT)
        left = _COMMON.sub("", _DATE.sub("", text.plain[begin : figure.start]))
    return left, right


def _said_of_list(figure: Figure, text: Text) -> frozenset[str]:
    """What is said once of all figures of a list: around 「初级工1000元、高级工2000元」, its beginning and its end."""
    row = _list_of(figure, text)
    if not row:
        return frozenset()
    start, end = bounds(text.plain, figure.start, CLAUSE_STOPS)
    before = text.plain[start : max(start, row[0].start - _OWN_IN_LIST)]
    return bigrams(before) | bigrams(text.plain[row[-1].end : end])


def _list_of(figure: Figure, text: Text) -> list[Figure]:
    """The figures of one unit in the clause that each have their label before them; none when there is but one."""
    start, end = bounds(text.plain, figure.start, CLAUSE_STOPS)
    row = [f for f in text.figures if start <= f.start < end and f.unit == figure.unit]
    return row if len(row) > 1 and bigrams(text.plain[segment(row[-1], text)[0] : row[-1].start]) else []
