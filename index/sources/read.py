"""Paths to documents: walks folders, picks the reader, and completes each document with what the text tells."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.cleaning import find_noise, merge_noise
from index.errors import EmptySourceError, MissingPathError, SourceError, UnknownFormatError
from index.naming import path_text
from index.quality import is_spun, is_truncated
from index.sources.corpus import DamagedLine, read_corpus
from index.sources.headings import find_headings
from index.sources.html import read_html
from index.sources.metadata import find_published, find_source, find_title, visible
from index.sources.page import Page
from index.sources.pdf import read_pdf
from index.sources.plain import read_plain
from index.sources.word import read_word
from index.types import Document, Heading, Noise

READERS = {
    ".txt": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_word,
    ".pdf": read_pdf,
}
CORPUS_SUFFIX = ".jsonl"
MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a line of a corpus, that gave no document, and why (Chinese)."""

    path: Path
    reason: str


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
            if not name.startswith((".", "~$")):
                yield Path(folder) / name


def documents_in(
    data: bytes, path: Path, name: str, sha256: str, first_line: int = 1
) -> Iterator[Document | Skipped]:
    """The documents of one file's bytes; `first_line` is the number of the first line of a stretch of a corpus."""
    suffix = Path(name).suffix.lower()
    try:
        refuse_unknown(name)
        if suffix != CORPUS_SUFFIX:
            yield make_document(READERS[suffix](data, name), path_text(path), name, "", sha256)
            return
        for record in read_corpus(data, name, first_line):
            if isinstance(record, DamagedLine):
                yield Skipped(path, record.reason)
            else:
                yield make_document(record.page, f"{path_text(path)}#{record.id}", name, record.id, sha256)
    except SourceError as error:
        yield Skipped(path, str(error))


def refuse_unknown(name: str) -> None:
    """UnknownFormatError for a file of a format that no reader exists for."""
    suffix = Path(name).suffix.lower()
    if suffix != CORPUS_SUFFIX and suffix not in READERS:
        formats = "、".join([*sorted(READERS), CORPUS_SUFFIX])
        raise UnknownFormatError(f"文件 {name} 的格式不支持；可读的格式有 {formats}，请转换后重试。")


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


def make_document(page: Page, origin: str, file: str, record: str, sha256: str) -> Document:
    """The complete document of a page: noise, headings, places and quality found, title never empty."""
    from index.places import document_places

    noise = merge_noise((*page.noise, *find_noise(page.text)), len(page.text))
    headings = page.headings or find_headings(page.text, noise)
    noise = merge_noise((*noise, *_heading_marks(page.text, headings)), len(page.text))
    title = page.title or find_title(page.text, noise)
    kept = visible(page.text, 0, len(page.text), noise)
    quality = tuple(
        code for code, holds in (("spun", is_spun(page.text)), ("truncated", is_truncated(page.text, noise))) if holds
    )
    return Document(
        id=hashlib.blake2b(origin.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        text=page.text,
        title=title,
        source=page.source or find_source(page.text),
        published=page.published or find_published(page.text),
        origin=origin,
        file=file,
        record=record,
        sha256=sha256,
        headings=headings,
        noise=noise,
        places=tuple(document_places(title, kept, page.place)),
        quality=quality,
        card=page.card,
    )


def _heading_marks(text: str, headings: Sequence[Heading]) -> Iterator[Noise]:
    """The Markdown signs around headings on their lines (`## `, `**`), which are layout and no text."""
    for heading in headings:
        begin = text.rfind("\n", 0, heading.start) + 1
        stop = text.find("\n", heading.end)
        for start, end in ((begin, heading.start), (heading.end, len(text) if stop < 0 else stop)):
            if text[start:end].strip() and not text[start:end].strip(" \t\r#*_"):
                yield Noise(start, end, "标题符号")
