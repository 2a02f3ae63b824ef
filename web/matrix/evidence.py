"""What the panel shows of one square: every piece of evidence in its context, its copies listed under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from index.errors import UnknownDocumentError
from index.measures import Cell, MatrixEvidence
from index.measures.corrections import quote_digest
from index.measures.export import LEVEL_NAMES, MODALITY_NAMES, STATE_NAMES, correction_name
from web.cards import AROUND_CHARACTERS, HEADING_SIGNS, date_label

TextOf = Callable[[str], str]


def square_json(place: str, measure: str, cells: Iterable[Cell], text_of: TextOf) -> dict[str, Any]:
    """The cells of a place with a measure: the place's own and, beside it, that of enterprises in it."""
    shown = [_cell(cell, text_of) for cell in cells if (cell.place, cell.measure) == (place, measure)]
    return {"place": place, "measure": measure, "cells": shown}


def _cell(cell: Cell, text_of: TextOf) -> dict[str, Any]:
    copies = [one for one in cell.evidence if one.copy_of and one not in cell.counting]
    pieces = [_piece(one, text_of) for one in cell.ranked]
    for copy in copies:
        _beside(copy, pieces)["copies"].append(_source(copy))
    correction = cell.correction or {}
    return {
        "enterprise": cell.is_enterprise,
        "level": LEVEL_NAMES[cell.level],
        "state": cell.state,
        "state_name": STATE_NAMES[cell.state],
        "figure": cell.figure,
        "unit": cell.unit,
        "year": cell.year,
        "digest": quote_digest(cell.best.quote),
        "correction": correction_name(cell),
        "reason": correction.get("reason", ""),
        "corrected": correction.get("date", ""),
        "evidence": pieces,
    }


def _piece(one: MatrixEvidence, text_of: TextOf) -> dict[str, Any]:
    before, after = _around(one, text_of)
    return _source(one) | {
        "id": one.document_id,
        "quote": one.quote,
        "before": before,
        "after": after,
        "modality": one.modality,
        "modality_name": MODALITY_NAMES[one.modality],
        "level": LEVEL_NAMES[one.level],
        "figure": one.figure + one.unit,
        "year": one.year,
        "spun": one.is_spun,
        "copy": bool(one.copy_of),
        "copies": [],
    }


def _source(one: MatrixEvidence) -> dict[str, str]:
    return {"title": one.title or one.file, "file": one.file, "date": date_label(one.published)}


def _beside(copy: MatrixEvidence, pieces: list[dict[str, Any]]) -> dict[str, Any]:
    """The piece that a copy is listed under: the same words of the document copied, else any of it, else the first."""
    same = [piece for piece in pieces if piece["id"] == copy.copy_of] or pieces
    return next((piece for piece in same if piece["quote"] == copy.quote), same[0])


def _around(one: MatrixEvidence, text_of: TextOf) -> tuple[str, str]:
    """The text before and after a quote; none where the document has been removed in the meantime."""
    try:
        text = text_of(one.document_id)
    except UnknownDocumentError:
        return "", ""
    # Twice what is shown is read: white space and heading signs fall away.
    before = _flat(text[max(0, one.start - 2 * AROUND_CHARACTERS) : one.start])
    after = _flat(text[one.end : one.end + 2 * AROUND_CHARACTERS])
    cut = len(before) > AROUND_CHARACTERS or one.start > 2 * AROUND_CHARACTERS
    more = len(after) > AROUND_CHARACTERS or one.end + 2 * AROUND_CHARACTERS < len(text)
    return ("…" if cut else "") + before[-AROUND_CHARACTERS:], after[:AROUND_CHARACTERS] + ("…" if more else "")


def _flat(text: str) -> str:
    return " ".join(HEADING_SIGNS.sub("", text).split())
