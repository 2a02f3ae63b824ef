"""Our own system, by the same protocol as the others: the build and the search that everybody uses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.peers.serving import TOP, serve
from eval.peers.system import Handed, Job
from index.build import build
from index.library import Library
from index.settings import Settings
from rag.search import search


class OwnSystem:
    """Build an index of the whole documents, then search it; the same in every track."""

    def __init__(self, job: Job) -> None:
        self._documents = Path(job.documents)
        self._settings = Settings(folder=Path(job.folder))
        self._library: Library | None = None
        self.about = "本系统默认设置：整篇资料经清洗、分块、双路检索与重排"

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Builds the index from the corpus file: reading, cleaning, chunking, duplicates, keywords, vectors, checksums."""
        report = build(self._settings, [self._documents])
        return report.chunks

    def search(self, query: str) -> Sequence[str]:
        """The records of the documents found."""
        if self._library is None:
            self._library = Library.open(self._settings)
        return [str(hit["record"]) for hit in search(self._library, query, TOP)]


if __name__ == "__main__":
    serve(OwnSystem, ("changai", "faiss-cpu", "tantivy", "numpy"), lambda: "本系统的默认设置")
