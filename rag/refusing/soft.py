"""How near in meaning the answer comes to the terms of the question that it does not say."""

from __future__ import annotations

import numpy as np

from index.library import Library
from rag.choosing.models import choosers
from rag.refusing.demanded import asking_part
from rag.refusing.layers import Layers
from rag.refusing.shares import Share, clauses
from rag.terms import Asked, presence
from rag.types import Question
from rag.vectors import vectors_of

# A sentence of more words than that is an enumeration; its first words tell what it is about.
_MOST_WORDS = 60
_MOST_CLAUSES = 12
_MOST_FRESH = 12


def soft(question: Question, asked: Asked, layers: Layers, library: Library) -> dict[str, float]:
    """What is missing of the terms that ask when a word of the sentence near in meaning counts by its cosine."""
    part = asking_part(question.search)
    asking = [(term, weight) for term, weight in asked.terms if term.text in part]
    missing = [(term.text, weight) for term, weight in asking if presence(term, layers.known) < 1.0]
    words = _words(layers.sentence)
    if not missing or not words:
        lost = [weight for _, weight in missing]
        return {"soft_sum": sum(lost), "soft_most": max(lost, default=0.0), "soft_far": float(bool(lost))}
    vectors = vectors_of(library.embedder, [*(text for text, _ in missing), *words])
    near = (vectors[: len(missing)] @ vectors[len(missing) :].T).max(axis=1).clip(0.0, 1.0)
    lost = [weight * (1.0 - float(cosine)) for (_, weight), cosine in zip(missing, near, strict=True)]
    return {"soft_sum": sum(lost), "soft_most": max(lost), "soft_far": 1.0 - float(near.min())}


def said_softly(question: Question, layers: Layers, share: Share, library: Library) -> dict[str, float]:
    """What the answer's own words say of what is asked, by words near in meaning and by words that answer such words."""
    words = _words(layers.run)
    title = layers.best.line.passage.document.title
    fresh = [word for word in words if word not in question.search and word not in title]
    parts = clauses(layers)
    crossed = choosers().crossing.scores(question.search, [layers.run, layers.best.line.search, *parts[:_MOST_CLAUSES]])
    covered, least = _near(share, layers.run, words, library)
    return {
        "clause_covers": max(map(share.of, parts)),
        "fresh_words": float(min(_MOST_FRESH, len(fresh))),
        "run_near": covered,
        "run_near_least": least,
        "crossed_run": float(crossed[0]),
        "crossed_sentence": float(crossed[1]),
        "crossed_clause": float(crossed[2:].max()),
    }


def _near(share: Share, form: str, words: list[str], library: Library) -> tuple[float, float]:
    """How near the words come to the terms that ask: by weight over all of them, and of the term that is least near."""
    if not share.terms or not words:
        return 0.0, 0.0
    size = len(share.terms)
    vectors = vectors_of(library.embedder, [*(term.text for term, _ in share.terms), *words])
    near = (vectors[:size] @ vectors[size:].T).max(axis=1).clip(0.0, 1.0)
    said = np.maximum(near, [presence(term, form) for term, _ in share.terms])
    weights = np.array([weight for _, weight in share.terms])
    return float((said * weights).sum() / share.whole), float(said.min())


def _words(form: str) -> list[str]:
    """The words of a form, the first of them, each once."""
    import rjieba

    return list(dict.fromkeys(word for word in rjieba.cut(form) if len(word) > 1))[:_MOST_WORDS]
