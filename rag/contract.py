"""The JSON object that `changai ask --json` and `POST /api/ask` give; outsiders rely on its form (design, contracts)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rag.filters import filters_of
from rag.types import Answer, Citation


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON values; offsets are code points of the document's text."""
    return {
        "question": answer.question.text,
        "standalone": answer.question.standalone,
        "kind": answer.question.kind,
        "filters": [{"kind": each.kind, "value": each.value} for each in filters_of(answer.question)],
        "slips": [{"typed": slip.typed, "meant": slip.meant} for slip in answer.question.slips],
        "answer": answer.text,
        "refused": answer.refused,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "raw_text": answer.raw_text,
        "unanswered": list(answer.unanswered),
        "citations": [citation_json(citation) for citation in answer.citations],
        "table": None
        if answer.table is None
        else {"columns": list(answer.table.columns), "rows": [list(row) for row in answer.table.rows]},
        "suggestions": list(answer.suggestions),
        "notice": answer.notice,
        "glossary": [{"term": each.term, "meaning": each.meaning} for each in answer.glossary],
        "model_failed": answer.model_failed,
        "removed": [{"text": each.text, "problems": list(each.problems)} for each in answer.removed],
        "usage": None if answer.usage is None else asdict(answer.usage),
        "timings_ms": {step: round(value, 2) for step, value in answer.timings_ms.items()},
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """One citation as plain JSON values."""
    return {
        "number": citation.number,
        "document_id": citation.document_id,
        "title": citation.title,
        "source": citation.source,
        "published": citation.published,
        "places": list(citation.places),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "marks": [[mark.start, mark.end] for mark in citation.marks],
        "file": citation.file,
        "context": [{"text": context.text, "start": context.start, "end": context.end} for context in citation.context],
        "quality": list(citation.quality),
        "verdict": citation.verdict,
        "card": citation.card,
        "page": citation.page,
        "reasons": list(citation.reasons),
    }
