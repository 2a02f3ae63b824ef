"""Short codes of the vectors of a part: a large library scans these first and looks at few of the vectors themselves.

Every three components of a vector become four bits, the number of the nearest of sixteen points that were learned from
the part. A part knows nothing of the others, so nothing is learned anew when a library grows. The figures that chose
codes over clusters, and their size, are in `eval/search/README.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.vectors import Matrix, Near, Rows, faiss_module, nearest_in, read, write

if TYPE_CHECKING:
    import faiss

CODES_FOLDER = "codes"
# Up to so many components, 100,000 rows of 256, all rows are looked at, which takes two milliseconds.
_FEW_COMPONENTS = 25_600_000
# A part of fewer rows is looked at faster than its codes would be.
_FEW_ROWS = 2_048
_TOGETHER, _BITS = 3, 4
_LEARNED_FROM, _POINTS_A_CENTRE, _ROUNDS = 4_096, 64, 10
_BLOCK = 16_384
# How many rows a part is asked for at first, as a multiple of its share and at the least.
_SHARES, _LEAST = 4, 128


def codes_file(part: str) -> str:
    """Where the codes of the part with this name lie, relative to the folder of a generation."""
    return f"{CODES_FOLDER}/{part}.faiss"


def coded_parts(sizes: Sequence[int], dimension: int) -> list[bool]:
    """Which parts of a library, given by their numbers of rows, are to have codes: none in one that is small."""
    is_large = sum(sizes) * dimension > _FEW_COMPONENTS
    return [is_large and size >= _FEW_ROWS for size in sizes]


class Codes:
    """The codes of one part; row i is that of row i of its vectors."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @staticmethod
    def build(path: Path, rows: Rows) -> None:
        """Writes the codes of these rows, at least sixteen; OSError when it cannot."""
        faiss = faiss_module()
        groups = -(-rows.dimension // _TOGETHER)
        index = faiss.IndexPQFastScan(groups * _TOGETHER, groups, _BITS, faiss.METRIC_INNER_PRODUCT)
        index.pq.cp.niter, index.pq.cp.max_points_per_centroid = _ROUNDS, _POINTS_A_CENTRE
        # All else would warn of parts that are small, on the stream that only errors should be on.
        index.pq.cp.min_points_per_centroid = 1
        learned = rows.matrix()[:: max(1, len(rows) // _LEARNED_FROM)]
        index.train(_filled(learned, index.d))
        for start in range(0, len(rows), _BLOCK):
            index.add(_filled(rows.matrix(start, start + _BLOCK), index.d))
        path.parent.mkdir(parents=True, exist_ok=True)
        write(index, path)

    @classmethod
    def open(cls, path: Path) -> Codes:
        """Reads the codes at `path`; OSError when they cannot be read."""
        return cls(read(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, query: Matrix, k: int) -> Near:
        """The rows that look best for a query (1, d), and about what their inner products are."""
        return nearest_in(self._index, _filled(query, self._index.d), k)


def candidates(parts: Sequence[Codes], query: Matrix, most: int) -> list[NDArray[np.int64]]:
    """The rows of each part that are among the `most` best of all by their codes, in no order."""
    widths = [max(_LEAST, _SHARES * most // max(1, len(parts)))] * len(parts)
    found = [part.nearest(query, width) for part, width in zip(parts, widths, strict=True)]
    while True:
        edge = lowest_of_best([one.scores for one in found], most)
        # Where even the last row that a part was asked for is among the best, it may have more of them.
        wanting = [
            number
            for number, one in enumerate(found)
            if len(one.scores) == widths[number] < len(parts[number]) and one.scores[-1] > edge
        ]
        if not wanting:
            return [one.rows[one.scores >= edge] for one in found]
        for number in wanting:
            widths[number] *= 4
            found[number] = parts[number].nearest(query, widths[number])


def lowest_of_best(scores: Sequence[Matrix], k: int) -> float:
    """The k-th highest of all scores; −∞ where there are fewer."""
    every = np.concatenate(scores) if scores else np.empty(0, dtype=np.float32)
    return float(np.partition(every, len(every) - k)[len(every) - k]) if len(every) >= k else -np.inf


def _filled(matrix: Matrix, dimension: int) -> Matrix:
    """The rows with zeros at their ends, (n, `dimension`)."""
    filled = np.zeros((len(matrix), dimension), dtype=np.float32)
    filled[:, : matrix.shape[1]] = matrix
    return filled
