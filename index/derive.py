"""What is derived from the stores of an index: vectors and codes, signatures, keywords, near-copies and the manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.analysis import analyse
from index.codes import Codes, codes_file
from index.copies import Signed, copies_after, copies_of_all, joined
from index.errors import UnknownDocumentError
from index.generations import Draft
from index.lexical import Keywords
from index.manifest import SCHEMA, Manifest, checksums, fingerprint_of
from index.model_choice import ModelOfIndex
from index.part import PartEntry, read_signatures, write_signatures
from index.part_store import STORE_FILE, PartStore
from index.prepare import Signer
from index.published import Published
from index.row_ids import IDS_FILE
from index.settings import Settings
from index.steps import Progress
from index.store import DUPLICATES_FILE, PARTS_FOLDER, Store, read_copies, write_copies
from index.vectors import VECTORS_FILE, Matrix, Vectors

if TYPE_CHECKING:
    from index.embedding import Embedder

KEYWORDS_FOLDER = "keywords"
VECTOR_FILES = (VECTORS_FILE, IDS_FILE)
_BATCH = 256


def embed_all(embedder: Embedder, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
    """One row a text, (n, d), in batches that a heavy model can take."""
    matrix = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    for start in range(0, len(texts), _BATCH):
        if progress:
            progress(start, len(texts), "计算向量")
        matrix[start : start + _BATCH] = embedder.embed(texts[start : start + _BATCH])
    return matrix


def derive_vectors(store: Path, target: Path, embedder: Embedder, progress: Progress) -> None:
    """Writes the vectors of the part whose store lies in `store` into the folder `target`."""
    with closing(PartStore.open(store / STORE_FILE)) as part:
        ids, texts = zip(*found, strict=True) if (found := part.search_texts()) else ((), ())
    Vectors.build(target, ids, embed_all(embedder, texts, progress))


def derive_codes(generation: Path, parts: Iterable[str]) -> None:
    """Writes the codes of the parts with these names, whose vectors lie in the same generation."""
    for name in parts:
        Codes.build(generation / codes_file(name), Vectors.open(generation / PARTS_FOLDER / name).rows)


def derive_signatures(store: Path, target: Path, sign: Signer) -> None:
    """Writes the signatures of the part whose store lies in `store` into the folder `target`."""
    with closing(PartStore.open(store / STORE_FILE)) as part:
        write_signatures(target, [sign(document) for _, document in part.documents()])


def derive_keywords(stores: Iterable[Path], target: Path, progress: Progress) -> None:
    """Writes a new keyword index of the parts whose stores lie in these folders."""

    def tokens() -> Iterator[tuple[str, str]]:
        done = 0
        for folder in stores:
            with closing(PartStore.open(folder / STORE_FILE)) as part:
                for chunk_id, text in part.search_texts():
                    yield chunk_id, " ".join(analyse(text))
                    done += 1
            progress(done, None, "建立关键词索引")

    Keywords.build(target, tokens())


def derive_copies(
    folder: Path, parts: Sequence[PartEntry], base: Published | None, gone: frozenset[str], new: frozenset[str]
) -> None:
    """Writes which documents of the generation in `folder` are near-copies, comparing only what is new to it.

    Without a base, or where its list is damaged, all are compared.
    """
    known = read_copies(base.folder) if base and DUPLICATES_FILE not in base.damaged else None
    if known is not None and not new and not gone & {*known, *known.values()}:
        write_copies(folder, known)
        return
    homes = [folder / PARTS_FOLDER / entry.name for entry in parts]
    signatures = joined([read_signatures(home) for home in homes])
    with ExitStack() as opened:
        stores = {home.name: opened.enter_context(closing(PartStore.open(home / STORE_FILE))) for home in homes}
        ids = [document_id for store in stores.values() for document_id in store.column("id")]
        if known is not None:
            look = Store(stores, {})
            write_copies(folder, copies_after(known, gone, new, ids, signatures, lambda one: _signed(look, one)))
            return
        documents: list[Signed] = []
        for store in stores.values():
            documents += map(Signed, store.column("id"), store.column("position"), store.column("places"))
        write_copies(folder, copies_of_all(documents, signatures))


def _signed(store: Store, document_id: str) -> Signed:
    held = store.held_as(document_id)
    if held is None:
        raise UnknownDocumentError(f"索引里没有编号为「{document_id}」的资料；请用 changai build 文件夹 重建索引。")
    return Signed(held.id, held.position, held.places)


def describe(
    draft: Draft,
    parts: Sequence[PartEntry],
    next_part: int,
    settings: Settings,
    model: ModelOfIndex,
    base: Published | None,
) -> Manifest:
    """The manifest of the finished files of a draft."""
    known = base.manifest.files if base else {}
    return Manifest(
        schema=SCHEMA,
        embedder_setting=model.setting,
        embedder=model.embedder.name,
        dimension=model.embedder.dimension,
        token_encoding=settings.token_encoding,
        chunk_tokens=settings.chunk_tokens,
        documents=sum(entry.documents for entry in parts),
        chunks=sum(entry.chunks for entry in parts),
        fingerprint=fingerprint_of(parts, model.embedder.name, model.embedder.dimension),
        parts=tuple(parts),
        next_part=next_part,
        files=checksums(draft.folder, known, draft.linked),
    )
