"""What a killed writer had finished, so that the next one goes on instead of beginning again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from index.manifest import RESUME_FILE, sha256_of
from index.part import Part, PartEntry
from index.part_store import STORE_FILE, PartStore
from index.store import PARTS_FOLDER, Held, Store


@dataclass(frozen=True)
class Saved:
    """The finished parts of an unfinished generation."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    next_part: int = 1

    def at(self, origin: str) -> Held | None:
        """The document that came from this origin."""
        return self._by_origin.get(origin)

    def under(self, path: str) -> list[Held]:
        """What is held of one file, as one document or as records of it."""
        return self._by_file.get(path, [])

    @cached_property
    def _by_origin(self) -> dict[str, Held]:
        return {one.origin: one for one in self.held}

    @cached_property
    def _by_file(self) -> dict[str, list[Held]]:
        files: dict[str, list[Held]] = {}
        for one in self.held:
            files.setdefault(one.path, []).append(one)
        return files


def note_finished(draft: Path, entries: Sequence[PartEntry], next_part: int, made_with: Sequence[str | int]) -> None:
    """Notes in a draft which of its parts are whole, with the checksums of their files."""
    parts = [asdict(entry) | {"files": _files(draft / PARTS_FOLDER / entry.name)} for entry in entries]
    note = {"parts": parts, "next_part": next_part, "made_with": list(made_with)}
    beside = draft / f"{RESUME_FILE}.new"
    beside.write_text(json.dumps(note), encoding="utf-8")
    beside.replace(draft / RESUME_FILE)


def saved_in(folder: Path, made_with: Sequence[str | int]) -> Saved:
    """What a killed writer left in `folder` with the same model; nothing where there is none, or it is not whole."""
    try:
        note = json.loads((folder / RESUME_FILE).read_bytes())
        if note["made_with"] != list(made_with):
            return Saved()
        whole = [part for part in note["parts"] if part.pop("files") == _files(folder / PARTS_FOLDER / part["name"])]
        parts = {part["name"]: Part(folder / PARTS_FOLDER / part["name"], PartEntry(**part)) for part in whole}
        next_part = int(note["next_part"])
    except (OSError, ValueError, KeyError, TypeError):
        # A note that cannot be read says nothing, so everything is read anew.
        return Saved()
    held: list[Held] = []
    for name, part in parts.items():
        with closing(PartStore.open(part.folder / STORE_FILE)) as store:
            held += Store({name: store}, {}).held()
    return Saved(parts, tuple(held), next_part)


def _files(folder: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in sorted(folder.iterdir())}
