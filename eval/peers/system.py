"""What a compared system is, and the job that it is given; imported by both sides, so the standard library alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

Track = Literal["stock", "injected", "chinese"]
TRACKS: tuple[Track, ...] = get_args(Track)
# How many passages a system is asked for: enough for ten different documents in every track. The libraries' own defaults
# (2 to 10) would cap recall@10 by themselves.
DEPTH = 50


@dataclass(frozen=True, slots=True)
class Setting:
    """What a skilled user would turn: the size of a piece in characters, and the keyword leg's share of the fusion."""

    characters: int
    keyword_weight: float

    def told(self) -> str:
        """The setting in Chinese."""
        return f"块长 {self.characters} 字，关键词权重 {self.keyword_weight:g}"


# The same few for every library, so that none is tuned harder than another. The last two leave the vectors out: where the
# dense leg is the weaker one, a skilled user finds that fusion costs more than it gives.
SETTINGS = (
    Setting(300, 0.5),
    Setting(300, 0.8),
    Setting(500, 0.7),
    Setting(1000, 0.8),
    Setting(300, 1.0),
    Setting(1000, 1.0),
)


@dataclass(frozen=True, slots=True)
class Handed:
    """One text that a system ingests: a whole document, or in the second track one of our chunks; `id` is the document's."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Job:
    """What a process shall do: its track, its setting (third track only), and the files with the texts.

    `documents` is a `.jsonl` corpus of whole documents, `chunks` one of our chunks (second track), and `folder` an empty
    one for what the system writes.
    """

    track: Track
    documents: str
    folder: str
    chunks: str = ""
    setting: int = 0

    def as_json(self) -> dict[str, Any]:
        """The job as a JSON object; `Job(**…)` reads it back."""
        return asdict(self)

    def texts_path(self) -> Path:
        """The file whose texts the system ingests."""
        return Path(self.chunks if self.track == "injected" else self.documents)


class System(Protocol):
    """A system ready to ingest: its libraries are imported and its models loaded."""

    @property
    def about(self) -> str:
        """What it is made of, in Chinese, for the report."""
        ...

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Cut, embed and index the texts; the number of passages made."""
        ...

    def search(self, query: str) -> Sequence[str]:
        """The document ids of up to `DEPTH` passages, best first, with repetitions."""
        ...
