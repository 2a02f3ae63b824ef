"""Votes that overlap become disjoint spans."""

from __future__ import annotations

from collections.abc import Iterable

from index.types import Noise


def merge_noise(votes: Iterable[Noise], length: int) -> tuple[Noise, ...]:
    """The votes within [0, length), sorted and disjoint; where two overlap the one that begins first keeps its part."""
    merged: list[Noise] = []
    at = 0
    for vote in sorted(votes, key=lambda vote: (vote.start, -vote.end, vote.reason)):
        start, end = max(vote.start, at, 0), min(vote.end, length)
        if start < end:
            merged.append(Noise(start, end, vote.reason))
            at = end
    return tuple(merged)
