"""The current generation of an index, checked before anybody relies on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexDamagedError
from index.generations import current_number, generation_folder, remedy
from index.manifest import Manifest
from index.store import STORE_FILE


@dataclass(frozen=True, slots=True)
class Published:
    """A generation whose store is whole; `damaged` names the derived files that are not."""

    folder: Path
    manifest: Manifest
    damaged: tuple[str, ...]


def published(index: Path, number: int | None = None) -> Published:
    """The current generation, or the one with this number.

    Raises IndexMissingError, IndexSchemaError, or IndexDamagedError when its manifest or its store is not
    whole.
    """
    number = current_number(index) if number is None else number
    folder = generation_folder(index, number)
    try:
        manifest = Manifest.read(folder)
    except IndexDamagedError as error:
        raise IndexDamagedError(f"{error}；{remedy(index, number)}") from error
    damaged = manifest.damaged(folder)
    if STORE_FILE in damaged:
        raise IndexDamagedError(f"索引的资料库 {folder / STORE_FILE} 已损坏或缺失；{remedy(index, number)}")
    return Published(folder, manifest, damaged)
