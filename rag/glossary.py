"""Terms that a worker may not know, explained in one sentence of our own: no quote, and never part of the answer's text."""

from __future__ import annotations

import re
from functools import cache

from index.errors import SettingsError
from index.normalise import search_form
from rag.lexicon import data_lines
from rag.types import Gloss, Question
from rag.wanted import defined

GLOSSARY = "glossary.tsv"
COLUMNS = 4
_ASKS_MEANING = re.compile(
    r"什么意思|啥意思|是什么|是啥|什么叫|啥叫|什么是|指的?(?:是)?(?:什么|啥)|怎么理解|没听过|不懂|解释"
)


@cache
def glossary() -> dict[str, Gloss]:
    """The glosses by their term and its other names, in the search form, the longest first.

    Raises SettingsError with the line that is not in the documented form, or that explains a name a second time.
    """
    found: dict[str, Gloss] = {}
    for line in data_lines(GLOSSARY):
        columns = [column.strip() for column in line.split("\t")]
        names = list(dict.fromkeys(map(search_form, [columns[0], *" ".join(columns[1:2]).split()])))
        if len(columns) != COLUMNS or not all([*names, columns[2]]) or any(name in found for name in names):
            raise SettingsError(
                f"{GLOSSARY} 应为“名称、别的叫法（可空）、解释、常见与否”四栏，名称不重复；请改正这一行：{line}"
            )
        found.update({name: Gloss(columns[0], columns[2], common=bool(columns[3])) for name in names})
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def glosses(question: Question, told: str) -> tuple[Gloss, ...]:
    """The one term that a person may want explained; () for none.

    It is the term that the question asks the meaning of, or, when the asker spoke plainly, the first one that the answer
    uses and the question does not.
    """
    if _ASKS_MEANING.search(question.search) or defined(question):
        asked = _first(question.search)
        return (asked,) if asked else ()
    plainly = any(term.alternatives for term in question.terms)
    used = _first(search_form(told), question.search, common=False) if plainly else None
    return (used,) if used else ()


def gloss_line(glossed: tuple[Gloss, ...], told: str = "") -> str:
    """The line under what was `told`, marked as an explanation that is no quote; "" for none, and for one that was told."""
    shown = (each for each in glossed if each.meaning.rstrip("。") not in told)
    return "".join(f"名词解释（非资料原文）：{each.term}，{each.meaning}" for each in shown)


def _first(form: str, known: str = "", common: bool = True) -> Gloss | None:
    """The first gloss that a search form names, by its longest name there; none that is `known`, common ones only on demand."""
    standing = sorted((form.find(name), -len(name), name) for name in glossary() if name in form)
    for _, _, name in standing:
        gloss = glossary()[name]
        others = [other for other, each in glossary().items() if each is gloss]
        if (common or not gloss.common) and not any(other in known for other in others):
            return gloss
    return None
