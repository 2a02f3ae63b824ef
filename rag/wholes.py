"""Whether a sentence tells of all what the evidence tells of a part: 其中3家得到支持 does not say that all ten do."""

from __future__ import annotations

import re

from rag.reading import Reading
from rag.wording import CLAUSE_STOPS, bigrams, pieces, spans_of

_ALL = re.compile(r"(?<![首大])都(?![市会城江昌匀])|均(?![衡等值匀])|全部|全都|一律|统统|皆")
_PART = re.compile(r"其中|部分|有的|一些|多数|少数|个别")
_FIGURE = re.compile(r"\d[\d.]*")
# What stands right before a noun where a part of it is meant: 80%以上的乡镇, 部分乡镇.
_SHARE_BEFORE = re.compile(r"(?P<figure>\d[\d.]*)%(?:以上|以下|左右)?的?$|(?:部分|多数|少数|一些|个别|有的)(?:的)?$")
# So much of what is told of all must stand in the clause that tells it of a part.
_TOLD = 0.5


def whole_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line where 都, 均 or 全部 stands with what the evidence says of a part of them only."""
    clauses = [piece for reading in readings for piece in pieces(reading.counted.plain, CLAUSE_STOPS)]
    figures = set(_FIGURE.findall(sentence))
    for clause in pieces(sentence, CLAUSE_STOPS):
        for match in _ALL.finditer(clause):
            if _is_of_part(clause[match.end() :], clauses, figures):
                return [f"引文没有说「{match[0]}」，只说到其中一部分"]
            if match[0] == "全部" and _is_share(clause[match.end() :].lstrip("的")[:2], clauses, figures):
                return [f"引文说的不是「{match[0]}{clause[match.end() :][:4]}」"]
    return []


def _is_of_part(told: str, clauses: list[str], figures: set[str]) -> bool:
    """Whether the clause that says it counts a part that the sentence does not count."""
    wanted = bigrams(told)
    best = max(clauses, key=lambda each: len(wanted & bigrams(each)), default="")
    if not wanted or len(wanted & bigrams(best)) < _TOLD * len(wanted) or _ALL.search(best):
        return False
    at = min((at for pair in wanted if (at := best.find(pair)) >= 0), default=0)
    before = _FIGURE.findall(best[:at])
    if before:
        return before[-1] not in figures
    counted = set(_FIGURE.findall(best))
    return bool(counted and not counted & figures) or (bool(_PART.search(best)) and not counted <= figures)


def _is_share(noun: str, clauses: list[str], figures: set[str]) -> bool:
    """Whether the evidence has a noun behind a share or 部分 alone, and the sentence lacks that share."""
    if not bigrams(noun):
        return False
    before = [clause[:at] for clause in clauses for at in spans_of(noun, clause)]
    shares = [_SHARE_BEFORE.search(each) for each in before]
    return bool(shares) and all(share and share["figure"] not in figures for share in shares)
