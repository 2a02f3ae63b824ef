"""The item of a document's own enumeration that a question asks for by its number (第五条, 第二站)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.library import Library
from index.normalise import search_form
from rag.extract import Extract, attributed
from rag.lines import Line, lines
from rag.slots import number
from rag.terms import Asked, presence
from rag.types import Passage, Question

_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBER = rf"(?:{_CHINESE}|\d{{1,2}})"
# What an author counts with the number itself (第二站): 一是 never stands for it.
_OWN_UNITS = ("站", "讲", "场", "组", "轮", "队", "章", "节", "阶段", "环节", "步")
_UNITS = (*_OWN_UNITS, "条", "点", "项", "个", "种", "类", "块", "招", "件", "方面", "部分")
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_ASKED = re.compile(rf"(?:第(?P<number>{_NUMBER})|最后(?:一|1))(?P<unit>{_UNIT})")
# How many there are, where the question says it (八大举措, 23条): another list than one of so many is not meant.
_COUNT = re.compile(rf"(?<![第\d])(?P<number>{_NUMBER})(?:大|{_UNIT})+(?!级|子)")
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("是", re.compile(rf"(?P<number>{_CHINESE})(?:是(?!否)|要|则)")),
    ("其", re.compile(rf"其(?P<number>{_CHINESE})(?:是|[，,、])?")),
    ("括", re.compile(rf"[（(](?P<number>{_NUMBER})[）)]")),
    ("点", re.compile(r"(?P<number>\d{1,2})[.．、](?!\d)")),
    ("顿", re.compile(rf"(?P<number>{_CHINESE})、")),
    ("第", re.compile(rf"第(?P<number>{_NUMBER})(?:{_UNIT})?(?:是|[，,、：:])")),
    ("先", re.compile(r"(?P<word>首先|其次|再次|再者|然后|最后)")),
)
# What asks right behind the number of an item.
_ASKS = re.compile(r"$|[，,？?呢]|是|叫|讲|说|写|指|具体|怎|如何|什么|啥|有")
SHORTEST_NAME = 2
_OPENING = ' \u3000“"「'
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
SHORTEST_LEAD = 8
# An item is told up to so many characters; what follows a bare heading of one (三是统计普法。) belongs to it.
LONGEST_ITEM = 180
SHORTEST_ITEM = 30
# So much of what a question speaks of must stand in a list, what leads to it and the title of its document.
LEAST_SAID = 0.4
ITEMS_WEIGHT = 0.5
COUNTED_WEIGHT = 0.4
# Who speaks is often named some sentences before the list.
BEFORE_WEIGHT = 0.1
MOST_BEFORE = 6


@dataclass(frozen=True, slots=True)
class Item:
    """What leads to an enumeration and the item that is asked for; no `told` where it has fewer items than that."""

    lead: Extract
    told: tuple[Extract, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where an item begins: the clause of a line."""

    line: int
    clause: int
    number: int


_List = tuple[_Mark, ...]


def enumerated(question: Question, terms: Asked, passages: Sequence[Passage], library: Library) -> Item | None:
    """The item with the number that a question asks for, of the list that it speaks of in the first document; None without one."""
    asked = _ASKED.search(question.standalone)
    if asked is None or not passages:
        return None
    first = passages[0]
    every = _lines(first, library)
    unit = asked["unit"]
    count = _COUNT.search(_ASKED.sub(" ", question.standalone))
    lists = [each for each in _lists(every, unit) if count is None or number(count["number"]) in {1, len(each)}]
    best = max(lists, key=lambda each: _likeness(each, every, terms, unit), default=None)
    if (
        best is None
        or _said(terms, f"{first.document.title} {_before(best, every)} {_all_of(best, every)}") < LEAST_SAID
    ):
        return None
    if unit == "个" and not _counts(question.standalone[asked.end() :], _lead(best, every)):
        return None
    at = number(asked["number"]) if asked["number"] else len(best)
    lead = _whole(every[max(0, best[0].line - 1) if best[0].clause == 0 else best[0].line])
    if at > len(best):
        return Item(lead, ())
    told = tuple(_extracts(best, at - 1, every))
    if question.places and not any(attributed(each.line.places, question.places) for each in (lead, *told)):
        return None
    return Item(lead, told)


def asks_for_item(question: Question) -> bool:
    """Whether a question counts to an item at all."""
    return bool(_ASKED.search(question.standalone))


def without_number(text: str) -> str:
    """A question without the number of the item that it asks for."""
    return _ASKED.sub("", text)


def _counts(behind: str, lead: str) -> bool:
    """Whether 第三个 counts in a list: nothing stands behind it but what asks, or the thing that the list is said to be of."""
    return bool(_ASKS.match(behind)) or search_form(behind[:SHORTEST_NAME]) in lead


