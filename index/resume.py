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
from index.sources.formats import LETTERS, suffix_of
from index.store import PARTS_FOLDER, Held, Store


@dataclass(frozen=True)
class Saved:
    """The finished parts of an unfinished generation."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    next_part: int = 1
    # The files that were read to their end, and for which older document (by id) a document stands.
    whole: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)

    def at(self, origin: str) -> Held | None:
        """The document that came from this origin."""
        return self._by_origin.get(origin)

    def under(self, path: str) -> list[Held]:
        """What is held of one file that was read whole, as one document or as records of it."""
        held = self._by_file.get(path, [])
        # A file of one document is whole with it, even when the writer was killed before it could say so.
        is_one = len(held) == 1 and not held[0].record and suffix_of(path) not in LETTERS
        return held if is_one or path in self.whole else []

    @cached_property
    def _by_origin(self) -> dict[str, Held]:
        return {one.origin: one for one in self.held}

    @cached_property
    def _by_file(self) -> dict[str, list[Held]]:
        files: dict[str, list[Held]] = {}
        for one in self.held:
            files.setdefault(one.path, []).append(one)
        return files


@dataclass
class Standing:
    """How far a writer is: files read to their end, which older documents (by id) the new ones stand for.

    Only what a writer reads is worth keeping: what it was told to change, such as a title, is asked for again.
    """

    whole: set[str]
    instead: dict[str, str]
    is_reading: bool = False


def note_finished(
    draft: Path, entries: Sequence[PartEntry], next_part: int, made_with: Sequence[str | int], standing: Standing
) -> None:
    """Notes in a draft which of its parts are finished, with the checksums of their files, and what they stand for."""
    parts = [asdict(entry) | {"files": _files(draft / PARTS_FOLDER / entry.name)} for entry in entries]
    note = {
        "parts": parts,
        "next_part": next_part,
        "made_with": list(made_with),
        "whole": sorted(standing.whole),
        "instead": standing.instead,
    }
    beside = draft / f"{RESUME_FILE}.new"
    beside.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8", errors="backslashreplace")
    beside.replace(draft / RESUME_FILE)


def saved_in(folder: Path, made_with: Sequence[str | int]) -> Saved:
    """What a killed writer left in `folder` with the same model; nothing where there is none, or it is not whole."""
    try:
        note = json.loads((folder / RESUME_FILE).read_bytes())
        if note["made_with"] != list(made_with):
            return Saved()
        sound = [part for part in note["parts"] if part.pop("files") == _files(folder / PARTS_FOLDER / part["name"])]
        parts = {part["name"]: Part(folder / PARTS_FOLDER / part["name"], PartEntry(**part)) for part in sound}
        next_part, whole, instead = int(note["next_part"]), frozenset(note["whole"]), dict(note["instead"])
        if len(sound) < len(note["parts"]):
            # Records of a file may have lain in the part that is lost, so none counts as read to its end.
            whole = frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        # A note that cannot be read says nothing, so everything is read anew.
        return Saved()
    held: list[Held] = []
    for name, part in parts.items():
        with closing(PartStore.open(part.folder / STORE_FILE)) as store:
            held += Store({name: store}, {}).held()
    return Saved(parts, tuple(held), next_part, whole, instead)


def _files(folder: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in sorted(folder.iterdir())} if folder.is_dir() else {"": ""}
