"""A reply of any system brought to the names and offsets of the library that it is judged against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eval.gold import Shelf
from eval.reply import Found, Reply


def complete(reply: Reply, shelf: Shelf) -> Reply:
    """The reply with document ids of the library, the span of each quote, and its marks.

    A system may call a document by id, record or file, and leave out offsets: the quote is then looked for in that
    document. What is not found keeps an empty span, and so is neither verbatim nor on gold.
    """
    answer = reply.answer
    if answer is not None:
        answer = {**answer, "citations": [_citation(each, shelf) for each in answer["citations"]]}
    return replace(reply, answer=answer, hits=_named(reply.hits, shelf), passages=_named(reply.passages, shelf))


def _citation(citation: Mapping[str, Any], shelf: Shelf) -> dict[str, Any]:
    document = shelf.named(citation["document_id"])
    start, end = citation["start"], citation["end"]
    if start is None or end is None:
        start = document.text.find(citation["quote"]) if document and citation["quote"] else -1
        end = start + len(citation["quote"]) if start >= 0 else 0
        start = max(start, 0)
    marks = citation.get("marks")
    return {
        **citation,
        "document_id": document.id if document else citation["document_id"],
        "start": start,
        "end": end,
        "marks": [[start, end]] if marks is None else marks,
    }


def _named(found: tuple[Found, ...] | None, shelf: Shelf) -> tuple[Found, ...] | None:
    if found is None:
        return None
    documents = [(each, shelf.named(each.document)) for each in found]
    return tuple(each._replace(document=document.id) if document else each for each, document in documents)
