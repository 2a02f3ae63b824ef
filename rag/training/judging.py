"""How well each leg, their plain fusion and the ranker order the candidates of questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.training.gathering import Read

_RRF = 60


def told(
    name: str, reads: Sequence[Read], crossed: Sequence[NDArray[np.float64]], foreign: Sequence[NDArray[np.float64]]
) -> str:
    """Lines of hit@1, hit@10 and recall@100; `foreign` are the scores of a ranker that saw no question of the set."""
    rows = {
        "keywords": [one.readings["keyword"] for one in reads],
        "vectors": [one.readings["likeness"] for one in reads],
        "plain fusion": [_fused(one) for one in reads],
        "ranker": crossed,
    } | ({"ranker of other sets": foreign} if foreign else {})
    lines = [f"{name}, {len(reads)} questions"]
    for system, scores in rows.items():
        found = measured(reads, scores)
        lines.append(f"  {system}: hit@1 {found[0]:.3f}, hit@10 {found[1]:.3f}, recall@100 {found[2]:.3f}")
    return "\n".join(lines)


def measured(reads: Sequence[Read], scores: Sequence[NDArray[np.float64]]) -> tuple[float, float, float]:
    """hit@1, hit@10 and recall@100 of the orders that the scores give."""
    first, ten, hundred = each_found(reads, scores).mean(axis=0)
    return float(first), float(ten), float(hundred)


def each_found(reads: Sequence[Read], scores: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """hit@1, hit@10 and recall@100 of every question, (questions, 3)."""
    return np.array([_found(one, score) for one, score in zip(reads, scores, strict=True)], dtype=np.float64)


def _found(one: Read, score: NDArray[np.float64]) -> tuple[float, float, float]:
    """Whether the first and the first ten documents hold a right one, and the share of right ones in a hundred."""
    ranked = list(dict.fromkeys(one.documents[at] for at in np.argsort(-score, kind="stable")))
    right = {document for document, is_right in zip(one.documents, one.right, strict=True) if is_right}
    return (
        float(bool(right & set(ranked[:1]))),
        float(bool(right & set(ranked[:10]))),
        len(right & set(ranked[:100])) / one.wanted,
    )


def _fused(one: Read) -> NDArray[np.float64]:
    """Reciprocal rank fusion with the usual constant (Cormack et al., 2009)."""
    total = np.zeros(len(one.right))
    for leg in (one.readings["keyword"], one.readings["likeness"]):
        rank = np.empty(len(leg))
        rank[np.argsort(-leg, kind="stable")] = np.arange(1, len(leg) + 1)
        total += np.where(leg > 0, 1 / (_RRF + rank), 0.0)
    return total
