"""What is derived from the store: the keyword index, the vectors and the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.analysis import analyse
from index.lexical import Keywords
from index.manifest import SCHEMA, Manifest, checksums
from index.published import Published
from index.settings import Settings
from index.steps import Progress
from index.store import STORE_FILE, Store
from index.vectors import Matrix, Vectors

if TYPE_CHECKING:
    from index.embedding import Embedder

KEYWORDS_FOLDER = "keywords"
_BATCH = 256
# Half precision keeps three decimals; the same text under another model differs in the first.
_SAME_VECTOR = 0.999


def derive(folder: Path, store: Store, embedder: Embedder, known: Mapping[str, Matrix], progress: Progress) -> None:
    """Writes the keyword index and the vectors of every chunk of the store into `folder`.

    `known` maps a search text to its vector (d,), so that it is not embedded again. Raises OSError when the
    disk refuses.
    """
    ids, texts = zip(*store.search_texts(), strict=True) if store.counts()[1] else ((), ())
    progress(0, len(ids), "建立关键词索引")
    Keywords.build(folder / KEYWORDS_FOLDER, ((i, analyse(text)) for i, text in zip(ids, texts, strict=True)))
    progress(len(ids), len(ids), "建立关键词索引")
    matrix = np.empty((len(ids), embedder.dimension), dtype=np.float32)
    new = [row for row, text in enumerate(texts) if text not in known]
    for row, text in enumerate(texts):
        if text in known:
            matrix[row] = known[text]
    for start in range(0, len(new), _BATCH):
        progress(start, len(new), "计算向量")
        rows = new[start : start + _BATCH]
        matrix[rows] = embedder.embed([texts[row] for row in rows])
    progress(len(new), len(new), "计算向量")
    Vectors.build(folder, ids, matrix)


def known_vectors(base: Published, embedder: Embedder) -> dict[str, Matrix]:
    """The vectors of a published generation by search text, as far as this embedder would give them again.

    Empty when their files are damaged, or when the model is another one or was trained anew under the same
    name: one text is embedded to find that out.
    """
    manifest = base.manifest
    same = (embedder.name, embedder.dimension) == (manifest.embedder, manifest.dimension)
    if not same or any(not name.startswith(KEYWORDS_FOLDER) for name in base.damaged):
        return {}
    vectors = Vectors.open(base.folder)
    with closing(Store.open(base.folder / STORE_FILE)) as store:
        texts = dict(store.search_texts())
    known = {texts[chunk_id]: row for chunk_id, row in zip(vectors.ids, vectors.matrix(), strict=True)}
    for text, vector in known.items():
        again = embedder.embed([text])[0]
        return known if float(again @ vector) >= _SAME_VECTOR * float(again @ again) else {}
    return known


def describe(folder: Path, store: Store, settings: Settings, embedder: Embedder, setting: str | None) -> Manifest:
    """The manifest of the finished files in `folder`; `setting` is what the embedder was loaded by."""
    documents, chunks = store.counts()
    digest = hashlib.sha256(f"{SCHEMA}|{embedder.name}|{embedder.dimension}".encode())
    for row in store.rows():
        digest.update(repr(row).encode("utf-8", "backslashreplace"))
    return Manifest(
        schema=SCHEMA,
        embedder_setting=setting,
        embedder=embedder.name,
        dimension=embedder.dimension,
        token_encoding=settings.token_encoding,
        chunk_tokens=settings.chunk_tokens,
        documents=documents,
        chunks=chunks,
        fingerprint=digest.hexdigest(),
        files=checksums(folder),
    )
