"""Runs of clauses that may be an answer, never torn from their condition, and the year that governs a run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.lines import Clause, Line
from rag.types import Kind, Question

CLAUSE_KINDS = frozenset({"figure", "date", "entity"})
# How much of a sentence an answer of each kind may take: clauses for a figure, parts between semicolons for the rest.
WINDOW: dict[Kind, int] = {"figure": 3, "date": 3, "entity": 3, "list": 3, "how": 2, "yesno": 1, "other": 2}
LONGEST_PART = 110
LONGEST_LEAD = 24
# A clause that ends so is the condition of the next one; a clause that begins so says nothing without the one before.
_CONDITION_END = re.compile(
    r"(?:的|时|后|之际|期间|以来|之前|第[\d一二三四五六七八九十]+[天周年]|前提下|情况下|之日起)[，,]\s*$|(?:计划|目标|要求|规划|打算|任务)(?:是|为)?[：:]\s*$"
)
# A clause that begins so, up to a comma, waits for what is done then, or on this ground.
_WAITING = re.compile(
    r"^(?:如果|假如|倘若|若(?!干)|要想|想要|要是|只要|只有|一旦|凡是|虽然|尽管|不仅|不但|由于|因为|随着|"
    r"为(?:了|进一步|更好|切实|深入|全面|不断|丰富|推动|推进|加强|提升|提高|做好|促进)|"
    r"(?:[日近]前,?)?经[^,，]{2,20}(?:批准|同意|研究|审议|推荐|评选)[,，]$)"
)
_COMMA_END = re.compile(r"[，,]\s*$")
_LEANING = re.compile(r"^(?:其中|其(?!他|它|余)|并(?!列)|该|这|另有|另外|还有|[前后]一个)")
# How a sum is paid belongs to the sum (给30000元，分3年发放).
_PAID_SO = re.compile(
    r"^[并均都]?(?:分(?:\d|[两几])[个年次期批月]|按[月季年]|逐[年月]|1次性)\w{0,6}(?:发|兑现|支付|拨付|给付|到位|付清)"
)
# A clause that tells when alone leads to what comes behind it (到2024年4月的报道中，).
_ONLY_WHEN = re.compile(
    r"^(?:截?[至到]|自|从|早在)?(?=.*[年月])(?:(?:19|20)\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?"
    r"(?:[底初末中起]|以来|前后|(?:年[底初末]))?(?:的?报道[中时里])?[,，]$"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|[-—~至到])")


def runs(question: Question, clauses: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
    """Candidate runs of one sentence, each once, widened until neither end is torn from what it depends on."""
    at = {clause.start: index for index, clause in enumerate(clauses)}
    seen: set[tuple[int, int]] = set()
    for run in _bare(question, clauses):
        first, last = _whole(clauses, at[run[0].start], at[run[-1].start])
        torn = question.kind != "date" and last + 1 < len(clauses) and _ONLY_WHEN.match(clauses[last].search)
        if (first, last) not in seen and not torn:
            seen.add((first, last))
            yield clauses[first : last + 1]


def _whole(clauses: Sequence[Clause], first: int, last: int) -> tuple[int, int]:
    while first > 0 and (
        _CONDITION_END.search(clauses[first - 1].text)
        or _ONLY_WHEN.match(clauses[first - 1].search)
        or _LEANING.match(clauses[first].search)
    ):
        first -= 1
    while last < len(clauses) - 1 and (
        _CONDITION_END.search(clauses[last].text) or _waits(clauses[last]) or _PAID_SO.match(clauses[last + 1].search)
    ):
        last += 1
    return first, last


def _waits(clause: Clause) -> bool:
    return bool(_WAITING.match(clause.search) and _COMMA_END.search(clause.text))


def _bare(question: Question, clauses: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
    size = WINDOW.get(question.kind, 3) + 2 * (question.asks > 1)
    units = [[clause] for clause in clauses] if question.kind in CLAUSE_KINDS else parts(clauses)
    for first in range(len(units)):
        for last in range(first, min(first + size, len(units))):
            yield [clause for unit in units[first : last + 1] for clause in unit]


def parts(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """Clauses grouped into the parts of a sentence that semicolons divide; a part that runs long is cut at commas."""
    found: list[list[Clause]] = [[]]
    for clause in clauses:
        if sum(len(each.text) for each in found[-1]) > LONGEST_PART:
            found.append([])
        found[-1].append(clause)
        if clause.text.rstrip().endswith(("；", ";")):
            found.append([])
    return [part for part in found if part]


def governing_years(line: Line, start: int, form: str) -> frozenset[str]:
    """The years that a run speaks of: its own, else that of the nearest earlier clause of the sentence that names one."""
    own = _YEAR.findall(form)
    if own:
        return frozenset(own)
    lead = _dated_before(line, start)
    return frozenset(_YEAR.findall(lead.search)[-1:]) if lead else frozenset()


def leading_time(line: Line, start: int, form: str) -> Clause | None:
    """The short earlier clause that dates a run (「2023年，」), for a run that names no year itself."""
    lead = None if _YEAR.search(form) else _dated_before(line, start)
    return lead if lead and len(lead.text) <= LONGEST_LEAD else None


def _dated_before(line: Line, start: int) -> Clause | None:
    before = (clause for clause in reversed(line.clauses) if clause.start < start)
    return next((clause for clause in before if _YEAR.search(clause.search)), None)
