"""How many there are: a sentence that counts what came anew, or dates another year, is told on to the sum or year asked for."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.extract import Extract
from rag.types import Question
from rag.wanted import is_news

# What there is in all, said right behind what came anew (新命名20家，总数为103家).
_SUM = re.compile(r"^(?:总数|总量|总计|总人数|累计|共计|一共|合计)[^,，。；;\d]{0,8}\d")
# The sum of a later year, with nothing else named before its figure (到2021年初，总数增加到145家).
_OF_A_YEAR = (
    r"(?<!\d){year}年[初底末中]?[,，]?(?:总数|总量|数量|累计|又|已|再|就)*"
    r"(?:增加|增长|发展|扩大|上升|提高|减少|下降|增|升|达|降)(?:到|至|为)?\d"
)


def told_on(question: Question, extract: Extract) -> Extract:
    """The extract, told on where only what follows it has the sum, or the figure of the one year that is asked for."""
    if question.kind != "figure":
        return extract
    behind = [clause for clause in extract.line.clauses if clause.start >= extract.end]
    last = None
    if len(question.years) == 1 and question.years[0] not in extract.search:
        of_year = re.compile(_OF_A_YEAR.format(year=question.years[0]))
        ends = [at for at in range(len(behind)) if of_year.search("".join(each.search for each in behind[: at + 1]))]
        last = behind[ends[0]] if ends else None
    elif behind and is_news(question, extract.search) and _SUM.match(behind[0].search):
        last = behind[0]
    if last is None:
        return extract
    form = "".join(clause.search for clause in extract.line.clauses if extract.start <= clause.start <= last.start)
    return replace(extract, end=last.end, search=form)
