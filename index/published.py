"""The current generation of an index, checked before anybody relies on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.backup import BACKUP_FOLDER, backup_name, whole_backup
from index.errors import IndexDamagedError
from index.generations import current_number, generation_folder, remedy
from index.manifest import Manifest
from index.measures.evidence_file import EVIDENCE_FILE, is_fresh
from index.part_store import STORE_FILE
from index.store import PARTS_FOLDER


@dataclass(frozen=True, slots=True)
class Published:
    """A generation whose stores are whole, or have a whole backup; `damaged` names the files that are not."""

    folder: Path
    manifest: Manifest
    damaged: tuple[str, ...]

    @property
    def damaged_stores(self) -> tuple[str, ...]:
        """The stores among the damaged files."""
        return tuple(name for name in self.damaged if name.endswith(STORE_FILE))

    @property
    def stale_evidence(self) -> tuple[str, ...]:
        """The files of evidence that are to be made anew: missing, damaged, or found with another taxonomy."""
        homes = [self.folder / PARTS_FOLDER / entry.name for entry in self.manifest.parts]
        names = {home: home.relative_to(self.folder).joinpath(EVIDENCE_FILE).as_posix() for home in homes}
        return tuple(name for home, name in names.items() if name in self.damaged or not is_fresh(home))

    def backup_of(self, name: str) -> Path:
        """Where the second copy of a store lies."""
        return self.folder.parent.parent / BACKUP_FOLDER / backup_name(name, self.manifest.files[name][1])


def published(index: Path, number: int | None = None) -> Published:
    """The current generation, or the one with this number.

    Raises IndexMissingError, IndexSchemaError, or IndexDamagedError when its manifest, or one of its stores and the
    backup of it, is not whole.
    """
    number = current_number(index) if number is None else number
    folder = generation_folder(index, number)
    try:
        manifest = Manifest.read(folder)
    except IndexDamagedError as error:
        raise IndexDamagedError(f"{error}；{remedy(index, number)}") from error
    found = Published(folder, manifest, manifest.damaged(folder))
    for name in found.damaged_stores:
        if whole_backup(index, name, *manifest.files[name]) is None:
            raise IndexDamagedError(
                f"索引的资料库 {folder / name} 已损坏或缺失，备份 {found.backup_of(name)} 也不完好；{remedy(index, number)}"
            )
    return found
