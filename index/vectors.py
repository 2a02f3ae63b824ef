"""The vectors of a part: half-precision rows that are mapped into memory and searched by inner product."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.row_ids import RowIds

if TYPE_CHECKING:
    import faiss

Matrix = NDArray[np.float32]

VECTORS_FILE = "vectors.faiss"


class Near(NamedTuple):
    """Rows near a query, best first, and their inner products with it, as two arrays of one length."""

    scores: Matrix
    rows: NDArray[np.int64]


class Rows:
    """Half-precision vectors, all of which are looked at in a search; `dimension` is their length."""

    def __init__(self, index: faiss.IndexScalarQuantizer) -> None:
        self._index = index
        self.dimension: int = index.d

    @classmethod
    def gathered(cls, picks: Sequence[tuple[Rows, NDArray[np.int64]]]) -> Rows:
        """Some rows of others, at least of one, in the order given; no page is read but those that they lie on."""
        index = _half_precision(picks[0][0].dimension)
        for source, rows in picks:
            index.add_sa_codes(source._stored().take(rows, axis=0))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, query: Matrix, k: int) -> Near:
        """The best `k` rows for a query (1, d); equal vectors have equal scores wherever they lie."""
        return nearest_in(self._index, query, k)

    def matrix(self, start: int = 0, stop: int | None = None) -> Matrix:
        """The rows from `start` to `stop`, or all, (n, d) float32."""
        count = max(0, min(len(self), len(self) if stop is None else stop) - start)
        if not count:
            return np.empty((0, self.dimension), dtype=np.float32)
        rows: Matrix = self._index.reconstruct_n(start, count)
        return rows

    def taken(self, rows: Sequence[int]) -> Matrix:
        """Some rows in the order asked for, (n, d) float32; no page is read but those that they lie on."""
        halves = self._stored().take(rows, axis=0).view(np.float16)
        return np.asarray(halves, dtype=np.float32)

    def _stored(self) -> NDArray[np.uint8]:
        """A view of the rows as the index holds them, (n, bytes a row)."""
        size = self._index.code_size
        view: NDArray[np.uint8] = faiss_module().rev_swig_ptr(self._index.codes.data(), len(self) * size)
        return view.reshape(-1, size)


class Vectors:
    """The vectors of a part's chunks."""

    def __init__(self, rows: Rows, ids: RowIds) -> None:
        if len(rows) != len(ids):
            raise OSError(f"向量有 {len(rows)} 行，编号却有 {len(ids)} 个")
        self.rows = rows
        self._ids = ids

    @property
    def ids(self) -> tuple[str, ...]:
        """The chunk of every row."""
        return tuple(self._ids)

    def id_of(self, row: int) -> str:
        """The chunk of a row."""
        return self._ids[row]

    @staticmethod
    def build(folder: Path, ids: Sequence[str], matrix: Matrix) -> None:
        """Writes the rows of `matrix`, (n, d) and L2-normalised, with their ids; OSError when it cannot."""
        index = _half_precision(matrix.shape[1])
        if len(matrix):
            index.add(np.ascontiguousarray(matrix, dtype=np.float32))
        write(index, folder / VECTORS_FILE)
        RowIds.write(folder, ids)

    @classmethod
    def open(cls, folder: Path) -> Vectors:
        """Opens the vectors in `folder`; OSError when they cannot be read.

        A flipped byte may load without complaint: the checksums of the manifest are what finds it.
        """
        return cls(Rows(read(folder / VECTORS_FILE)), RowIds.read(folder))


def nearest_in(index: faiss.Index, query: Matrix, k: int) -> Near:
    """What a faiss index finds for one query (1, d), best first."""
    # The number of threads is a setting of the thread that asks, and a server asks in many.
    faiss_module()
    if not index.ntotal:
        return Near(np.empty(0, dtype=np.float32), np.empty(0, dtype=np.int64))
    scores, rows = index.search(query, min(k, index.ntotal))
    # Faiss pads with row -1 where it has no more; Python would read that as the last row.
    is_row = rows[0] >= 0
    return Near(scores[0][is_row], rows[0][is_row])


def write(index: faiss.Index, path: Path) -> None:
    """Writes an index; OSError, with its reason, when the disk refuses, which faiss itself would not tell."""
    path.write_bytes(faiss_module().serialize_index(index).tobytes())


def read(path: Path) -> Any:
    """An index whose rows are mapped from the file, which must never change; OSError when it cannot be read."""
    import faiss

    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise OSError(f"{path}: {error}") from error


def faiss_module() -> ModuleType:
    """The library, told to use one thread for whoever asks: a second one makes a query slower, up to sixty times."""
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss


def _half_precision(dimension: int) -> faiss.IndexScalarQuantizer:
    import faiss

    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
