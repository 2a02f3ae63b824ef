"""Hard negatives: texts that a model thinks right for a question and that are not its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.training.bags import Cutter, encode
from index.training.learning import Table, vectors
from index.training.sources import Pairs

KEPT = 30
_DEPTH = 40
# The very first may be a second right answer that nobody marked.
_LEFT_OUT = 2
# So alike are only copies of the right text itself.
_COPY = 0.97
_AT_ONCE = 256


def seek(source: Pairs, corpus: list[str], tables: Sequence[Table], cutters: Sequence[Cutter]) -> None:
    """Fills in `source.rivals` and `source.corpus` with what a model of the first len(tables) kinds finds."""
    source.corpus = tuple(encode(cutter, corpus) for cutter in cutters)
    kinds = range(len(tables))
    texts = vectors(tables, [source.corpus[kind] for kind in kinds])
    left = vectors(tables, [source.left[kind] for kind in kinds])
    right = vectors(tables, [source.right[kind] for kind in kinds])[source.group]
    found = [_of(texts, left[at : at + _AT_ONCE], right[at : at + _AT_ONCE]) for at in range(0, len(left), _AT_ONCE)]
    source.rivals = np.concatenate(found)


def _of(texts: Table, left: Table, right: Table) -> NDArray[np.int32]:
    scores = left @ texts.T
    best = np.argpartition(-scores, _DEPTH, axis=1)[:, :_DEPTH]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    best = np.take_along_axis(best, order, axis=1)
    is_copy = np.einsum("ijd,id->ij", texts[best], right) > _COPY
    kept = [row[~copies][_LEFT_OUT : _LEFT_OUT + KEPT] for row, copies in zip(best, is_copy, strict=True)]
    return np.array([np.resize(row, KEPT) for row in kept], dtype=np.int32)
