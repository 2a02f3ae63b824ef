"""The vectors of texts are those of the embedder, however often and beside which others they are asked for."""

import numpy as np

from index.embedding import load_embedder
from rag.vectors import vectors_of

TEXTS = ["建成工匠学院3家", "职工夜校", "", "培训4200人次", "职工夜校"]


def test_remembered_vectors_are_those_of_the_embedder() -> None:
    embedder = load_embedder()
    for texts in (TEXTS, TEXTS[::-1], [*TEXTS[2:], "另一句话"], []):
        assert np.array_equal(vectors_of(embedder, texts), embedder.embed(texts))
