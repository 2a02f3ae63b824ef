"""Rungs of a ladder (技师 below 高级技师, 市级 below 省级): a rung is not said where only another one's name holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.choosing.extracts import Extract, around
from rag.lines import Clause, Line
from rag.types import Question

# A grade of skill; 技师学院 and 首席技师工作室 are names of something else, and a 3级技师 is of a ladder of its own.
_GRADE = re.compile(
    r"(?P<master>初级|中级|高级|特级|首席|(?<!\d级))技师(?!学院|学校|学会|工作|协会|制|队伍|联)"
    r"|(?P<worker>初级|中级|高级)工(?![程会人作匠业种资艺商])"
    r"|(?P<bare>初级|中级|高级)(?=(?:职业)?技能等级|[、和及与每各分给为的]|\d)"
)
_GRADES = ("初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")
_LEVEL = re.compile(r"(?<!副)(?P<level>(?:国家|[省市区县镇乡])(?:[、和及与或部]?(?:国家|[省市区县镇乡]))*)级(?!市)")
_LEVELS = ("乡镇级", "区县级", "市级", "省级", "国家级")
_ALIKE = {"乡级": "乡镇级", "镇级": "乡镇级", "县级": "区县级", "区级": "区县级"}
# 高级工以上 and 技师至首席技师 name all rungs from one on, or between two.
_AND_ABOVE = re.compile(r"(?:及|和|或|\(含\))?以上|起(?!草)")
_UP_TO = re.compile(r"[至到]|[-—~]+")
# What a province or a city does is of its level, though nobody says 级.
_OF_LEVEL = r"(?:里|委|直|政府|总工会|人社\w{0,4})?[^，,。；;]{0,4}(?:命名|认定|评|授|公布|出台)|[全本该]"

# A run that tells of other rungs alone answers another question; one that tells of them too is longer than it need be.
OTHER_COST = 1.2
BESIDE_COST = 0.3
# Where a sentence has no run of the asked rung, another sentence may; where none has, this one shows what is told instead.
ABSENT_COST = 0.4
# What speaks of less of the question than that is no account of the ladder that was asked about.
LEAST_COVERED = 0.25
UNSAID = "找到的原文写的是{told}，没有写{lacking}。"


def rung_cost(question: Question, line: Line, run: Sequence[Clause]) -> float:
    """What a run of a sentence loses by clauses that tell of other rungs than the one asked about."""
    asked = _rungs(question.search)
    if not asked:
        return 0.0
    told = _governing(line.clauses)
    mine = [told[clause.start] for clause in run]
    named = [at for at, rungs in enumerate(mine) if rungs & asked]
    # What leads from the subject of the sentence to the asked rung is not torn off it.
    led = named[0] if named and run[0].start == line.start else 0
    strange = sum(_is_other(asked, rungs) for rungs in mine[led:])
    if not strange:
        return 0.0
    if named:
        return BESIDE_COST * strange
    return OTHER_COST if any(rungs & asked for rungs in told.values()) else ABSENT_COST


def of_another_rung(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether extracts tell of rungs of the asked ladder, and neither they nor what a reader of them knows names an asked one."""
    asked = _rungs(question.search)
    known = _known(extracts)
    if question.kind == "which" or not _is_other(asked, _told(extracts)) or asked & _rungs(known):
        return False
    return not any(re.search(f"{rung[0]}{_OF_LEVEL}{rung[0]}", known) for rung in asked if rung in _LEVELS)


def unsaid_rungs(question: Question, extracts: Sequence[Extract]) -> str:
    """A line on the asked rungs of which the sentences that were found say nothing, and on those of which they do; "" for none."""
    lacking, told = _rungs(question.search) - _rungs(_known(extracts)), _told(extracts)
    if not extracts or _AND_ABOVE.search(question.search) or extracts[0].covered < LEAST_COVERED:
        return ""
    for ladder in (_GRADES, _LEVELS):
        wanted, said = ([rung for rung in ladder if rung in rungs] for rungs in (lacking, told))
        if wanted and said:
            return UNSAID.format(lacking="、".join(wanted), told="、".join(said))
    return ""


def _told(extracts: Sequence[Extract]) -> frozenset[str]:
    return _rungs(" ".join(each.search for each in extracts))


def _known(extracts: Sequence[Extract]) -> str:
    # A title that speaks of 中级以上 does not say that each rung above is told of.
    return " ".join(
        f"{each.line.search} {_AND_ABOVE.sub('', f'{each.line.before} {around(each.line)}')}" for each in extracts
    )


def _is_other(asked: frozenset[str], told: frozenset[str]) -> bool:
    """Whether rungs of an asked ladder are told and the asked ones of it are not."""
    ladders = ((asked.intersection(ladder), told.intersection(ladder)) for ladder in (_GRADES, _LEVELS))
    return any(wanted and said and not wanted & said for wanted, said in ladders)


def _governing(clauses: Sequence[Clause]) -> dict[int, frozenset[str]]:
    """The rungs that each clause, by its start, tells of: its own, else those of the clause before in its part of the sentence."""
    found: dict[int, frozenset[str]] = {}
    before: frozenset[str] = frozenset()
    for clause in clauses:
        before = _rungs(clause.search) or before
        found[clause.start] = before
        if clause.text.rstrip().endswith(("；", ";", "：", ":")):
            before = frozenset()
    return found


@lru_cache(maxsize=4096)
def _rungs(form: str) -> frozenset[str]:
    """The rungs that a search form names."""
    if "级" not in form and "技师" not in form:
        return frozenset()
    grades = [(each.start(), each.end(), _grade(each)) for each in _GRADE.finditer(form)]
    return frozenset(_spread(form, grades, _GRADES)) | frozenset(_spread(form, _levels(form), _LEVELS))


def _grade(found: re.Match[str]) -> str:
    if found["master"] is not None:
        return f"{found['master']}技师"
    return f"{found['worker'] or found['bare']}工"


def _levels(form: str) -> list[tuple[int, int, str]]:
    named = [
        (found.start(), found.end(), f"{name}级")
        for found in _LEVEL.finditer(form)
        for name in re.findall("国家|[省市区县镇乡]", found["level"])
    ]
    return [(start, end, _ALIKE.get(rung, rung)) for start, end, rung in named]


def _spread(form: str, named: Sequence[tuple[int, int, str]], ladder: tuple[str, ...]) -> list[str]:
    """The named rungs with those that 以上 and 至 take in."""
    found: list[str] = []
    for nth, (_, end, rung) in enumerate(named):
        found.append(rung)
        if rung not in ladder:
            continue
        at = ladder.index(rung)
        if _AND_ABOVE.match(form, end):
            found += ladder[at:]
        elif nth + 1 < len(named) and _UP_TO.fullmatch(form, end, named[nth + 1][0]) and named[nth + 1][2] in ladder:
            found += ladder[at : ladder.index(named[nth + 1][2])]
    return found
