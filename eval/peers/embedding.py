"""The shipped model as the peers use it: the same search form, tokens and vectors as in our own index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import load_embedder
from index.normalise import search_form


class SharedModel:
    """Our embedding model, for texts and for questions alike; rows have length 1."""

    def __init__(self) -> None:
        self._embedder = load_embedder()
        # The dictionaries of the search form load with the first text, and loading is not measured.
        search_form("热身")

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._embedder.dimension

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimension)."""
        return self._embedder.embed([search_form(text) for text in texts])

    def lists(self, texts: Sequence[str]) -> list[list[float]]:
        """The rows as plain lists, which is the form that the libraries' interfaces name."""
        rows: list[list[float]] = self.vectors(texts).tolist()
        return rows
