"""The files that every system of a comparison is handed: whole documents, and our chunks of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from eval.peers.pool import Article
from eval.peers.run import Material
from index.build import build
from index.library import Library
from index.settings import Settings


def write_material(articles: Sequence[Article], folder: Path, with_chunks: bool) -> Material:
    """Writes the corpus of `articles` into `folder` and, where a track needs them, the chunks that our build makes.

    A chunk's text is its search form with title, headings and place, which is what our own vectors are made of.
    """
    folder.mkdir(parents=True)
    documents, chunks = folder / "documents.jsonl", folder / "chunks.jsonl"
    _write(documents, ({"id": each.id, "title": each.title, "text": each.text} for each in articles))
    if with_chunks:
        settings = Settings(folder=folder / "index")
        build(settings, [documents])
        with Library.open(settings) as library:
            _write(
                chunks,
                (
                    {"id": document.record, "text": chunk.search_text}
                    for document in library.documents()
                    for chunk in library.chunks_of(document.id)
                ),
            )
    return Material(documents, chunks, len(articles))


def _write(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
