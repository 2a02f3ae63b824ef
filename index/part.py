"""The parts of an index: folders of some thousand documents that, once written, never change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.measures.evidence_file import EvidenceWriter
from index.part_store import STORE_FILE, PartStore
from index.prepare import Prepared, Signature
from index.vectors import Matrix, Vectors

SIGNATURES_FILE = "signatures.npy"
# A part is closed when it holds so many documents, or chunks: small enough to be written again when one of them goes.
MOST_DOCUMENTS, MOST_CHUNKS = 4096, 65_536
# Parts of about one size are joined when there are so many of them.
_FANOUT = 8
_DIGITS = 1 << 64


@dataclass(frozen=True, slots=True)
class PartEntry:
    """What a manifest says of a part; `digest` adds up the digests of its documents, in whatever order they stand."""

    name: str
    documents: int
    chunks: int
    digest: int


@dataclass(frozen=True, slots=True)
class Part:
    """A finished part and the folder that it lies in."""

    folder: Path
    entry: PartEntry

    @property
    def generation(self) -> Path:
        """The folder of the generation that the part lies in."""
        return self.folder.parent.parent


class PartWriter:
    """A part in the making, in a folder of its own."""

    def __init__(self, folder: Path, dimension: int) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._dimension = dimension
        self._store = PartStore.create(folder / STORE_FILE)
        self._ids: list[str] = []
        self._blocks: list[Matrix] = []
        self._signatures: list[Signature] = []
        self._evidence = EvidenceWriter()
        self.documents = 0

    @property
    def chunks(self) -> int:
        """How many chunks were written."""
        return len(self._ids)

    def put(self, prepared: Prepared, vectors: Matrix, position: int) -> None:
        """Writes a document; `vectors` has a row for each of its chunks."""
        self._store.put(prepared, position)
        self._ids += [f"{chunk[0]}#{chunk[1]}" for chunk in prepared.chunks]
        if len(vectors):
            self._blocks.append(vectors)
        self._signatures.append(prepared.signature)
        self._evidence.put(prepared)
        self.documents += 1

    def copy(self, folder: Path, dropped: Set[str]) -> None:
        """Copies what another part holds, but for the documents dropped."""
        with closing(PartStore.open(folder / STORE_FILE)) as other:
            ids = other.column("id")
        kept = [row for row, document_id in enumerate(ids) if document_id not in dropped]
        self._store.copy_from(folder / STORE_FILE, dropped)
        vectors = Vectors.open(folder)
        chunks = vectors.ids
        rows = [row for row, chunk in enumerate(chunks) if chunk.rpartition("#")[0] not in dropped]
        self._ids += [chunks[row] for row in rows]
        if rows:
            self._blocks.append(vectors.rows.matrix()[rows])
        self._signatures += list(read_signatures(folder)[kept])
        self._evidence.copy(folder, dropped)
        self.documents += len(kept)

    def close(self) -> PartEntry:
        """Writes what is derived and closes the files."""
        with closing(self._store) as store:
            store.commit()
            documents, chunks = store.counts()
            digest = digest_sum(store)
        Vectors.build(self.folder, self._ids, stacked(self._blocks, self._dimension))
        write_signatures(self.folder, self._signatures)
        self._evidence.close(self.folder)
        return PartEntry(self.folder.name, documents, chunks, digest)

    def abandon(self) -> None:
        """Closes the files without finishing them."""
        self._store.close()


def stacked(blocks: Sequence[Matrix], dimension: int) -> Matrix:
    """The blocks as one matrix (n, d) float32."""
    if not blocks:
        return np.empty((0, dimension), dtype=np.float32)
    return np.concatenate(blocks).astype(np.float32, copy=False)


def digest_sum(store: PartStore) -> int:
    """The digests of all documents added up."""
    return sum(int(digest, 16) for digest in store.column("digest")) % _DIGITS


def write_signatures(folder: Path, signatures: Sequence[Signature]) -> None:
    """Writes the signatures of a part's documents, (n, m) uint32, in their order."""
    matrix = np.stack(signatures) if signatures else np.zeros((0, 1), dtype=np.uint32)
    with (folder / SIGNATURES_FILE).open("wb") as file:
        np.save(file, matrix, allow_pickle=False)


def read_signatures(folder: Path) -> Signature:
    """The signatures of a part's documents, (n, m) uint32."""
    found: Signature = np.load(folder / SIGNATURES_FILE, allow_pickle=False)
    return found


def to_join(parts: Iterable[PartEntry]) -> list[str]:
    """The parts to write as one: those of one size, once there are so many of them that a search would feel it.

    Sizes go by powers of eight, so a document is copied a handful of times in the life of an index.
    """
    sizes: dict[int, list[str]] = {}
    for part in parts:
        if part.documents * 2 < MOST_DOCUMENTS and part.chunks * 2 < MOST_CHUNKS:
            sizes.setdefault((max(part.documents, 1).bit_length() - 1) // 3, []).append(part.name)
    return next((names for _, names in sorted(sizes.items()) if len(names) >= _FANOUT), [])
