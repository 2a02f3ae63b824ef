"""Where the weights begin: a random projection of the bag of tokens, weighted by inverse document frequency."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.training.bags import Bags
from index.training.reading import Source
from index.training.sources import Passages


def random_directions(
    sources: Sequence[Source], kind: int, size: int, dimension: int, seed: int
) -> NDArray[np.float32]:
    """Random unit rows times idf, shape (size, dimension); what two texts share already brings them together."""
    rows = np.random.default_rng(seed + kind).standard_normal((size, dimension), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows * _idf([s for s in sources if isinstance(s, Passages)], kind, size)[:, None])


def _idf(sources: Sequence[Passages], kind: int, size: int) -> NDArray[np.float32]:
    """ln(1 + passages / (1 + passages with the token)) for each of `size` tokens."""
    seen, passages = np.zeros(size), 0
    for source in sources:
        bags: Bags = source.sentences[kind]
        owners = np.repeat(np.arange(len(source.first) - 1), np.diff(bags.starts[source.first]))
        seen += np.bincount(np.unique(owners * size + bags.tokens) % size, minlength=size)
        passages += len(source.first) - 1
    return np.log(1 + passages / (1 + seen)).astype(np.float32)
