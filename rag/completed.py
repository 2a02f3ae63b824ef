"""A run of a sentence that breaks off before what was asked: the names that follow 分别, the figure that was reached, the rank."""

from __future__ import annotations

import re

from rag.extract import Extract
from rag.one_sentence import over
from rag.types import Question

# A sentence is told up to this length so that nothing that was asked is cut off.
MOST_TOLD = 220
_NAMED = re.compile(r"^(?:[他她它这]们?|名单|名称)?(?:分别|依次)(?:[为是由叫]|来自|位于)")
# 从去年的9个，扩大到今年的119个: the one without the other tells no change.
_FROM = re.compile(r"[从由](?:[^,，。；;到至]{0,24})\d[^,，。；;到至]*$|[从由][^。；;到至]{0,16}\d[^。；;到至]{0,24}$")
_REACHED = re.compile(
    r"^(?:又|再|已|逐步)?(?:扩大|增加|增长|提高|提升|上升|下降|减少|降低|扩展|拓展|发展|升|降|增|减|涨)(?:到|至|为)"
)
_RANK = re.compile(r"第[一二三四五六七八九十\d]+(?![个名期届条批次章节])|首位|排名|名列|榜首|位居")
_RANK_TOLD = re.compile(
    r"^(?:位?居|排名?|名列|位列|列)[^,，。；;]{0,10}(?:第[一二三四五六七八九十\d]+|首位|前[一二三四五六七八九十\d]+|榜首)"
)


def completed(question: Question, extract: Extract) -> Extract:
    """The run with the clause right behind it where it breaks off before what the question asks; else as it was."""
    following = next((clause for clause in extract.line.clauses if clause.start >= extract.end), None)
    if following is None or len(extract.search) + len(following.search) > MOST_TOLD:
        return extract
    told = extract.search.rstrip("，,、 ")
    wanted = (
        (question.kind in {"list", "entity", "which", "other"} and bool(_NAMED.search(following.search)))
        or (bool(_REACHED.search(following.search)) and bool(_FROM.search(told)))
        or (bool(_RANK.search(question.search)) and bool(_RANK_TOLD.search(following.search)))
    )
    if not wanted:
        return extract
    last = following
    if _NAMED.search(following.search):
        # The names of a row are told to the end of the sentence.
        for clause in extract.line.clauses:
            if clause.start > last.start and len(extract.search) + clause.end - last.start <= MOST_TOLD:
                last = clause
    return over(extract, extract.start, last.end)
