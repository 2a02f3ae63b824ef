"""The manifest of a generation: what it was made with, what it counts, and a checksum of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import IndexDamagedError, IndexSchemaError, IndexStateError
from index.part import PartEntry

MANIFEST_FILE = "manifest.json"
# Raised with every change of the tables or of the layout; `index.migrate` reads the older ones.
SCHEMA = 2
# What is finished of a draft, for a writer that comes after a killed one; gone when the draft is published.
RESUME_FILE = "resume.json"
_UNCOUNTED = {MANIFEST_FILE, RESUME_FILE}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known about one generation.

    `embedder_setting` is the value of `Settings.embedder` at the build (None is the shipped model), `embedder` the name
    that the model gives itself; `files` maps a relative path to its size in bytes and its SHA-256; `next_part` is a number
    that no part ever had.
    """

    schema: int
    embedder_setting: str | None
    embedder: str
    dimension: int
    token_encoding: str
    chunk_tokens: int
    documents: int
    chunks: int
    fingerprint: str
    parts: tuple[PartEntry, ...]
    next_part: int
    files: Mapping[str, tuple[int, str]]

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest in `folder`.

        Raises IndexDamagedError when it is missing or not in its form, IndexSchemaError when it is of
        another schema, and IndexStateError when it may not be read.
        """
        fields = read_fields(folder)
        schema = fields["schema"]
        if schema > SCHEMA:
            raise IndexSchemaError(
                f"索引 {folder} 由更新的版本建立（格式 {schema}，本程序只认到 {SCHEMA}）；"
                "请升级 changai，或用 changai build 文件夹 重建索引。"
            )
        if schema < SCHEMA:
            raise IndexSchemaError(
                f"索引 {folder} 由旧版本建立（格式 {schema}，现为 {SCHEMA}）；请运行 changai doctor 升级，"
                "或用 changai build 文件夹 重建索引。"
            )
        try:
            files = {name: (int(size), str(digest)) for name, (size, digest) in fields.pop("files").items()}
            parts = tuple(PartEntry(**part) for part in fields.pop("parts"))
            return cls(files=files, parts=parts, **fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(f"索引的清单 {folder / MANIFEST_FILE} 内容不完整") from error

    def write(self, folder: Path) -> None:
        """Writes the manifest into `folder`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")

    def damaged(self, folder: Path) -> tuple[str, ...]:
        """The files of the generation that are missing or not what was written, by relative path."""
        return tuple(name for name, (size, digest) in self.files.items() if not is_intact(folder / name, size, digest))


def read_fields(folder: Path) -> dict[str, Any]:
    """The fields of a manifest of any schema, with `schema` as a number; raises as `Manifest.read` does."""
    try:
        fields: dict[str, Any] = json.loads((folder / MANIFEST_FILE).read_bytes())
        fields["schema"] = int(fields["schema"])
    except PermissionError as error:
        raise IndexStateError(
            f"没有权限读取索引的清单 {folder / MANIFEST_FILE}；请检查目录权限，或用 --index 换一个目录。"
        ) from error
    except OSError as error:
        raise IndexDamagedError(f"索引的清单 {folder / MANIFEST_FILE} 读不出来（{error.strerror}）") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexDamagedError(f"索引的清单 {folder / MANIFEST_FILE} 内容已损坏") from error
    return fields


def fingerprint_of(parts: Sequence[PartEntry], embedder: str, dimension: int) -> str:
    """A digest of all documents, in whatever order and parts they lie, and of the embedding model."""
    digest = sum(part.digest for part in parts) % (1 << 64)
    return hashlib.sha256(f"{SCHEMA}|{embedder}|{dimension}|{digest:016x}".encode()).hexdigest()


def checksums(folder: Path, known: Mapping[str, tuple[int, str]], linked: frozenset[str]) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of every file under `folder` but the manifest and lock files, by relative path.

    A file that was linked from another generation keeps the checksum that is `known` of it: a file damaged since then
    must not be certified anew.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in _UNCOUNTED and path.suffix != ".lock":
            certified = known.get(name) if name in linked else None
            found[name] = certified or (path.stat().st_size, sha256_of(path))
    return found


def is_intact(path: Path, size: int, digest: str) -> bool:
    """Whether a file has this size and SHA-256."""
    try:
        return path.stat().st_size == size and sha256_of(path) == digest
    except OSError:
        return False


# What was read once need not be read again by the same process as long as the file is the same; a server opens every
# generation anew, and most files of one are those of the last.
_SEEN: dict[tuple[int, int, int, int], str] = {}
_MOST_SEEN = 4096


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file; one that this process has read before is known by device, number, size and time of change."""
    with path.open("rb") as file:
        status = path.stat()
        key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        if key not in _SEEN:
            if len(_SEEN) >= _MOST_SEEN:
                _SEEN.clear()
            _SEEN[key] = hashlib.file_digest(file, "sha256").hexdigest()
    return _SEEN[key]
