"""The texts nearest to a question that do not answer it: what search puts before the reader when the library is silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_BUCKETS = 1 << 18
# A pair of signs in more than this share of all texts tells nothing.
_COMMONEST = 0.05
_LOOKED_AT = 8
# A text that has so much of another's pairs is a copy of it, and answers whatever that one answers.
_COPY = 0.4
_TOGETHER = 256


class Rivals:
    """Texts by name, found by the rare pairs of neighbouring signs that they share with a question."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._names = sorted(texts)
        self._texts = texts
        said = _rows([texts[name] for name in self._names])
        spread = np.bincount(said.indices, minlength=_BUCKETS)
        self._rarity = np.log(len(self._names) / np.maximum(spread, 1)).astype(np.float32)
        self._rarity[spread > max(2.0, _COMMONEST * len(self._names))] = 0
        sizes = np.sqrt(np.maximum(np.diff(said.indptr), 1)).astype(np.float32)
        weighted = sparse.diags(1 / sizes) @ said @ sparse.diags(self._rarity)
        self._columns = weighted.T.tocsr()

    def of_all(self, questions: Sequence[str], answers: Sequence[str], owns: Sequence[str]) -> list[str | None]:
        """For each question the nearest text without its answer that is no copy of its own text; None where none shares a pair."""
        found: list[str | None] = []
        for at in range(0, len(questions), _TOGETHER):
            part = slice(at, at + _TOGETHER)
            scores = (_rows(questions[part]) @ self._columns).tocsr()
            for row, answer, own in zip(scores, answers[part], owns[part], strict=True):
                order = np.argsort(-row.data, kind="stable")[:_LOOKED_AT]
                near = [self._names[number] for number in row.indices[order].tolist()]
                found.append(next((name for name in near if self._misses(name, answer, own)), None))
        return found

    def _misses(self, name: str, answer: str, own: str) -> bool:
        text = self._texts[name]
        return answer not in text and _shared(_pairs(own), _pairs(text)) < _COPY


def _shared(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    return len(np.intersect1d(one, other, assume_unique=True)) / max(1, min(len(one), len(other)))


def _pairs(text: str) -> NDArray[np.uint32]:
    """The buckets of all pairs of neighbouring signs, each once, in order."""
    signs = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    # The multiplier spreads neighbours over the buckets (Knuth, The Art of Computer Programming, vol. 3, 6.4).
    mixed = signs[:-1] * np.uint32(2654435761) + signs[1:] * np.uint32(40503)
    return np.unique((mixed >> np.uint32(7)) % np.uint32(_BUCKETS))


def _rows(texts: Sequence[str]) -> sparse.csr_matrix:
    parts = [_pairs(text) for text in texts]
    ends = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
    flat = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)
    held = np.ones(len(flat), dtype=np.float32)
    return sparse.csr_matrix((held, flat.astype(np.int32), ends), shape=(len(parts), _BUCKETS))
