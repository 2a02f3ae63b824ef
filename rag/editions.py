"""The edition of an event (第五届): what is told of another one than was asked about is said to be so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.normalise import search_form
from rag.choosing.extracts import Extract, around
from rag.types import Question

_EDITION = re.compile(r"第[〇零一二三四五六七八九十百0-9０-９]{1,4}(?P<unit>[届次期批])")
OTHER_EDITION = "资料写的是{told}，没有写{asked}："


def other_edition(question: Question, extracts: Sequence[Extract]) -> str:
    """The line before what is told of another edition; "" where the asked one is spoken of, or no edition is."""
    asked = {search_form(found[0]): found for found in _EDITION.finditer(question.standalone)}
    if len(asked) != 1 or not extracts:
        return ""
    (form, found), line = next(iter(asked.items())), extracts[0].line
    if form in f"{around(line)} {line.passage.chunk.search_text}" or form in search_form(line.passage.document.text):
        return ""
    told = [each[0] for each in _EDITION.finditer(line.text) if each["unit"] == found["unit"]]
    return OTHER_EDITION.format(told=told[0], asked=found[0]) if told else ""
