"""What is read of a text against its whole document: an article names its subject once, and the answer seldom repeats it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import load_embedder
from rag.choosing.wants import Column
from rag.ranking.grams import Grams
from rag.vectors import vectors_of

Whole = NDArray[np.int64]
Held = NDArray[np.bool_]

_MOST_PLACE = 40.0
# A word of the question that so large a share of a document's sentences says is what the document is about.
SUBJECT_SHARE = 0.3


@dataclass(frozen=True)
class Documents:
    """The document of each of T texts, numbered from 0, where the text stands in it, and what is told above it.

    `place` orders the texts of a document; `above` are title, headings and places of each document.
    """

    of: Whole
    place: Whole
    above: Sequence[str]


def document_readings(
    question: str, grams: Grams, texts: Documents, has: Held, vectors: NDArray[np.float32], above: Held
) -> dict[str, Column]:
    """The readings by name, each of shape (T,).

    `has` (T, G) tells which tokens of the question each text says, `above` (D, G) which are told above each document.
    """
    count = len(texts.above)
    sizes = np.maximum(np.bincount(texts.of, minlength=count), 1).astype(np.float64)
    often = np.zeros((count, len(grams)))
    np.add.at(often, texts.of, has.astype(np.float64))
    order = np.lexsort((texts.place, texts.of))
    lead = np.zeros(len(texts.of), dtype=np.bool_)
    lead[order[np.flatnonzero(np.r_[True, np.diff(texts.of[order]) > 0])]] = True
    subject = above.copy()
    np.logical_or.at(subject, texts.of[lead], has[lead])
    subject |= often >= SUBJECT_SHARE * sizes[:, None] + 1
    found = _left(grams, texts.of, has, subject, often)
    found |= _told(grams, texts.of, has, often, sizes)
    found |= _standing(texts, order, lead, sizes)
    found |= _near_left(question, grams, texts.of, subject, vectors)
    for name in ("left", "left_told", "told_doc", "near_left"):
        found[f"{name}_behind"] = found[name] - _best(texts.of, found[name], count)
    return found


def _left(grams: Grams, of: Whole, has: Held, subject: Held, often: Column) -> dict[str, Column]:
    """Shares of what the question asks beside the subject: of all of it, and of what the document says of it at all."""
    whole = float(grams.weight.sum()) or 1.0
    weight = np.where(subject, 0.0, grams.weight)
    said = np.where(often > 0, weight, 0.0)
    left, told = weight.sum(axis=1), said.sum(axis=1)
    mine = (has * weight[of]).sum(axis=1)
    return {
        "left": mine / np.maximum(left, 1e-9)[of],
        "left_told": mine / np.maximum(told, 1e-9)[of],
        "left_weight": mine / whole,
        "left_whole": (left / whole)[of],
        "told_whole": (told / whole)[of],
        "subject_said": (has * (grams.weight - weight)[of]).sum(axis=1) / whole,
    }


def _told(grams: Grams, of: Whole, has: Held, often: Column, sizes: Column) -> dict[str, Column]:
    """The share of what the document says, its tokens weighed by how few of its texts say them."""
    needed = np.divide(grams.weight, grams.rarity, out=np.zeros(len(grams)), where=grams.rarity > 0)
    rare = needed * np.log1p((sizes[:, None] + 0.5) / (often + 0.5)) * (often > 0)
    told = (has * rare[of]).sum(axis=1) / np.maximum(rare.sum(axis=1), 1e-9)[of]
    return {"told_doc": told}


def _standing(texts: Documents, order: Whole, lead: Held, sizes: Column) -> dict[str, Column]:
    place = np.empty(len(order))
    counted = np.bincount(texts.of, minlength=len(sizes)).astype(np.float64)
    begins = np.cumsum(counted) - counted
    place[order] = np.arange(len(order)) - begins[texts.of[order]]
    return {
        "doc_place": np.minimum(place, _MOST_PLACE),
        "doc_share": place / sizes[texts.of],
        "doc_size": np.minimum(sizes, _MOST_PLACE)[texts.of],
        "leads": lead.astype(np.float64),
    }


def _near_left(
    question: str, grams: Grams, of: Whole, subject: Held, vectors: NDArray[np.float32]
) -> dict[str, Column]:
    """The cosine of each text with the question without the words of its document's subject."""
    forms = [_without(question, grams, np.flatnonzero(known)) for known in subject]
    asked = vectors_of(load_embedder(), forms)
    return {
        "near_left": (vectors * asked[of]).sum(axis=1).astype(np.float64),
        "left_length": np.array([float(len(form)) for form in forms])[of],
    }


def _without(question: str, grams: Grams, known: Whole) -> str:
    kept = np.ones(len(question), dtype=np.bool_)
    for number in known.tolist():
        start = int(grams.places[number])
        if 0 <= start < len(question):
            kept[start : start + len(grams.tokens[number])] = False
    return "".join(char for char, keep in zip(question, kept.tolist(), strict=True) if keep)


def _best(group: Whole, values: Column, groups: int) -> Column:
    best = np.full(groups, -np.inf)
    np.maximum.at(best, group, values)
    return best[group]
