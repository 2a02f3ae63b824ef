"""What a writer begins from: the parts of the last generation, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.part import Part
from index.published import Published
from index.settings import Settings
from index.store import PARTS_FOLDER, Store


@dataclass(frozen=True, slots=True)
class Base:
    """The parts that a new generation takes over, their documents, and the model that their vectors are of."""

    store: Store
    settings: Settings
    embedder: str
    dimension: int
    parts: Mapping[str, Part] = field(default_factory=dict)
    next_part: int = 1

    @property
    def made_with(self) -> list[str | int]:
        """What must be the same for the work of a killed writer to be of use."""
        return [self.embedder, self.dimension, self.settings.token_encoding, self.settings.chunk_tokens]


def base_of(found: Published | None, settings: Settings, embedder: str, dimension: int) -> Base:
    """The parts of a published generation, for a writer with this model; none for None."""
    if found is None:
        return Base(Store({}, {}), settings, embedder, dimension)
    manifest = found.manifest
    parts = {entry.name: Part(found.folder / PARTS_FOLDER / entry.name, entry) for entry in manifest.parts}
    return Base(Store.open(found.folder, list(parts)), settings, embedder, dimension, parts, manifest.next_part)
