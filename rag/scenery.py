"""Whether what a sentence names beside a figure stands with that figure in the evidence, not only behind it."""

from __future__ import annotations

import re
from decimal import Decimal

from rag.figures import Figure
from rag.labels import segment, start_of_change
from rag.reading import Reading, Text
from rag.synonyms import anaphors, is_light
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, bounds, spans_of, words

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
# Whoever works there need not be named where a figure of them stands.
_WORKERS = frozenset({"职工", "员工", "工人"})
_RANKS = ("第",)
# A row of figures says of each whose it is: so many characters before one are its label.
_LABEL = 8
# What a rank is held in stands in so many characters before it.
_CONTEST = 4
_GROUP = re.compile(r"以?[上下]?的([\u3400-\u9fff]{2,6})")
# What a sum of money, a share or a span of time is of may stand anywhere.
_SUMS = frozenset({"元", "%", "百分点", "大", "年", "个月", "天", "小时", "次"})
_NAME = re.compile(r"([\u3400-\u9fff]{2,8})")
_LIST = re.compile(r"(?P<items>[\u3400-\u9fff]{2,10}(?:、[\u3400-\u9fff]{2,10})+)等(?P<all>[\u3400-\u9fff]{2,})")
_SEPARATOR = re.compile("[、和及与，,；;]")


def scenery_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for a thing beside a figure of which the evidence speaks only later, or for a label of a row left out."""
    around = "\n".join(part for each in readings for part in (each.around.plain, *each.attributed))
    values = {figure.low for figure in sentence.figures}
    for figure in sentence.figures:
        if figure.unit.startswith(_RANKS):
            if figure.unit == "第人" and (other := _other_contest(figure, sentence, readings)):
                return [f"引文中「{other}」的才是「{figure.text}」"]
            continue
        places = [
            (other, reading.counted)
            for reading in readings
            for other in reading.counted.figures
            if other.same_value(figure) and other.unit == figure.unit
        ]
        start, end = bounds(sentence.plain, figure.start, CLAUSE_STOPS)
        for noun in _nouns(sentence.plain[start:end]):
            if noun not in around and places and all(_is_later(noun, o, t, values) for o, t in places):
                return [f"引文中「{figure.text}」说的不是「{noun}」"]
        if figure.unit not in _SUMS and places and all(_counts_other(sentence, other, text) for other, text in places):
            return [f"引文中「{figure.text}」数的是别的"]
        if places and all(_is_other_group(figure, sentence, other, text) for other, text in places):
            return [f"引文中「{figure.text}」说的是另一类"]
        if places and all(_lost_label(sentence.plain, other, text) for other, text in places):
            return [f"引文中「{figure.text}」只属于其中一类"]
    return []


def _other_contest(rank: Figure, text: Text, readings: tuple[Reading, ...]) -> str:
    """What stands before a rank wherever the evidence has it, where the sentence has another known thing there."""
    mine = bigrams(text.plain[max(0, rank.start - _CONTEST) : rank.start])
    known = "\n".join(reading.counted.plain for reading in readings)
    befores = [
        text.plain[max(bounds(text.plain, other.start, CLAUSE_STOPS)[0], other.start - _LABEL) : other.start]
        for text in (reading.counted for reading in readings)
        for other in text.figures
        if other.same_value(rank) and other.unit == rank.unit
    ]
    for before in befores:
        new = {pair for pair in mine - bigrams(before) if pair in known}
        if not new or not bigrams(before[-_CONTEST:]) - bigrams(text.plain):
            return ""
    return befores[0][-_CONTEST:] if befores else ""


def _nouns(clause: str) -> list[str]:
    found = [(clause[start:end], kind) for start, end, kind in words(clause)]
    return [
        word
        for word, kind in found
        if (kind[0] in "nlbj" or kind == "vn")
        and word not in anaphors() | _WORKERS
        and _HAN.fullmatch(word)
        and not is_light(word)
    ]


def _is_later(noun: str, figure: Figure, text: Text, told: set[Decimal]) -> bool:
    """Whether a noun stands only behind the sentence of the figure, or only at the head of later clauses with their own."""
    _, clause_end = bounds(text.plain, figure.start, CLAUSE_STOPS)
    _, sentence_end = bounds(text.plain, figure.start, SENTENCE_STOPS)
    found = list(spans_of(noun, text.plain))
    return bool(found) and all(
        at >= sentence_end or (at > clause_end and _has_other_figure(at, text, told)) for at in found
    )


def _has_other_figure(at: int, text: Text, told: set[Decimal]) -> bool:
    """Whether the clause of a noun counts something that the sentence does not tell."""
    start, end = bounds(text.plain, at, CLAUSE_STOPS)
    own = {figure.low for figure in text.figures if start <= figure.start < end}
    return bool(own) and not own & told


def _counts_other(text: Text, other: Figure, other_text: Text) -> bool:
    """Whether the name before a figure, which the evidence counts, stands nowhere in the sentence (企业67家, 67家联合会)."""
    if _NAME.match(other_text.plain, other.end):
        return False
    start, _ = segment(other, other_text)
    before = other_text.plain[start : other.start]
    stating = [(before[a:b], kind) for a, b, kind in words(before) if not is_light(before[a:b])]
    if not stating or stating[-1][1][0] not in "nlj":
        return False
    counted = bigrams(stating[-1][0])
    return bool(counted) and not counted & bigrams(text.plain)


def _is_other_group(figure: Figure, text: Text, other: Figure, other_text: Text) -> bool:
    """Whether what a figure bounds (优秀率30%的师傅) is another group, or one item of the list that it counts (快递员等)."""
    mine, theirs = _GROUP.match(text.plain, figure.end), _GROUP.match(other_text.plain, other.end)
    if mine and theirs:
        apart = not bigrams(mine[1]) & bigrams(theirs[1]) and theirs[1][:2] not in text.plain
        if apart and bigrams(theirs[1]) and mine[1][:2] in other_text.plain:
            return True
    row = _LIST.match(other_text.plain, other.end)
    if not row:
        return False
    named = [item for item in row["items"].split("、") if item in text.plain]
    return 0 < len(named) < row["items"].count("、") + 1 and row["all"][:2] not in text.plain


def _lost_label(sentence: str, figure: Figure, text: Text) -> bool:
    """Whether a figure of a row (本科生每人4000元、专科生每人3000元) is told without the label that is its own."""
    start, end = bounds(text.plain, figure.start, CLAUSE_STOPS)
    row = [f for f in text.figures if start <= f.start < end and f.unit == figure.unit]
    if any(start_of_change(each, text) is not each for each in row):
        return False
    if len(row) < 2:
        return False
    labels = []
    for nth, each in enumerate(row):
        begin = row[nth - 1].end if nth else start
        parts = [part for part in _SEPARATOR.split(text.plain[begin : each.start]) if part]
        labels.append(bigrams(parts[-1][-_LABEL:]) if parts else frozenset())
    if not all(labels):
        return False
    nth = row.index(figure)
    own = labels[nth] - frozenset().union(*(label for at, label in enumerate(labels) if at != nth))
    return bool(own) and not own & bigrams(sentence)
