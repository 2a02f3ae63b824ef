"""What a question demands of an answer beyond likeness: words and shapes without which the answer is to another question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.measures import measures, modality
from index.places import is_within, narrowest
from rag.extract import Extract, around
from rag.figures import find_figures
from rag.rungs import of_another_rung
from rag.terms import presence
from rag.types import Question
from rag.wanted import fit, lacks_scope, shapeless

# Who asks why something was stopped must not be told that it was begun.
_UNDONE = re.compile(r"取消|停办|停发|停止|撤销|放弃|关闭|废止|解散|终止|叫停|摘(?:了)?牌|取缔")
# What somebody did to the thing must be said of it.
_AGENT = re.compile(r"主办|承办|牵头|发起|颁发|出资|摘牌|院长|会长|冠军|亚军|教授")
# Who calls others together leads.
_LED = re.compile(r"联合|由|组织|主办")
_ORDINAL = re.compile(r"第[0-9]+[条项个步点]")
_EACH_ASKED = re.compile(r"每[人名家个位](?!\d)|人均|平均|1个?人.{0,4}(?:能|可以|得|领|拿|补|报)")
_EACH_SAID = re.compile(r"每|人均|平均|1[人名家个位]")
_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})[条项个种家]")
_ITEMS = re.compile(r"哪|分别|具体|都叫|名字|名单")
_SEPARATORS = re.compile(r"[、；;]|[，,](?=[0-9一二三四五六七八九十]是)")
# What money is for tells one kind of it from another (高温津贴, 租房补贴).
_PAY = ("津贴", "补贴", "补助", "奖金", "保险")
_REALLY = re.compile(r"实际|已经|到现在|到目前|真的|建成了|完成了|花掉了?|落实了")
_DONE = re.compile(r"(?:目前|现在|至今)?已经?(?:[建完]成|落实|投入|发放|开工|[^，。将要拟]{0,6}\d)")
# What somebody gets who passes an examination or is chosen.
_FOR_ONE = re.compile(
    r"(?:[考评]上?|当上?(?![年时地前天日初下场月周])|升|拿|取得|晋升)[\u4e00-\u9fff]{1,10}[给补奖发领拿报](?:我|咱)?(?:[1几多]+[少块]?|钱)"
)
# No single worker gets a million.
TOTAL = 1_000_000
_ALL_OF_IT = re.compile(r"全[市省区县州]|整个")


def unmet(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether something that the question demands is not in the sentences found."""
    said = " ".join(f"{extract.line.search} {' '.join(extract.line.passage.chunk.heading)}" for extract in extracts)
    best = best_fitting(question, extracts)
    ordinals = [word for word in _ORDINAL.findall(question.search) if word[1:-1] != "1" or f"首{word[-1]}" not in said]
    demanded = [*ordinals, *(word for pattern in (_UNDONE, _AGENT) for word in pattern.findall(question.search))]
    return (
        any(word not in said and not (word == "牵头" and _LED.search(said)) for word in demanded)
        or (not _spun(extracts) and lacks_scope(question, said))
        or shapeless(question, best)
        or (question.kind == "figure" and bool(_EACH_ASKED.search(question.search)) and not _EACH_SAID.search(said))
        or (bool(question.own) and not any(presence(term, said) for term in question.own))
        or (
            question.kind != "yesno"
            and bool(_REALLY.search(question.search))
            and all(modality(each.line.search) != "done" and not _DONE.search(each.search) for each in extracts)
        )
        or _other_pay(question, extracts)
        or _part_for_whole(question, extracts)
        or total_for_one(question, extracts)
        or _other_measure(question, extracts)
        or (not _spun(extracts) and of_another_rung(question, extracts))
        or _items_missing(question, extracts)
    )


def best_fitting(question: Question, extracts: Sequence[Extract]) -> float:
    """How well the words found have the shape that is asked for; a role (冠军) may stand in another clause than its names."""
    forms = [extract.line.search for extract in extracts if question.kind == "entity"]
    return max([*(extract.fitting for extract in extracts), *(fit(question, form) for form in forms)], default=0.0)


def _spun(extracts: Sequence[Extract]) -> bool:
    """Whether the words are of a page in which a machine put other words for grades and scopes."""
    return any("spun" in extract.line.passage.document.quality for extract in extracts)


def _other_pay(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether money for one thing was asked for (高温津贴) and nothing found, nor what stands around it, names that thing."""
    things = [term for term in question.terms if any(f"{term.text}{pay}" in question.search for pay in _PAY)]
    known = [f"{each.line.passage.chunk.search_text} {around(each.line)}" for each in extracts]
    return any(not any(presence(term, text) for text in known) for term in things)


def _part_for_whole(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether the whole of a place was asked for and what was found is of a part of it (全市 and one district)."""
    return bool(_ALL_OF_IT.search(question.search)) and any(is_of_a_part(question, each) for each in extracts[:1])


def is_of_a_part(question: Question, extract: Extract) -> bool:
    """Whether what was found is of places within the asked ones alone: a paper of one city may tell of 全省, which is the whole."""
    places = narrowest(list(extract.places))
    if not places or not question.places or any(is_within(p, o) for p in question.places for o in places):
        return False
    said = extract.line.search
    return not any(f"全{place[-1]}" in said for place in question.places)


def total_for_one(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether what one person gets was asked for (考技师给多少钱) and only the totals of a place are told."""
    if not _FOR_ONE.search(question.search):
        return False
    sums = [each.low for extract in extracts for each in find_figures(extract.search) if each.unit == "元"]
    return bool(sums) and min(sums) >= TOTAL


def _other_measure(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether a measure of the taxonomy is counted (几家工匠学院) and the passages found do not speak of it (职工学堂)."""
    asked = [measure for measure in measures() if question.counted and measure.said_in(question.counted)]
    if not asked or _spun(extracts):
        return False
    known = " ".join(f"{each.line.passage.chunk.search_text} {around(each.line)}" for each in extracts)
    return not any(measure.said_in(known) for measure in asked)


def _items_missing(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether the items of a numbered list are asked for and only its name was found (十条举措 without the ten)."""
    named = _NUMBERED.search(question.search)
    if question.kind not in {"list", "entity", "how", "other"} or not named or not _ITEMS.search(question.search):
        return False
    most = max((len(_SEPARATORS.findall(extract.line.search)) for extract in extracts), default=0)
    told = sum(len(_SEPARATORS.findall(extract.line.search)) + 1 for extract in extracts)
    return max(most + 1, told) < int(named[1]) - 1
