"""Whether clauses of a document that name a measure tell of it, and whose deed it is: two learned scores over plain features.

The weights lie in a data file, fitted by `python -m eval.matrix.fit` on documents that were read; a feature that the file
lacks weighs nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from index.measures.level import Subject
from index.measures.modality import Modality

WEIGHTS = Path(__file__).parent.parent / "data" / "measures_weights.tsv"
Score = Literal["shown", "enterprise"]
SCORES: tuple[Score, ...] = ("shown", "enterprise")
BIAS = "bias"

_DOES = re.compile(
    r"举办|举行|开展|组织|建[立成设有]|设[立置有]|成立|打造|推出|启动|出台|印发|制定|发放|送[去上来]|发布|实施|投入|新增|命名|授予|评[选出]|"
    r"培[训养育]|覆盖|惠及|完成|拨付|安排|挂牌|揭牌|开设|提供|慰问|走访|上线|吸纳|达"
)
_HEARS = re.compile(r"表示|介绍|认为|了解到|说|告诉|强调|指出|希望|如果|听闻|感谢|体验|参加|参与|观看|来到|走进")
_COUNTRY = re.compile(r"全国|国家|中华|各地|多地|我国|中国|部门?等")
_AIM = re.compile(r"营造|弘扬|助力|促进|推动|提升|增强|为了|旨在|切实|努力|更好|贯彻|落实")
_TOLD_OF = re.compile(r"^的|^(?:负责|领衔|成员|主任|导师|选手|工作人员|品牌|现场|活动中|内|里|前|门口)")
_UNION = re.compile(r"工会|职工|劳模|产业工人|农民工")
_LONG, _SHORT, _MANY = 40, 8, 3
_EARLY = 300


@dataclass(frozen=True, slots=True)
class Clause:
    """What is looked at of one clause: search forms, who acts, how it is meant, whether its place is named in it."""

    form: str
    sentence: str
    name_start: int
    name_end: int
    own: Subject
    leads: bool
    carried: Subject
    modality: Modality
    has_figure: bool
    names_place: bool
    sentence_names_place: bool
    start: int
    is_alias: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What is looked at of the document: its title, who acts in it, how many places it is about, the place and measure."""

    title_names: bool
    title: Subject
    public: int
    enterprises: int
    homes: int
    is_home: bool
    level: str
    measure: str
    unions: int
    is_directive: bool


def tells_deed(form: str) -> bool:
    """Whether a search form holds a word of doing, and so may tell a deed that a heading above it names."""
    return _DOES.search(form) is not None


def union_words(form: str) -> int:
    """How often a search form speaks of unions and workers, up to a few."""
    return sum(1 for _, _ in zip(_UNION.finditer(form), range(2 * _MANY), strict=False))


def features(clauses: Iterable[Clause], around: Around) -> dict[str, float]:
    """The features of all clauses by which a document tells of one measure of one place."""
    found = {BIAS: 1.0}
    told = list(clauses)
    for clause in told:
        for name in _of_clause(clause):
            found[name] = 1.0
    found["clauses"] = math.log1p(len(told))
    found |= dict.fromkeys(_of_document(around), 1.0)
    return found


def _of_clause(clause: Clause) -> Iterator[str]:
    before, behind = clause.form[: clause.name_start], clause.form[clause.name_end :]
    yield f"modality={clause.modality}"
    yield f"own={clause.own or 'nobody'}"
    yield f"carried={clause.carried or 'nobody'}"
    yield f"alias={clause.is_alias}"
    for name, pattern in _WORDS.items():
        if pattern.search(before):
            yield f"{name} before"
        if pattern.search(behind):
            yield f"{name} behind"
        if pattern.search(clause.sentence):
            yield f"{name} in sentence"
    if _TOLD_OF.search(behind):
        yield "told of"
    if clause.has_figure:
        yield "figure"
    if any(sign.isdecimal() for sign in clause.form):
        yield "number"
    yield f"place {'here' if clause.names_place else 'in sentence' if clause.sentence_names_place else 'elsewhere'}"
    if clause.start < _EARLY:
        yield "early"
    size = len(clause.form)
    yield f"size={'long' if size > _LONG else 'short' if size <= _SHORT else 'middle'}"
    if not before.strip():
        yield "opens"


_WORDS: Mapping[str, re.Pattern[str]] = {"does": _DOES, "hears": _HEARS, "country": _COUNTRY, "aim": _AIM}


def _of_document(around: Around) -> Iterator[str]:
    yield f"title names={around.title_names}"
    yield f"title={around.title or 'nobody'}"
    yield f"public={min(around.public, _MANY)}"
    yield f"enterprises={min(around.enterprises, _MANY)}"
    yield f"more={'public' if around.public > around.enterprises else 'enterprises'}"
    yield f"homes={min(around.homes, 2)}"
    yield f"is home={around.is_home}"
    yield f"level={around.level}"
    yield f"measure={around.measure}"
    yield f"unions={around.unions > _MANY}"
    if around.is_directive:
        yield "directive"


def chance(score: Score, found: Mapping[str, float]) -> float:
    """The chance that a score tells, from 0 to 1; one half without weights."""
    return logistic(weights()[score], found)


def logistic(weighed: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The logistic function of a weighed sum."""
    total = math.fsum(weighed.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def weights() -> dict[Score, dict[str, float]]:
    """The weights of each score by the name of the feature."""
    read: dict[Score, dict[str, float]] = {score: {} for score in SCORES}
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *values = line.split("\t")
            for score, value in zip(SCORES, values, strict=True):
                read[score][name] = float(value)
    return read
