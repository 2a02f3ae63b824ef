"""The runs of a comparison: which system in which track, in an order that turns with every repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from eval.peers.system import TRACKS, Track

OURS = "changai"
OUR_VECTORS = "changai-vectors"
PEERS = ("langchain", "llamaindex", "haystack", "txtai")
NAMES = {
    OURS: "本系统",
    OUR_VECTORS: "本系统（只用向量）",
    "langchain": "LangChain",
    "llamaindex": "LlamaIndex",
    "haystack": "Haystack",
    "txtai": "txtai",
}
_MODULES = {OURS: "own_peer", OUR_VECTORS: "own_vectors_peer"}

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One system in one track. Ours does the same in every track, so it runs once and stands in all of them."""

    system: str
    track: Track

    @property
    def module(self) -> str:
        """The module that serves the system."""
        return f"eval.peers.{_MODULES.get(self.system, f'{self.system}_peer')}"

    @property
    def is_ours(self) -> bool:
        """Whether the main environment runs it."""
        return self.system in _MODULES


def entries(tracks: Sequence[Track] = TRACKS, peers: Sequence[str] = PEERS) -> tuple[Entry, ...]:
    """Everything that a repeat runs: ours once, our vector leg in the second track, every peer in every track."""
    ours = [Entry(OURS, tracks[0])]
    vectors = [Entry(OUR_VECTORS, "injected")] if "injected" in tracks else []
    return (*ours, *vectors, *(Entry(peer, track) for track in tracks for peer in peers))


def rotated(items: Sequence[T], repeat: int, repeats: int) -> list[T]:
    """The items beginning at another place in each repeat, so that none always runs first or last.

    Over the repeats the beginnings are spread evenly: with r repeats, repeat i begins at ⌊i · n / r⌋.
    """
    start = repeat * len(items) // max(repeats, 1)
    return [*items[start:], *items[:start]]
