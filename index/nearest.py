"""The best chunks of all parts for one query: exactly, and where parts have codes, among those that look best by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.codes import Codes, candidates, lowest_of_best
from index.types import Hit
from index.vectors import Matrix, Near, Rows, Vectors

# How many rows are looked at after the codes were: some, and more for each that is asked for.
_LOOKED_AT, _LOOKED_AT_EACH = 1_000, 10


@dataclass(frozen=True, slots=True)
class VectorPart:
    """The vectors of one part and, in a large library, their codes."""

    vectors: Vectors
    codes: Codes | None = None

    @classmethod
    def open(cls, folder: Path, codes: Path | None = None) -> VectorPart:
        """Opens the vectors in `folder` and the codes at `codes`; OSError when they cannot be read."""
        return cls(Vectors.open(folder), Codes.open(codes) if codes else None)

    def rows(self, rows: Sequence[int]) -> Matrix:
        """The vectors of these rows, (n, d), in the order asked for."""
        return self.vectors.rows.taken(rows)


def best_of(parts: Sequence[VectorPart], vector: Matrix, k: int) -> list[Hit]:
    """The best `k` chunks for one L2-normalised query vector of shape (d,) or (1, d), best first, and equals by their ids.

    In which parts the documents lie tells how the index grew, and must not be seen in an answer. A vector of zeros, which
    is what a text of unknown tokens gives, is near nothing. Raises ValueError for a vector of another length.
    """
    query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
    for part in parts:
        if part.vectors.rows.dimension != query.shape[1]:
            raise ValueError(f"query has {query.shape[1]} dimensions, the index {part.vectors.rows.dimension}")
    if k < 1 or not query.any() or not np.isfinite(query).all():
        return []
    pools: list[_Pool] = [part.vectors for part in parts if part.codes is None]
    pools += _picked(parts, query, _LOOKED_AT + _LOOKED_AT_EACH * k)
    scored: list[tuple[float, str]] = []
    for pool, near in zip(pools, _best(pools, query, k), strict=True):
        scored += zip((-near.scores).tolist(), map(pool.id_of, near.rows.tolist()), strict=True)
    return [Hit(chunk_id, -score, rank) for rank, (score, chunk_id) in enumerate(sorted(scored)[:k], start=1)]


class _Pool(Protocol):
    """Rows that are searched together."""

    @property
    def rows(self) -> Rows:
        """Their vectors."""
        ...

    def id_of(self, row: int) -> str:
        """The chunk of a row."""
        ...


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Rows picked from several parts; row i is row `places[i]` of part `owners[i]`."""

    rows: Rows
    parts: Sequence[VectorPart]
    owners: NDArray[np.intp]
    places: NDArray[np.int64]

    def id_of(self, row: int) -> str:
        """The chunk of a row."""
        return self.parts[int(self.owners[row])].vectors.id_of(int(self.places[row]))


def _picked(parts: Sequence[VectorPart], query: Matrix, most: int) -> list[_Candidates]:
    """The rows that look best in the parts with codes, as one pool; none where no part has codes."""
    coded = [(part, part.codes) for part in parts if part.codes is not None]
    if not coded:
        return []
    places = candidates([codes for _, codes in coded], query, most)
    owners = np.repeat(np.arange(len(coded)), [len(rows) for rows in places])
    gathered = Rows.gathered([(part.vectors.rows, rows) for (part, _), rows in zip(coded, places, strict=True)])
    return [_Candidates(gathered, [part for part, _ in coded], owners, np.concatenate(places))]


def _best(pools: Sequence[_Pool], query: Matrix, k: int) -> list[Near]:
    """The rows of each pool that are among the `k` best of all, with all that equal the last of these."""
    widths = [k + 1] * len(pools)
    found = [pool.rows.nearest(query, k + 1) for pool in pools]
    edge = lowest_of_best([near.scores for near in found], k)
    for number, pool in enumerate(pools):
        # A text that stands in the library a thousand times has a thousand equal vectors.
        while len(found[number].scores) == widths[number] < len(pool.rows) and found[number].scores[-1] >= edge:
            widths[number] *= 2
            found[number] = pool.rows.nearest(query, widths[number])
    return [Near(near.scores[near.scores >= edge], near.rows[near.scores >= edge]) for near in found]
