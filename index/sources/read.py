"""Paths to documents: walks folders, opens containers, picks the reader and completes each document."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import EmptySourceError, MissingPathError, SourceError
from index.naming import path_text
from index.sources.archive import MOST_DEPTH, BrokenMember, Member, members
from index.sources.complete import make_document
from index.sources.corpus import DamagedLine, read_corpus
from index.sources.formats import CORPUS_SUFFIX, LETTERS, ZIPS, is_readable, reader_of, suffix_of
from index.sources.length import refuse_too_long
from index.sources.mail import mail_members
from index.sources.page import Page
from index.types import Document

__all__ = ["Found", "Skipped", "documents_in", "file_bytes", "make_document", "pages_in", "read_paths", "source_files"]

MOST_BYTES = 512 * 1024 * 1024
# What a folder holds beside documents, passed over without a word.
_PASSED_OVER = (".db", ".ini", ".lnk", ".tmp", ".css", ".js", ".json", ".ico", ".svg", ".gif", ".woff", ".woff2", ".py")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a line of a corpus, that gave no document, and why (Chinese)."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page that a file holds: where it came from, the name it is known by, and its record in a file of several."""

    page: Page
    origin: str
    file: str
    record: str = ""


def read_paths(paths: Sequence[Path]) -> Iterator[Document | Skipped]:
    """Documents of files, folders (recursively, sorted, hidden files passed over) and `.jsonl` corpora, in order.

    What cannot be read is yielded as `Skipped`; the others go on. A file that is reached twice is read once.

    Raises:
        MissingPathError: at once, when a path does not exist; nothing is read then.
    """
    check_paths(paths)
    return _read_all(paths)


def _read_all(paths: Sequence[Path]) -> Iterator[Document | Skipped]:
    for file, name in source_files(paths):
        try:
            data = file_bytes(file, name)
        except SourceError as error:
            yield Skipped(file, str(error))
            continue
        yield from documents_in(data, file, name, hashlib.sha256(data).hexdigest())


def check_paths(paths: Sequence[Path]) -> None:
    """MissingPathError for the first path that does not exist."""
    for path in paths:
        if not path.exists():
            raise MissingPathError(f"路径 {path} 不存在；请检查文件或文件夹的名字后重试。")


def source_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Every file under the paths, once, with the name that people know it by."""
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path):
            resolved = file.resolve()
            if resolved not in seen:
                seen.add(resolved)
                yield resolved, path_text(Path(file.name))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and suffix_of(name) not in _PASSED_OVER:
                yield Path(folder) / name


def documents_in(data: bytes, path: Path, name: str, sha256: str, first_line: int = 1) -> Iterator[Document | Skipped]:
    """The documents of one file's bytes; `first_line` is the number of the first line of a stretch of a corpus."""
    for found in pages_in(data, path, name, first_line):
        yield found if isinstance(found, Skipped) else document_of(found, sha256)


def document_of(found: Found, sha256: str, shells: Mapping[str, frozenset[str]] | None = None) -> Document:
    """The document of a page; `shells` holds, by the site of a page, the lines that all pages of it share."""
    shell = (shells or {}).get(site_of(found), frozenset())
    return make_document(found.page, found.origin, found.file, found.record, sha256, shell)


def site_of(found: Found) -> str:
    """What stands for the site that a saved page is from: the folder that it lies in; "" for what is no saved page."""
    if suffix_of(found.file) not in (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".txt"):
        return ""
    return found.origin.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class _File:
    """Bytes with their name, where they came from, how they lie in a container, and how many may still be opened."""

    data: bytes
    path: Path
    name: str
    origin: str
    record: str = ""
    depth: int = MOST_DEPTH


def pages_in(data: bytes, path: Path, name: str, first_line: int = 1) -> Iterator[Found | Skipped]:
    """The pages of one file's bytes: one, or one a line of a corpus, or those of everything that a container holds."""
    yield from _pages(_File(data, path, name, path_text(path)), first_line)


def _pages(file: _File, first_line: int = 1) -> Iterator[Found | Skipped]:
    suffix = suffix_of(file.name)
    try:
        if suffix == CORPUS_SUFFIX:
            yield from _records(file, first_line)
        elif suffix in ZIPS:
            yield from _members(file, members)
        else:
            page = reader_of(file.name)(file.data, file.name)
            refuse_too_long(page.text, file.name)
            yield Found(page, file.origin, file.name, file.record)
            yield from (Skipped(file.path, f"文件 {file.name} {remark}") for remark in page.remarks)
            if suffix in LETTERS:
                yield from _members(file, mail_members)
    except SourceError as error:
        yield Skipped(file.path, str(error))


def _records(file: _File, first_line: int) -> Iterator[Found | Skipped]:
    for line in read_corpus(file.data, file.name, first_line):
        if isinstance(line, DamagedLine):
            yield Skipped(file.path, line.reason)
            continue
        try:
            refuse_too_long(line.page.text, f"{file.name} 的记录 {line.id}")
        except SourceError as error:
            yield Skipped(file.path, str(error))
        else:
            record = f"{file.record}#{line.id}" if file.record else line.id
            yield Found(line.page, f"{file.origin}#{line.id}", file.name, record)


def _members(file: _File, opened: Callable[[bytes, str], Iterator[Member | BrokenMember]]) -> Iterator[Found | Skipped]:
    """What lies in an archive or hangs on a letter; files of other kinds among it are passed over as in a folder."""
    if file.depth == 0:
        raise SourceError(f"文件 {file.name} 嵌套的压缩包或邮件超过 {MOST_DEPTH} 层，没有再往里读；请解开后重试。")
    is_empty = suffix_of(file.name) in ZIPS
    for member in opened(file.data, file.name):
        is_empty = False
        shown = file.path / member.path
        if isinstance(member, BrokenMember):
            yield Skipped(shown, member.reason)
            continue
        base = member.path.rpartition("/")[2]
        if suffix_of(base) not in _PASSED_OVER:
            record = f"{file.record}!{member.path}" if file.record else member.path
            yield from _pages(_File(member.data, shown, base, f"{file.origin}!{member.path}", record, file.depth - 1))
    if is_empty:
        raise EmptySourceError(f"压缩包 {file.name} 里没有文件；请换一个有内容的压缩包。")


def refuse_unknown(name: str) -> None:
    """UnknownFormatError for a file of a format that no reader exists for."""
    if not is_readable(name):
        reader_of(name)


def file_bytes(path: Path, name: str, start: int = 0, end: int = -1) -> bytes:
    """The bytes [start, end) of a file within the limit, all of them by default; a SourceError says why not."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SourceError(f"{name} 不是普通文件，不能读取；请换一个文件。")
        if size > MOST_BYTES:
            raise SourceError(f"文件 {name} 有 {size // 2**20} MB，超过上限 {MOST_BYTES // 2**20} MB；请拆分后重试。")
        with path.open("rb") as file:
            file.seek(start)
            data = file.read(end - start if end >= 0 else -1)
    except OSError as error:
        raise SourceError(f"文件 {name} 读取失败（{error.strerror or error}）；请检查权限和磁盘后重试。") from error
    if not data:
        raise EmptySourceError(f"文件 {name} 是空文件（0 字节）；请换一个有内容的文件。")
    return data
