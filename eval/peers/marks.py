"""What a question's list of documents is worth: hit@1, MRR@10 and recall@10."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CUTOFF = 10

Gold = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The marks of one question, each between 0 and 1.

    `hit` is 1 when the first document is gold; `reciprocal` is 1 / rank of the first gold document within ten, else 0
    (Voorhees 1999); `recall` is the share of the gold documents within ten.
    """

    hit: float
    reciprocal: float
    recall: float


def marks(found: Sequence[Sequence[str]], gold: Sequence[Gold]) -> list[Mark]:
    """The marks of each question, whose documents are given best first; nothing found gets zeros."""
    return [_mark(list(ids[:CUTOFF]), wanted) for ids, wanted in zip(found, gold, strict=True)]


def _mark(found: Sequence[str], wanted: Gold) -> Mark:
    first = next((rank for rank, identifier in enumerate(found, start=1) if identifier in wanted), None)
    recall = len(set(found) & set(wanted)) / len(wanted) if wanted else 0.0
    return Mark(float(first == 1), 1 / first if first else 0.0, recall)
