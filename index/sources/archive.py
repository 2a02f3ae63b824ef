"""Archives (`.zip`): their members one by one, read within limits whatever the archive claims about itself."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from index.errors import SourceError, UnknownFormatError

MEGABYTE = 2**20
MOST_MEMBERS = 2_000
MOST_BYTES = 512 * MEGABYTE
MOST_RATIO = 200
RATIO_FREE = 10 * MEGABYTE
MOST_DEPTH = 3
# Above so many entries the table of contents alone would fill the memory.
MOST_ENTRIES = 100_000
READ_AT_ONCE = MEGABYTE
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container: its path inside (never absolute, never upwards) and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class BrokenMember:
    """One file of a container that could not be taken out, and why (Chinese)."""

    path: str
    reason: str


@dataclass(slots=True)
class Budget:
    """What may still be unpacked, shared by an archive and the archives inside it."""

    members: int = MOST_MEMBERS
    left: int = MOST_BYTES
    paths: set[str] = field(default_factory=set)

    def unique(self, path: str) -> str:
        """The path itself, or with a number where an earlier member has the same one."""
        stem, dot, suffix = path.rpartition(".")
        free, number = path, 1
        while free in self.paths:
            number += 1
            free = f"{stem}（{number}）{dot}{suffix}" if stem else f"{path}（{number}）"
        self.paths.add(free)
        return free


def members(data: bytes, name: str) -> Iterator[Member | BrokenMember]:
    """The files of a `.zip` in its order, those of archives inside it (to `MOST_DEPTH`) under the inner one's path.

    Folders, hidden files and what a Mac adds are passed over. After the limit on members or on bytes a last
    `BrokenMember` says which one and what to do.

    Raises:
        SourceError: the archive itself cannot be opened.
    """
    yield from _members(open_zip(data, name), name, "", 1, Budget())


def read_packed(data: bytes, name: str) -> NoReturn:
    """The answer to archives of other kinds (`.rar`, `.7z`, `.tar.gz`): one line that says what to do.

    Raises:
        UnknownFormatError: always.
    """
    raise UnknownFormatError(
        f"文件 {name} 是不能直接读取的压缩包（{len(data)} 字节）；请解压后导入文件夹，或改存为 .zip 后重试。"
    )


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive behind the bytes, its table of contents read.

    Raises:
        SourceError: damaged, or more entries than `MOST_ENTRIES`.
    """
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise SourceError(f"压缩包 {name} 里的文件超过 {MOST_ENTRIES} 个，可能有问题；请拆分后重试。")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE as error:
        raise SourceError(f"文件 {name} 已损坏或不是压缩包；请重新下载或重新压缩后重试。") from error


def read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes:
    """The bytes of an entry, taken from the budget while they are unpacked, so that no claimed size is trusted.

    Raises:
        SourceError: encrypted, damaged, over the budget, or above `RATIO_FREE` over `MOST_RATIO` times the packed size.
    """
    if entry.flag_bits & 1:
        raise SourceError("加了密码；请解压后重试")
    packed = max(min(entry.compress_size, archive.start_dir), 1)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as stream:
            while part := stream.read(READ_AT_ONCE):
                parts.append(part)
                size += len(part)
                budget.left -= len(part)
                if budget.left < 0:
                    raise SourceError(f"使解压后的总量超过上限 {MOST_BYTES // MEGABYTE} MB；请拆分后重试")
                if size > RATIO_FREE and size > packed * MOST_RATIO:
                    raise SourceError(f"压缩比超过 {MOST_RATIO} 倍，疑似压缩炸弹；请核实来源，解压后重试")
    except (*DAMAGE, RuntimeError) as error:
        raise SourceError("已损坏或压缩方式不支持；请重新压缩后重试") from error
    return b"".join(parts)


def member_path(entry: zipfile.ZipInfo) -> str:
    """The path of an entry: names without the UTF-8 flag read as UTF-8 or else GB18030, made harmless."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return safe_path(name)


def safe_path(name: str) -> str:
    """A path as a relative one with forward slashes: no drive, no root, no way up, no control characters."""
    name = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "_", name.replace("\\", "/"))
    parts = (part.strip() for part in re.sub(r"^[A-Za-z]:", "", name).split("/"))
    return "/".join(part[-200:] for part in parts if part not in {"", ".", ".."}) or "未命名"


def _members(
    archive: zipfile.ZipFile, name: str, above: str, depth: int, budget: Budget
) -> Iterator[Member | BrokenMember]:
    for entry in archive.infolist():
        inside = member_path(entry)
        parts = inside.split("/")
        if entry.is_dir() or parts[0] == "__MACOSX" or any(part.startswith((".", "~$")) for part in parts):
            continue
        path = budget.unique(above + inside)
        if budget.members <= 0:
            yield BrokenMember(
                path, f"压缩包 {name} 里的文件超过上限 {MOST_MEMBERS} 个，从 {path} 起没有读取；请拆分后重试。"
            )
            return
        budget.members -= 1
        try:
            data = read_member(archive, entry, budget)
            inner = _inner(data, path, depth)
        except SourceError as error:
            yield BrokenMember(path, f"压缩包 {name} 中的 {path} {str(error).rstrip('。')}。")
            if budget.left < 0:
                return
            continue
        if inner is None:
            yield Member(path, data)
        else:
            yield from _members(inner, name, f"{path}/", depth + 1, budget)


def _inner(data: bytes, path: str, depth: int) -> zipfile.ZipFile | None:
    """The archive that a member is, or None for any other file."""
    if not path.lower().endswith(".zip") or not data.startswith(b"PK"):
        return None
    if depth >= MOST_DEPTH:
        raise SourceError(f"嵌套超过 {MOST_DEPTH} 层；请解压后重试")
    return open_zip(data, path)
