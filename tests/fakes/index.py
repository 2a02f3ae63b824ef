"""Steps of a build whose every result can be worked out by eye, for texts of a line or two."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.pipeline import fingerprint
from index.prepare import prepare
from index.quality import signature
from index.settings import Settings
from index.steps import FileRead, Gathering, Steps, Unread
from index.types import Chunk, Document, Span

ALPHABET = "常州白银培训学院工人补贴企业"


@dataclass
class CountingEmbedder:
    """Counts the characters of ALPHABET in a text, and the texts that it was given."""

    name: str = "counting"
    turn: int = 0
    seen: list[str] = field(default_factory=list)

    @property
    def dimension(self) -> int:
        return len(ALPHABET)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen.extend(texts)
        counts: NDArray[np.float32] = np.array(
            [[text.count(letter) for letter in ALPHABET] for text in texts], dtype=np.float32
        )
        # Another turn is what training the same model again looks like.
        counts = np.roll(counts.reshape(len(texts), -1), self.turn, axis=1)
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        return (counts / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def read_lines(paths: Sequence[Path]) -> Iterator[Document | Unread]:
    """A folder's files, or a file: its first line is the title; an empty file cannot be read."""
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    for path in files:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if not text:
            yield Unread(str(path), "空文件")
            continue
        yield Document(
            id=hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8],
            text=text,
            title=text.split("\n")[0],
            source="",
            published="2023-05-01",
            origin=str(path.resolve()),
            file=path.name,
            record="",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            places=("常州市",) if "常州" in text else (),
        )


def chunk_lines(document: Document, settings: Settings) -> tuple[Chunk, ...]:
    """Every line is a chunk, and its own search text."""
    chunks, start = [], 0
    for ordinal, line in enumerate(document.text.split("\n")):
        end = start + len(line)
        chunks.append(
            Chunk(
                id=f"{document.id}#{ordinal}",
                document_id=document.id,
                ordinal=ordinal,
                start=start,
                end=end,
                marks=(Span(start, end),),
                search_text=line,
                places=document.places,
            )
        )
        start = end + 1
    return tuple(chunks)


Read = Callable[[Sequence[Path]], Iterable[Document | Unread]]


Cut = Callable[[Document, Settings], Sequence[Chunk]]


def gather_with(read: Read, cut: Cut) -> Callable[[Sequence[Path], Gathering], Iterator[FileRead]]:
    """Every document of a reader is a file of its own, or a record of one, and every unread path too."""

    def gather(paths: Sequence[Path], asked: Gathering) -> Iterator[FileRead]:
        for found in read(paths):
            if isinstance(found, Unread):
                yield FileRead(found.path, "", unread=(found,))
            elif not found.record and asked.is_held(found.origin, found.sha256):
                yield FileRead(found.origin, found.sha256, unchanged=True)
            else:
                pieces = cut(found, asked.settings)
                ready = prepare(found, pieces, fingerprint(found), signature)
                yield FileRead(found.origin, found.sha256, (ready,), is_last=not found.record)

    return gather


def fake_steps(embedder: CountingEmbedder | None = None, read: Read = read_lines, cut: Cut = chunk_lines) -> Steps:
    model = embedder or CountingEmbedder()
    return Steps(gather_with(read, cut), cut, lambda setting: model, signature)


def two_files(folder: Path) -> Path:
    """Makes the folder with two files in it, of two chunks each."""
    folder.mkdir()
    (folder / "常州.txt").write_text("常州培训工人\n常州学院三家", encoding="utf-8")
    (folder / "白银.txt").write_text("白银补贴企业\n白银学院一家", encoding="utf-8")
    return folder


def titles(settings: Settings) -> list[str]:
    """The titles in an index that must be whole."""
    with Library.open(settings, fake_steps()) as library:
        assert library.notice == ()
        return [document.title for document in library.documents()]


def generations(settings: Settings) -> list[str]:
    """What lies in the folder of generations, sorted."""
    return sorted(path.name for path in (settings.folder / "generations").iterdir())
