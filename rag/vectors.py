"""The vectors of the texts that one answer compares: the same sentences are compared again for each part of a question."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.remembering import Remembered

_MOST = 4096

_remembered: WeakKeyDictionary[Embedder, Remembered[str, NDArray[np.float32]]] = WeakKeyDictionary()


def vectors_of(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """One row a text, as `embedder.embed` gives it."""
    if not texts:
        return embedder.embed(texts)
    known = _remembered.setdefault(embedder, Remembered(_MOST))
    found = known.of(texts, lambda missing: zip(missing, embedder.embed(missing), strict=True))
    return np.stack([found[text] for text in texts])
