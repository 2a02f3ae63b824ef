"""Whether the words found are of another year than the one asked for."""

from __future__ import annotations

import re

from rag.extract import Extract, around
from rag.runs import governing_years
from rag.types import Question

_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_SPAN = re.compile(r"[2-9两几]年[来间里]|[2-9]年(?:期间|累计)")


def misses_year(question: Question, best: Extract) -> bool:
    """Whether a year was asked and the words are of another, or of none while nothing around dates them to it."""
    if not question.years:
        return False
    years = governing_years(best.line, best.start, best.search)
    if years:
        return not years & set(question.years)
    document = best.line.passage.document
    if _SPAN.search(best.search):
        # What was done over some years is not the figure of any one of them.
        return True
    # A page without a date is of the newest year that it names.
    dated = document.published or max(_ANY_YEAR.findall(document.text), default="")
    known = f"{around(best.line)} {best.line.before} {dated}"
    return not any(year in known for year in question.years)
