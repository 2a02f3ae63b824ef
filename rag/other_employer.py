"""A second sentence of another employer than the one that the question names is not told beside the right one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.library import Library
from rag.extract import Extract
from rag.premises import MOST_PASSAGES, SHORTEST_NAME
from rag.terms import pairs_of
from rag.types import Question

_EMPLOYER = re.compile(r"(?<![该这本各])[\u4e00-\u9fff]{2}(?:公司|集团|厂|煤矿|车间)(?![等们])")


def of_the_named_one(question: Question, extracts: Sequence[Extract], library: Library) -> list[Extract]:
    """The extracts without those that tell of another employer, where one of them has the rare name that the question gives."""
    if len(extracts) < 2 or question.kind in {"list", "which"}:
        return list(extracts)
    names = [name for name in _rare_names(question, library) if any(name in each.line.search for each in extracts)]
    pairs = {pair for name in names for pair in pairs_of(name)}
    return [
        each
        for each in extracts
        if not names or any(pair in each.line.search for pair in pairs) or not _of_another(question, each)
    ]


def _of_another(question: Question, extract: Extract) -> bool:
    named = _EMPLOYER.findall(extract.search)
    return bool(named) and not any(each[:2] in question.search for each in named)


def _rare_names(question: Question, library: Library) -> list[str]:
    """The stretches of a question, each as long as the shortest name, every pair of which stands in few passages."""
    found = []
    for run in question.runs:
        stretches = (run[at : at + SHORTEST_NAME] for at in range(len(run) - SHORTEST_NAME + 1))
        for stretch in stretches:
            if all(0 < library.document_frequency(pair) <= MOST_PASSAGES for pair in pairs_of(stretch)):
                found.append(stretch)
    return found
