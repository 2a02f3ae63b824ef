"""Settings of the index as one frozen value; the environment is read at the door only (`cli.py`, `ui.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingsError

DEFAULT_FOLDER = Path(".changai")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index lies and how chunks are made.

    `chunk_tokens` is the budget of a chunk in tokens of `token_encoding`; `embedder` is None for the shipped model, or
    the name or folder of any sentence-transformers model. `reranker` names a CrossEncoder of sentence-transformers that
    orders the best passages anew; None, the default, leaves them as the ranker has them.
    """

    folder: Path = DEFAULT_FOLDER
    embedder: str | None = None
    token_encoding: str = "changai16k"
    chunk_tokens: int = 200
    reranker: str | None = None

    def __post_init__(self) -> None:
        if not 32 <= self.chunk_tokens <= 4096:
            raise SettingsError(f"分块长度 {self.chunk_tokens} 不在 32 到 4096 之间，请改小或改大后重试。")

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str], folder: Path | None = None, embedder: str | None = None
    ) -> Settings:
        """Settings from the given environment (CHANGAI_INDEX, CHANGAI_EMBEDDER, CHANGAI_RERANKER); arguments win over it."""
        place = folder or (Path(environment["CHANGAI_INDEX"]) if environment.get("CHANGAI_INDEX") else DEFAULT_FOLDER)
        return cls(
            folder=place,
            embedder=embedder or environment.get("CHANGAI_EMBEDDER") or None,
            reranker=environment.get("CHANGAI_RERANKER") or None,
        )