def _lines(first: Passage, library: Library) -> list[Line]:
    """The sentences of a document in their order, each once: its passages overlap."""
    found: dict[int, Line] = {}
    for chunk in library.chunks_of(first.document.id):
        for line in lines(Passage(chunk, first.document, first.score)):
            found.setdefault(line.parts(line.start, line.end)[0].start, line)
    return [found[start] for start in sorted(found)]


def _lists(every: Sequence[Line], unit: str) -> list[_List]:
    """All enumerations of a document in whose items the unit may count."""
    anywhere = re.compile(rf"第(?P<number>{_NUMBER}){unit}")
    styles: dict[str, list[_Mark]] = {name: [] for name in (*(style for style, _ in _MARKS), "圈", unit)}
    for at, line in enumerate(every):
        for place, clause in enumerate(line.clauses):
            text = clause.text.lstrip(_OPENING)
            if found := anywhere.search(text):
                styles[unit].append(_Mark(at, place, number(found["number"])))
            if text[:1] in _CIRCLED and text[:1]:
                styles["圈"].append(_Mark(at, place, _CIRCLED.index(text[0]) + 1))
            for style, mark in _MARKS:
                if found := mark.match(text):
                    counted = _ordered(found["word"], styles[style]) if style == "先" else number(found["number"])
                    styles[style].append(_Mark(at, place, counted))
    wanted = [unit] if unit in _OWN_UNITS else list(styles)
    return [each for style in wanted for each in _rows(styles[style])]


def _ordered(word: str, before: Sequence[_Mark]) -> int:
    return 1 if word == "首先" or not before else before[-1].number + 1


def _rows(marks: Sequence[_Mark]) -> Iterator[_List]:
    """The runs of marks that count from one upwards without a gap."""
    row: list[_Mark] = []
    for mark in marks:
        if row and mark.number == row[-1].number + 1:
            row.append(mark)
        elif mark.number == 1:
            if len(row) > 1:
                yield tuple(row)
            row = [mark]
    if len(row) > 1:
        yield tuple(row)


def _likeness(row: _List, every: Sequence[Line], terms: Asked, unit: str) -> float:
    """How much of a question stands before a list and in it; a list that is announced as one of so many is likelier meant."""
    lead = _lead(row, every)
    written = len(row)
    announced = re.search(
        rf"(?:{written}|{'零一二三四五六七八九十'[written] if written <= 10 else written})个?{unit}", lead
    )
    near = _said(terms, lead) + BEFORE_WEIGHT * _said(terms, _before(row, every))
    return near + ITEMS_WEIGHT * _said(terms, _all_of(row, every)) + COUNTED_WEIGHT * bool(announced)


def _said(terms: Asked, form: str) -> float:
    """The share of a question's terms, without the number itself, that a form speaks of."""
    asked = [(term, weight) for term, weight in terms.terms if not re.match(r"第?\d", term.text)]
    total = sum(weight for _, weight in asked)
    return sum(weight * presence(term, form) for term, weight in asked) / total if total else 0.0


def _lead(row: _List, every: Sequence[Line]) -> str:
    """What stands before the first item: its sentence up to there, and the one before where that is short."""
    first = row[0]
    before = "".join(clause.search for clause in every[first.line].clauses[: first.clause])
    return before if len(before) >= SHORTEST_LEAD or not first.line else every[first.line - 1].search + before


def _before(row: _List, every: Sequence[Line]) -> str:
    """The last sentences before a list, with its lead."""
    at = row[0].line
    return "".join(line.search for line in every[max(0, at - MOST_BEFORE) : at]) + _lead(row, every)


def _all_of(row: _List, every: Sequence[Line]) -> str:
    return "".join(line.search for line in every[row[0].line : row[-1].line + 1])


def _extracts(row: _List, at: int, every: Sequence[Line]) -> Iterator[Extract]:
    """The item: its clauses up to the next one, and the sentences behind them up to the next one or as many as are told."""
    mark = row[at]
    following = row[at + 1] if at + 1 < len(row) else None
    line = every[mark.line]
    same = following is not None and following.line == mark.line
    clauses = line.clauses[mark.clause : following.clause if following and same else None]
    yield _run(line, clauses[0].start, clauses[-1].end)
    told = clauses[-1].end - clauses[0].start
    if same:
        return
    end = following.line if following else min(mark.line + 2, len(every)) if told < SHORTEST_ITEM else mark.line + 1
    for each in every[mark.line + 1 : end]:
        told += each.end - each.start
        if told > LONGEST_ITEM:
            return
        yield _whole(each)
    if following and following.clause:
        clauses = every[following.line].clauses[: following.clause]
        if told + clauses[-1].end - clauses[0].start <= LONGEST_ITEM:
            yield _run(every[following.line], clauses[0].start, clauses[-1].end)


def _whole(line: Line) -> Extract:
    return _run(line, line.start, line.end)


def _run(line: Line, start: int, end: int) -> Extract:
    form = search_form(line.joined.text[start:end])
    return Extract(line, start, end, 1.0, 1.0, 1.0, form, line.places)
