"""How near in meaning the sentence comes to the terms of the question that it does not say."""

from __future__ import annotations

from index.library import Library
from rag.refusing.demanded import asking_part
from rag.refusing.layers import Layers
from rag.terms import Asked, presence
from rag.types import Question

# A sentence of more words than that is an enumeration; its first words tell what it is about.
_MOST_WORDS = 60


def soft(question: Question, asked: Asked, layers: Layers, library: Library) -> dict[str, float]:
    """What is missing of the terms that ask when a word of the sentence near in meaning counts by its cosine."""
    import rjieba

    part = asking_part(question.search)
    asking = [(term, weight) for term, weight in asked.terms if term.text in part]
    missing = [(term.text, weight) for term, weight in asking if presence(term, layers.known) < 1.0]
    words = list(dict.fromkeys(word for word in rjieba.cut(layers.sentence) if len(word) > 1))[:_MOST_WORDS]
    if not missing or not words:
        lost = [weight for _, weight in missing]
        return {"soft_sum": sum(lost), "soft_most": max(lost, default=0.0), "soft_far": float(bool(lost))}
    vectors = library.embedder.embed([*(text for text, _ in missing), *words])
    near = (vectors[: len(missing)] @ vectors[len(missing) :].T).max(axis=1).clip(0.0, 1.0)
    lost = [weight * (1.0 - float(cosine)) for (_, weight), cosine in zip(missing, near, strict=True)]
    return {"soft_sum": sum(lost), "soft_most": max(lost), "soft_far": 1.0 - float(near.min())}
