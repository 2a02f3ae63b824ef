"""Settings of the index as one frozen value; the environment is read at the door only (`cli.py`, `ui.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingsError

DEFAULT_FOLDER = Path(".changai")
# Of a hundred questions that the library does not answer, so many may get an answer all the same.
ERROR_RATE = 0.05
LOWEST_RATE, HIGHEST_RATE = 0.01, 0.5
LONGEST_CONTACT = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index lies and how chunks are made.

    `chunk_tokens` is the budget of a chunk in tokens of `token_encoding`; `embedder` is None for the shipped model, or
    the name or folder of any sentence-transformers model. `reranker` names a CrossEncoder of sentence-transformers that
    orders the best passages anew; None, the default, leaves them as the ranker has them. `error_rate` is the share of
    questions without an answer in the library that may be answered all the same; `contact` is the line of the office
    that a refusal ends with, none by default.
    """

    folder: Path = DEFAULT_FOLDER
    embedder: str | None = None
    token_encoding: str = "changai16k"
    chunk_tokens: int = 200
    reranker: str | None = None
    error_rate: float = ERROR_RATE
    contact: str = ""

    def __post_init__(self) -> None:
        if not 32 <= self.chunk_tokens <= 4096:
            raise SettingsError(f"分块长度 {self.chunk_tokens} 不在 32 到 4096 之间，请改小或改大后重试。")
        if not LOWEST_RATE <= self.error_rate <= HIGHEST_RATE:
            raise SettingsError(
                f"错误率 {self.error_rate} 不在 {LOWEST_RATE} 到 {HIGHEST_RATE} 之间，请改小或改大后重试。"
            )
        if len(self.contact) > LONGEST_CONTACT or not self.contact.isprintable():
            raise SettingsError(f"联系方式「{self.contact[:20]}」须是一行且不超过 {LONGEST_CONTACT} 字，请改短后重试。")

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str],
        folder: Path | None = None,
        embedder: str | None = None,
        error_rate: str | None = None,
    ) -> Settings:
        """Settings from the given environment; arguments win over it.

        Read are CHANGAI_INDEX, CHANGAI_EMBEDDER, CHANGAI_RERANKER, CHANGAI_ERROR_RATE and CHANGAI_CONTACT.
        """
        place = folder or (Path(environment["CHANGAI_INDEX"]) if environment.get("CHANGAI_INDEX") else DEFAULT_FOLDER)
        return cls(
            folder=place,
            embedder=embedder or environment.get("CHANGAI_EMBEDDER") or None,
            reranker=environment.get("CHANGAI_RERANKER") or None,
            error_rate=_rate(error_rate or environment.get("CHANGAI_ERROR_RATE") or str(ERROR_RATE)),
            contact=environment.get("CHANGAI_CONTACT", "").strip(),
        )


def _rate(text: str) -> float:
    """A rate as a person writes it, 0.05 or 5%."""
    number = text.strip()
    try:
        return float(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    except ValueError as error:
        raise SettingsError(f"错误率「{text}」不是数，请写成 0.05 或 5% 这样后重试。") from error
