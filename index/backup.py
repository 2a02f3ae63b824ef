"""Second copies of the stores of an index, because a file that two generations share is damaged in both at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from index.manifest import Manifest, is_intact
from index.part_store import STORE_FILE

BACKUP_FOLDER = "backup"


def add_backups(index: Path, draft: Path) -> None:
    """Copies the stores that a new generation brings."""
    home = index / BACKUP_FOLDER
    home.mkdir(exist_ok=True)
    for name, (_, digest) in _stores(Manifest.read(draft)).items():
        copy = home / backup_name(name, digest)
        if not copy.exists():
            beside = copy.with_suffix(".new")
            shutil.copyfile(draft / name, beside)
            beside.replace(copy)


def drop_backups(index: Path, generations: Iterable[Path]) -> None:
    """Removes the copies of stores that none of these generations names."""
    manifests = [Manifest.read(folder) for folder in generations]
    wanted = {backup_name(name, digest) for one in manifests for name, (_, digest) in _stores(one).items()}
    for path in (index / BACKUP_FOLDER).iterdir():
        if path.name not in wanted:
            path.unlink()


def whole_backup(index: Path, name: str, size: int, digest: str) -> Path | None:
    """The whole copy of a store, given its path in the generation, size and SHA-256, or None."""
    copy = index / BACKUP_FOLDER / backup_name(name, digest)
    return copy if is_intact(copy, size, digest) else None


def backup_name(name: str, digest: str) -> str:
    """The file name of the copy of a store: its part and the beginning of its checksum."""
    return f"{Path(name).parent.name}-{digest[:16]}.sqlite"


def _stores(manifest: Manifest) -> dict[str, tuple[int, str]]:
    return {name: known for name, known in manifest.files.items() if name.endswith(STORE_FILE)}
