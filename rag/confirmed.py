"""A figure that a question only wants confirmed: what newer sources tell instead, and what the sources tell where none has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.library import Library
from rag.conflicts import Account, Accounts, accounts, asks_both
from rag.extract import Extract
from rag.figures import Figure, find_figures
from rag.premises import OTHER_FIGURE
from rag.question import understand
from rag.supposed import only_confirms
from rag.terms import weigh
from rag.types import Passage, Question

# What only asks whether it still holds (现在还是吗) is no part of the question for the figure itself.
_STILL = re.compile(r"(?:[，,、]|^)(?:现在|目前|如今|今年|那)?(?:也?还|仍)(?:然|旧)?[^，,]{0,6}[吗么吧]?[？?。]*$")
_HEARD = re.compile(r"^(?:我)?(?:听说|据说|听人说|记得|看到)[，,]?")
_NOW = re.compile(r"(?:现在|目前|如今)?(?:还|仍)(?:然|旧)?(?=[是有为])")
_END = re.compile(r"(?:[，,]?(?:对不对|是不是|没错吧?|是这样吗|[对是]?[吧吗么]|[对是]?了?[吧吗么]|的))+[？?。]*$")
_DIGITS = re.compile(r"[\d.]+")
# A figure so near to the one of the question counts what it counts, and the others do not.
CLOSE = Decimal("0.1")
STALE = "问题里的数字是较早的（{year}年），后来的资料写的是："
UNDATED_STALE = "问题里的数字是较早的，后来的资料写的是："
PLANNED = "问题里的数字是计划或目标，已经做到的，资料写的是："
NONE_OF_THEM = "资料没有写问题里的这个数字，写到的数字有："


def for_the_figure(question: Question) -> tuple[Question, Figure] | None:
    """The plain question for the one figure that a question wants confirmed, and that figure; None where it is no such one."""
    form = _HEARD.sub("", _STILL.sub("", question.search))
    given = [each for each in find_figures(form) if each.text not in question.years]
    confirms = only_confirms(question) or form != _HEARD.sub("", question.search)
    if not confirms or len(given) != 1 or question.years or asks_both(question) or given[0].high is not None:
        return None
    digits = _DIGITS.match(form, given[0].start)
    if digits is None or form[: digits.start()].endswith("第"):
        return None
    open_form = _NOW.sub("", _END.sub("", form[: digits.start()] + "多少" + form[digits.end() :]))
    asked = understand(f"{open_form}？", without=question.without)
    if asked.kind != "figure" or asked.asks > 1:
        return None
    return replace(asked, text=question.text, places=question.places, unknown_places=question.unknown_places), given[0]


def confirmed(
    question: Question, library: Library, chosen: list[Extract], passages: Sequence[Passage]
) -> Accounts | None:
    """What the sources tell of a figure that a question wants confirmed, where not the chosen extract alone is to be told."""
    asked = for_the_figure(question) if chosen else None
    if asked is None:
        return None
    plain, figure = asked
    found = accounts(plain, weigh(plain, library), chosen, passages)
    if len(found.every) < 2 or (_is_told(figure, found.extracts) and not found.older):
        return None
    stale = [each for each in found.older if each.figure.value == figure.low]
    if stale:
        year = stale[0].when[:4]
        lead = STALE.format(year=year) if year else UNDATED_STALE
        return replace(found, extracts=found.extracts[:1], lead=lead, notice="")
    if any(each.figure.value == figure.low for each in found.planned):
        return replace(found, extracts=found.extracts[:1], lead=PLANNED)
    if found.older or found.planned or _is_told(figure, found.extracts):
        return found
    return _nearest(figure, found.every)


def _is_told(figure: Figure, extracts: Sequence[Extract]) -> bool:
    return any(each.low == figure.low for one in extracts[:1] for each in find_figures(one.search))


def _nearest(figure: Figure, every: Sequence[Account]) -> Accounts:
    """Accounts none of which is newer than the others: the one that tells the figure or a close one, else all by nearness."""

    def apart(account: Account) -> Decimal:
        low, high = sorted((account.figure.value, figure.low))
        return high / low - 1 if low else Decimal("Infinity")

    ordered = sorted(every, key=apart)
    if apart(ordered[0]) <= CLOSE:
        return Accounts([ordered[0].extract], lead=OTHER_FIGURE if apart(ordered[0]) else "")
    return Accounts([each.extract for each in ordered], lead=NONE_OF_THEM)
