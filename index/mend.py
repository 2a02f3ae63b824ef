"""Files of an index that are not whole are made again: stores from their backup, all else from the stores."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.codes import CODES_FOLDER, codes_file
from index.derive import (
    KEYWORDS_FOLDER,
    VECTOR_FILES,
    derive_codes,
    derive_copies,
    derive_keywords,
    derive_signatures,
    derive_vectors,
    describe,
)
from index.generations import new_generation
from index.measures.evidence_file import EVIDENCE_FILE, derive_evidence
from index.model_choice import ModelOfIndex, embedder_for
from index.part import SIGNATURES_FILE
from index.part_store import STORE_FILE, PartStore
from index.published import Published, published
from index.settings import Settings
from index.steps import Progress, Steps
from index.store import DUPLICATES_FILE, PARTS_FOLDER
from index.vectors import Vectors

if TYPE_CHECKING:
    from index.embedding import Embedder

# Half precision keeps three decimals; the same text under another model differs in the first.
_SAME_VECTOR = 0.999


class Target(Protocol):
    """A folder that takes over whole files of a generation and gets new ones for the rest."""

    @property
    def folder(self) -> Path:
        """Where the files go."""
        ...

    def link(self, source: Path, name: str) -> None:
        """Takes a file over under a relative path."""
        ...


class Beside:
    """A temporary folder for a reader of an index that cannot be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def link(self, source: Path, name: str) -> None:
        """Takes a file over under a relative path."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).symlink_to(source.resolve())


def mend(settings: Settings, steps: Steps, progress: Progress, wait_s: float = 0) -> None:
    """Publishes a whole generation in place of the current one, if some of that is damaged or out of date.

    Out of date are vectors of another model, and evidence that was found with another taxonomy.

    Raises IndexDamagedError when a store and its backup are both not whole, and as `embedder_for` does.
    """
    found = published(settings.folder)
    embedder = embedder_for(found.manifest, settings, steps.embedder)
    again = not has_same_vectors(found, embedder)
    if not found.damaged and not again and not found.stale_evidence:
        return
    with new_generation(settings.folder, wait_s) as draft:
        # Another writer may have been here since; what it left may be whole, or not.
        found = published(settings.folder)
        mend_into(draft, found, steps, embedder, progress, again)
        made = found.manifest
        model = ModelOfIndex(made.embedder_setting, embedder)
        sized = Settings(settings.folder, settings.embedder, made.token_encoding, made.chunk_tokens)
        describe(draft, made.parts, made.next_part, sized, model, found).write(draft.folder)
        draft.publish()


def mend_into(
    target: Target, found: Published, steps: Steps, embedder: Embedder, progress: Progress, embed_again: bool = False
) -> None:
    """Puts every file of a generation into a folder: whole ones as they are, damaged ones made again."""
    stale = set(found.stale_evidence)
    damaged = {*found.damaged, *stale}
    if embed_again:
        files = found.manifest.files
        damaged |= {name for name in files if name.endswith(VECTOR_FILES) or name.startswith(f"{CODES_FOLDER}/")}
    for name in found.manifest.files:
        if name not in damaged and not (name.startswith(KEYWORDS_FOLDER) and _touches(damaged, KEYWORDS_FOLDER)):
            target.link(found.folder / name, name)
    for name in found.damaged_stores:
        (target.folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found.backup_of(name), target.folder / name)
    homes = [target.folder / PARTS_FOLDER / entry.name for entry in found.manifest.parts]
    for home in homes:
        named = {name: f"{PARTS_FOLDER}/{home.name}/{name}" for name in (*VECTOR_FILES, SIGNATURES_FILE)}
        if any(named[name] in damaged for name in VECTOR_FILES):
            for name in VECTOR_FILES:
                (home / name).unlink(missing_ok=True)
            derive_vectors(home, home, embedder, progress)
        if named[SIGNATURES_FILE] in damaged:
            derive_signatures(home, home, steps.sign)
        if f"{PARTS_FOLDER}/{home.name}/{EVIDENCE_FILE}" in stale:
            progress(0, None, "整理各地举措")
            derive_evidence(home, home)
    derive_codes(target.folder, [home.name for home in homes if codes_file(home.name) in damaged])
    if _touches(damaged, KEYWORDS_FOLDER):
        derive_keywords(homes, target.folder / KEYWORDS_FOLDER, progress)
    if DUPLICATES_FILE in damaged:
        derive_copies(target.folder, found.manifest.parts, None, frozenset(), frozenset())


def has_same_vectors(found: Published, embedder: Embedder) -> bool:
    """Whether this embedder gives the vectors that the index holds: one text is embedded to find that out.

    A model may be trained anew under the same name; damaged vectors tell nothing and are made again in any case.
    """
    for entry in found.manifest.parts:
        home = found.folder / PARTS_FOLDER / entry.name
        if not entry.chunks or any(name.startswith(f"{PARTS_FOLDER}/{entry.name}/") for name in found.damaged):
            continue
        with closing(PartStore.open(home / STORE_FILE)) as store:
            text = store.first_search_text()
        again = embedder.embed([text])[0]
        if float(again @ again):
            return float(again @ Vectors.open(home).rows.matrix(0, 1)[0]) >= _SAME_VECTOR * float(again @ again)
    return True


def _touches(damaged: set[str], folder: str) -> bool:
    return any(name.startswith(f"{folder}/") for name in damaged)
