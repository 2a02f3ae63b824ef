"""Files to documents ready for the index: in this process for a few harmless ones, by reading processes for the rest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import SourceError
from index.naming import path_text
from index.pipeline import fingerprint
from index.prepare import Prepared, prepare
from index.settings import Settings
from index.sources.read import CORPUS_SUFFIX, Skipped, check_paths, documents_in, file_bytes, refuse_unknown, source_files
from index.steps import FileRead, Gathering, Unread

if TYPE_CHECKING:
    from index.embedding import Embedder

# A stretch of a corpus that one process reads at once.
_STRETCH = 256 * 1024
# Formats that only our own linear code reads; a few small files of them need no process of their own.
_HARMLESS = frozenset({".txt", ".md", ".markdown", ".jsonl"})
_FEW_PIECES, _FEW_BYTES = 24, 512 * 1024
# How long a reader may take over one piece: seconds, and seconds a megabyte.
_SECONDS, _SECONDS_A_MEGABYTE = 10.0, 2.0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it lies, what people call it, the checksum and the number of its bytes."""

    path: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What a reading process takes at once: files, or the bytes [start, end) of one corpus from its line `first_line`."""

    files: tuple[SourceFile, ...]
    start: int = 0
    end: int = -1
    first_line: int = 1
    is_last: bool = True

    @classmethod
    def of(cls, fields: dict[str, Any]) -> Piece:
        """The piece that `fields` described."""
        return cls(**(fields | {"files": tuple(SourceFile(**file) for file in fields["files"])}))

    @property
    def fields(self) -> dict[str, Any]:
        """The piece as plain values."""
        return asdict(self)

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.end - self.start if self.end >= 0 else sum(file.size for file in self.files)

    @property
    def seconds(self) -> float:
        """How long reading it may take."""
        return _SECONDS + _SECONDS_A_MEGABYTE * self.size / 2**20

    @property
    def memory(self) -> int:
        """How many bytes of private memory reading it may take."""
        from index.worker import MEMORY

        return MEMORY

    @property
    def too_big(self) -> str:
        """The line for a piece that needs more memory than it may take."""
        return f"文件 {self.files[0].name} 需要的内存超过上限；请拆分或换一种格式后重试。"


class Reader:
    """Reads pieces: bytes to documents, to chunks, to rows and vectors."""

    def __init__(self, settings: Settings, embedder: Embedder | None) -> None:
        self._settings = settings
        self._embedder = embedder

    @classmethod
    def of(cls, setup: dict[str, Any]) -> Reader:
        """The reader that a writer asks a reading process for."""
        from index.embedding import load_embedder

        settings = Settings(token_encoding=setup["token_encoding"], chunk_tokens=setup["chunk_tokens"])
        return cls(settings, load_embedder(setup["embedder_setting"]) if setup["embeds"] else None)

    def read(self, piece: Piece) -> tuple[list[Prepared], list[tuple[str, str]]]:
        """The documents of a piece, and the paths that gave none with the reason."""
        prepared: list[Prepared] = []
        unread: list[tuple[str, str]] = []
        for file in piece.files:
            for found in self._documents(piece, file):
                if isinstance(found, Skipped):
                    unread.append((str(found.path), found.reason))
                else:
                    prepared.append(self._prepared(found))
        return prepared, unread

    def _documents(self, piece: Piece, file: SourceFile) -> Iterator[Any]:
        path = Path(os.fsdecode(file.path.encode("utf-8", "surrogateescape")))
        try:
            data = file_bytes(path, file.name, piece.start, piece.end)
        except SourceError as error:
            yield Skipped(path, str(error))
            return
        yield from documents_in(data, path, file.name, file.sha256, piece.first_line)

    def _prepared(self, document: Any) -> Prepared:
        from index.chunking import chunk_document
        from index.quality import signature

        pieces = chunk_document(document, self._settings)
        return prepare(document, pieces, fingerprint(document), signature, self._embedder)


def gather(paths: Sequence[Path], asked: Gathering) -> Iterator[FileRead]:
    """Reads all files under the paths, in order; what the index holds unchanged is passed over.

    Raises MissingPathError at once when a path does not exist.
    """
    check_paths(paths)
    return _gather(paths, asked)


def _gather(paths: Sequence[Path], asked: Gathering) -> Iterator[FileRead]:
    files = list(source_files(paths))
    total = sum(path.stat().st_size for path, _ in files if path.is_file())
    done = 0
    plan = _plan(files, asked)
    first = list(islice(plan, _FEW_PIECES + 1))
    is_small = len(first) <= _FEW_PIECES and sum(size for _, size in first) <= _FEW_BYTES
    read: Callable[[Iterator[Piece | FileRead]], Iterator[FileRead]] = _Here(asked).read
    if not is_small or not all(_is_harmless(step) for step, _ in first):
        from index.workers import Workers

        read = Workers(asked).read
    weights: list[int] = []

    def steps() -> Iterator[Piece | FileRead]:
        for step, size in chain(first, plan):
            weights.append(size)
            yield step

    for number, found in enumerate(read(steps())):
        done += weights[number]
        yield replace(found, done=done, total=total)


def _plan(files: Sequence[tuple[Path, str]], asked: Gathering) -> Iterator[tuple[Piece | FileRead, int]]:
    """What is to be read and what needs no reading, each with its bytes."""
    for path, name in files:
        origin = path_text(path)
        try:
            refuse_unknown(name)
            data = file_bytes(path, name)
        except SourceError as error:
            yield FileRead(origin, "", unread=(Unread(str(path), str(error)),)), 0
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        if asked.is_held(origin, sha256):
            yield FileRead(origin, sha256, unchanged=True), len(data)
            continue
        file = SourceFile(os.fsencode(path).decode("utf-8", "surrogateescape"), name, sha256, len(data))
        if Path(name).suffix.lower() == CORPUS_SUFFIX and len(data) > _STRETCH and _is_plain(data):
            yield from ((piece, piece.size) for piece in _stretches(file, data))
        else:
            yield Piece((file,)), len(data)


def _stretches(file: SourceFile, data: bytes) -> Iterator[Piece]:
    start, line = 0, 1
    while start < len(data):
        end = data.find(b"\n", min(start + _STRETCH, len(data)))
        end = len(data) if end < 0 else end + 1
        yield Piece((file,), start, end, line, end == len(data))
        line += data.count(b"\n", start, end)
        start = end


def _is_plain(data: bytes) -> bool:
    """Whether the bytes are UTF-8 without a mark, so that they may be cut at line ends."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.startswith(b"\xef\xbb\xbf")


def _is_harmless(step: Piece | FileRead) -> bool:
    return isinstance(step, FileRead) or all(Path(file.name).suffix.lower() in _HARMLESS for file in step.files)


class _Here:
    """Reads in this process."""

    def __init__(self, asked: Gathering) -> None:
        self._asked = asked

    def read(self, steps: Iterator[Piece | FileRead]) -> Iterator[FileRead]:
        """What each step gives, in order."""
        reader = Reader(self._asked.settings, None)
        for step in steps:
            if isinstance(step, FileRead):
                yield step
            else:
                prepared, unread = reader.read(step)
                yield file_read(step, prepared, unread)


def file_read(piece: Piece, prepared: Sequence[Prepared], unread: Sequence[Sequence[str]]) -> FileRead:
    """What reading a piece gave."""
    file = piece.files[0]
    origin = file.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    lines = tuple(Unread(path, reason) for path, reason in unread)
    return FileRead(origin, file.sha256, tuple(prepared), lines, is_last=piece.is_last)
