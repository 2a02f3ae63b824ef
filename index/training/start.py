"""Where the weights begin: a random projection of the bag of words, weighted by inverse document frequency."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.training.batches import Pool


def idf(pool: Pool, size: int) -> NDArray[np.float32]:
    """ln(1 + passages / (1 + passages with the token)) for each of `size` tokens; 0 for the unknown piece."""
    passages = len(pool.first) - 1
    owners = np.repeat(np.arange(passages), np.diff(pool.sentences.starts[pool.first]))
    seen = np.unique(owners * size + pool.sentences.tokens)
    counts = np.bincount(seen % size, minlength=size)
    weights = np.log(1 + passages / (1 + counts)).astype(np.float32)
    weights[0] = 0
    return weights


def random_directions(pool: Pool, size: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """Random unit rows times idf, shape (size, dimension); what two texts share already brings them together."""
    rows = np.random.default_rng(seed).standard_normal((size, dimension), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows * idf(pool, size)[:, None])
