"""Files to documents ready for the index: in this process for a few harmless ones, by reading processes for the rest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from index.cleaning.site import SiteLines
from index.errors import SourceError
from index.naming import path_text
from index.reader import FileOutcome, Piece, Reader, SourceFile
from index.sources.formats import CORPUS_SUFFIX, suffix_of
from index.sources.read import check_paths, file_bytes, refuse_unknown, source_files
from index.steps import FileRead, Gathering, Unread

# A stretch of a corpus that one process reads at once.
_STRETCH = 256 * 1024
# Formats that only our own linear code reads; a few small files of them need no process of their own.
_HARMLESS = frozenset({".txt", ".md", ".markdown", ".jsonl"})
_FEW_PIECES, _FEW_BYTES = 24, 512 * 1024
# Files of one folder that are read together, so that what the pages of a site share is seen.
_MOST_TOGETHER = 24


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
    for found in read(chain((step for step, _ in first), (step for step, _ in plan))):
        done += found.size
        yield replace(found, done=done, total=total)


def _plan(files: Sequence[tuple[Path, str]], asked: Gathering) -> Iterator[tuple[Piece | FileRead, int]]:
    """What is to be read and what needs no reading, each with its bytes; small files of one folder go together."""
    together: list[SourceFile] = []
    for path, name in files:
        step = _step(path, name, asked)
        if together and (isinstance(step, FileRead) or not _goes_together(together, step)):
            yield _piece(together)
            together = []
        if isinstance(step, FileRead):
            yield step, step.size
        elif suffix_of(name) == CORPUS_SUFFIX and step.size > _STRETCH and _is_plain(path):
            yield from ((piece, piece.size) for piece in _stretches(step, path.read_bytes()))
        else:
            together.append(step)
    if together:
        yield _piece(together)


def _piece(files: Sequence[SourceFile]) -> tuple[Piece, int]:
    piece = Piece(tuple(files))
    return piece, piece.size


def _goes_together(files: Sequence[SourceFile], following: SourceFile) -> bool:
    """Whether a file may be read in one piece with those before it: a few of one folder, all of them small."""
    if not files:
        return True
    is_small = sum(file.size for file in files) + following.size <= _STRETCH
    same = files[0].path.rpartition("/")[0] == following.path.rpartition("/")[0]
    return is_small and same and len(files) < _MOST_TOGETHER


def _step(path: Path, name: str, asked: Gathering) -> SourceFile | FileRead:
    origin = path_text(path)
    try:
        refuse_unknown(name)
        data = file_bytes(path, name)
    except SourceError as error:
        return FileRead(origin, "", unread=(Unread(str(path), str(error)),))
    sha256 = hashlib.sha256(data).hexdigest()
    if asked.is_held(origin, sha256):
        return FileRead(origin, sha256, unchanged=True, size=len(data))
    return SourceFile(os.fsencode(path).decode("utf-8", "surrogateescape"), name, sha256, len(data))


def _stretches(file: SourceFile, data: bytes) -> Iterator[Piece]:
    start, line = 0, 1
    while start < len(data):
        end = data.find(b"\n", min(start + _STRETCH, len(data)))
        end = len(data) if end < 0 else end + 1
        yield Piece((file,), start, end, line, end == len(data))
        line += data.count(b"\n", start, end)
        start = end


def _is_plain(path: Path) -> bool:
    """Whether the file is UTF-8 without a mark, so that it may be cut at line ends."""
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.startswith(b"\xef\xbb\xbf")


def _is_harmless(step: Piece | FileRead) -> bool:
    return isinstance(step, FileRead) or all(suffix_of(file.name) in _HARMLESS for file in step.files)


class _Here:
    """Reads in this process."""

    def __init__(self, asked: Gathering) -> None:
        self._asked = asked

    def read(self, steps: Iterator[Piece | FileRead]) -> Iterator[FileRead]:
        """What each step gives, in order."""
        reader = Reader(self._asked.settings, None, dict(self._asked.sites))
        for step in steps:
            if isinstance(step, FileRead):
                yield step
            else:
                outcomes, sites = reader.read(step)
                remember(self._asked.sites, sites)
                yield from files_read(step, outcomes)


def remember(sites: dict[str, SiteLines], added: Mapping[str, SiteLines]) -> None:
    """Adds the counts of what was read to those of the index."""
    for site, lines in added.items():
        sites[site] = sites.get(site, SiteLines()).joined(lines)


def files_read(piece: Piece, outcomes: Sequence[FileOutcome]) -> list[FileRead]:
    """What reading a piece gave, file by file."""
    found = []
    for file, outcome in zip(piece.files, outcomes, strict=True):
        origin = file.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        unread = tuple(Unread(path, reason) for path, reason in outcome.unread)
        size = piece.size if piece.end >= 0 else file.size
        found.append(FileRead(origin, file.sha256, tuple(outcome.prepared), unread, is_last=piece.is_last, size=size))
    return found
