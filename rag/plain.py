"""An answer as plain lines for a terminal."""

from __future__ import annotations

from rag.glossary import gloss_line
from rag.types import Answer


def plain_lines(answer: Answer) -> list[str]:
    """The answer, its notice, its quotes with source and date, and what else can be asked."""
    told = [answer.text]
    if answer.notice:
        told.append(f"提示：{answer.notice}")
    if gloss := gloss_line(answer.glossary, answer.text):
        told.append(gloss)
    told += [f"未能回答：{part}" for part in answer.unanswered]
    for each in answer.citations:
        where = "　".join(part for part in (each.source, each.published or "日期不详", "、".join(each.places)) if part)
        told += ["", f"【{each.number}】{each.title}（{where}）", f"  「{each.quote}」"]
        if each.card:
            told.append(f"  {each.card}")
    told += [f"  可以问：{text}" for text in answer.suggestions]
    return told
