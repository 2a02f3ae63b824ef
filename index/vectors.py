"""The vector leg: exact inner products over half-precision rows; the only file that imports faiss."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.types import Hit

if TYPE_CHECKING:
    import faiss

Matrix = NDArray[np.float32]

VECTORS_FILE = "vectors.faiss"
IDS_FILE = "vectors.json"


class Vectors:
    """The vectors of chunks, searched by inner product; row i belongs to `ids[i]`."""

    def __init__(self, index: faiss.Index, ids: Sequence[str]) -> None:
        if index.ntotal != len(ids):
            raise OSError(f"向量有 {index.ntotal} 行，编号却有 {len(ids)} 个")
        self._index = index
        self.ids = tuple(ids)
        self.dimension: int = index.d

    def __len__(self) -> int:
        return len(self.ids)

    @staticmethod
    def build(folder: Path, ids: Sequence[str], matrix: Matrix) -> None:
        """Writes the rows of `matrix`, (n, d) and L2-normalised, with their ids; OSError when it cannot."""
        faiss = _faiss()
        index = faiss.IndexScalarQuantizer(matrix.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        if len(matrix):
            index.add(np.ascontiguousarray(matrix, dtype=np.float32))
        # The bytes are written here, so that a full disk is an OSError with its reason.
        (folder / VECTORS_FILE).write_bytes(faiss.serialize_index(index).tobytes())
        (folder / IDS_FILE).write_text(json.dumps(list(ids), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Vectors:
        """Opens the vectors in `folder`; OSError when they cannot be read.

        A flipped byte may load without complaint: the checksums of the manifest are what finds it.
        """
        try:
            index = _faiss().read_index(str(folder / VECTORS_FILE))
        except RuntimeError as error:
            raise OSError(f"{folder / VECTORS_FILE}: {error}") from error
        return cls(index, json.loads((folder / IDS_FILE).read_text(encoding="utf-8")))

    def search(self, vector: Matrix, k: int) -> list[Hit]:
        """The best `k` chunks for one L2-normalised query vector of shape (d,) or (1, d), best first.

        A vector of zeros, which is what a text of unknown tokens gives, is near nothing.
        """
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if query.shape[1] != self.dimension:
            raise ValueError(f"query has {query.shape[1]} dimensions, the index {self.dimension}")
        if k < 1 or not self.ids or not query.any():
            return []
        scores, rows = self._index.search(query, min(k, len(self.ids)))
        # Faiss pads with row -1, for a query that is no number say; Python would read it as the last row.
        found = [(float(score), int(row)) for score, row in zip(scores[0], rows[0], strict=True) if row >= 0]
        return [Hit(self.ids[row], score, rank) for rank, (score, row) in enumerate(found, start=1)]

    def matrix(self) -> Matrix:
        """All rows as they are stored, (n, d) float32."""
        if not self.ids:
            return np.empty((0, self.dimension), dtype=np.float32)
        rows: Matrix = self._index.reconstruct_n(0, len(self.ids))
        return rows


def _faiss() -> ModuleType:
    import faiss

    # A second thread makes a single query slower, up to many times on a busy machine.
    faiss.omp_set_num_threads(1)
    return faiss
