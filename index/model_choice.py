"""Which embedding model belongs to an index: the one it was built with, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError
from index.manifest import Manifest
from index.settings import Settings

if TYPE_CHECKING:
    from index.embedding import Embedder

Load = Callable[[str | None], "Embedder"]


@dataclass(frozen=True, slots=True)
class ModelOfIndex:
    """An embedding model with the setting that it is loaded by."""

    setting: str | None
    embedder: Embedder

    @property
    def is_light(self) -> bool:
        """Whether every reading process can load the model for itself; a heavy one is loaded once, by the writer."""
        from index.embedding import StaticEmbedder
        from index.two_bags import TwoBags

        return isinstance(self.embedder, StaticEmbedder | TwoBags)


def setting_name(setting: str | None) -> str | None:
    """`Settings.embedder` as an index records it: a folder by its whole path, a name as it stands."""
    return str(Path(setting).resolve()) if setting and Path(setting).is_dir() else setting


def embedder_for(manifest: Manifest, settings: Settings, load: Load) -> Embedder:
    """Loads the model that the index was built with.

    Raises ModelError when the settings name another one, or when that name now gives another model.
    """
    wanted = setting_name(settings.embedder)
    embedder = load(manifest.embedder_setting if names_same_model(manifest, settings) else wanted)
    if (embedder.name, embedder.dimension) != (manifest.embedder, manifest.dimension):
        raise ModelError(
            f"索引是用嵌入模型 {manifest.embedder}（{manifest.dimension} 维）建立的，现在要用的却是 "
            f"{embedder.name}（{embedder.dimension} 维）；"
            "请改回原来的模型，或用 changai build 文件夹 重建索引。"
        )
    return embedder


def names_same_model(manifest: Manifest, settings: Settings) -> bool:
    """Whether the settings name no model, or by the look of the name the one of the index."""
    wanted = setting_name(settings.embedder)
    return wanted is None or wanted in {manifest.embedder_setting, manifest.embedder}
