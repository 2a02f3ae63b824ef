"""Our vector leg alone over given chunks: what the second track measures of the other libraries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.peers.embedding import SharedModel
from eval.peers.serving import serve
from eval.peers.system import DEPTH, Handed, Job
from index.nearest import VectorPart, best_of
from index.vectors import Vectors


class OwnVectors:
    """The shipped model and the exact half-precision index, without keywords and re-ranking."""

    def __init__(self, job: Job) -> None:
        self._folder = Path(job.folder)
        self._model = SharedModel()
        self._parts: list[VectorPart] = []
        self.about = "本系统的向量一路：faiss 精确内积（半精度）"

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Embeds the chunks, writes the index and opens it."""
        rows = self._model.vectors([each.text for each in texts])
        Vectors.build(self._folder, [each.id for each in texts], rows)
        self._parts = [VectorPart.open(self._folder)]
        return len(texts)

    def search(self, query: str) -> Sequence[str]:
        """The documents of the nearest chunks."""
        return [hit.chunk_id for hit in best_of(self._parts, self._model.vectors([query])[0], DEPTH)]


if __name__ == "__main__":
    serve(OwnVectors, ("changai", "faiss-cpu", "numpy"), lambda: "本系统的默认设置")
