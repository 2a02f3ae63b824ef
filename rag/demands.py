"""What a question demands of an answer beyond likeness: words and shapes without which the answer is to another question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.extract import Extract
from rag.terms import presence
from rag.types import Question
from rag.wanted import shapeless

# Who asks why something was stopped must not be told that it was begun.
_UNDONE = re.compile(r"取消|停办|停止|撤销|放弃|关闭|废止|解散|终止|叫停")
_EACH_ASKED = re.compile(r"每[人名家个位](?!\d)|人均|平均")
_EACH_SAID = re.compile(r"每|人均|平均|1[人名家个位]")
_NUMBERED = re.compile(r"(\d{1,2})[条项个种]")
_ITEMS = re.compile(r"哪|分别|具体")
_SEPARATORS = re.compile(r"[、；;]|[，,](?=[0-9一二三四五六七八九十]是)")


def unmet(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether something that the question demands is not in the sentences found."""
    said = " ".join(extract.line.search for extract in extracts)
    best = max((extract.fitting for extract in extracts), default=0.0)
    return (
        any(word not in said for word in _UNDONE.findall(question.search))
        or (question.kind in {"figure", "date"} and shapeless(question, best))
        or (question.kind == "figure" and bool(_EACH_ASKED.search(question.search)) and not _EACH_SAID.search(said))
        or (bool(question.own) and not any(presence(term, said) for term in question.own))
        or _items_missing(question, extracts)
    )


def _items_missing(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether the items of a numbered list are asked for and only its name was found (十条举措 without the ten)."""
    named = _NUMBERED.search(question.search)
    if question.kind != "list" or not named or not _ITEMS.search(question.search):
        return False
    most = max((len(_SEPARATORS.findall(extract.line.search)) for extract in extracts), default=0)
    told = sum(len(_SEPARATORS.findall(extract.line.search)) + 1 for extract in extracts)
    return max(most + 1, told) < int(named[1]) - 1
