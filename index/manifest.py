"""The manifest of a generation: what it was made with, what it counts, and a checksum of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexDamagedError, IndexSchemaError, IndexStateError

MANIFEST_FILE = "manifest.json"
# Raised with every change of the tables, the search form or the tokens; older indexes are built anew.
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known about one generation.

    `embedder_setting` is the value of `Settings.embedder` at the build (None is the shipped model),
    `embedder` the name that the model gives itself; `files` maps a relative path to its size in bytes and
    its SHA-256.
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
    files: Mapping[str, tuple[int, str]]

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest in `folder`.

        Raises IndexDamagedError when it is missing or not in its form, IndexSchemaError when it is of
        another schema, and IndexStateError when it may not be read.
        """
        try:
            fields = json.loads((folder / MANIFEST_FILE).read_bytes())
            schema = int(fields["schema"])
        except PermissionError as error:
            raise IndexStateError(
                f"没有权限读取索引的清单 {folder / MANIFEST_FILE}；请检查目录权限，或用 --index 换一个目录。"
            ) from error
        except OSError as error:
            raise IndexDamagedError(f"索引的清单 {folder / MANIFEST_FILE} 读不出来（{error.strerror}）") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise IndexDamagedError(f"索引的清单 {folder / MANIFEST_FILE} 内容已损坏") from error
        if schema > SCHEMA:
            raise IndexSchemaError(
                f"索引 {folder} 由更新的版本建立（格式 {schema}，本程序只认到 {SCHEMA}）；"
                "请升级 changai，或用 changai build 文件夹 重建索引。"
            )
        if schema < SCHEMA:
            raise IndexSchemaError(
                f"索引 {folder} 由旧版本建立（格式 {schema}，现为 {SCHEMA}）；请用 changai build 文件夹 重建索引。"
            )
        try:
            files = {name: (int(size), str(digest)) for name, (size, digest) in fields.pop("files").items()}
            return cls(files=files, **fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(f"索引的清单 {folder / MANIFEST_FILE} 内容不完整") from error

    def write(self, folder: Path) -> None:
        """Writes the manifest into `folder`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")

    def damaged(self, folder: Path) -> tuple[str, ...]:
        """The files of the generation that are missing or not what was written, by relative path."""
        return tuple(name for name, (size, digest) in self.files.items() if not _is_intact(folder / name, size, digest))


def checksums(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of every file under `folder` but the manifest and lock files, by relative path."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, _sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST_FILE and path.suffix != ".lock"
    }


def _is_intact(path: Path, size: int, digest: str) -> bool:
    try:
        return path.stat().st_size == size and _sha256(path) == digest
    except OSError:
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
