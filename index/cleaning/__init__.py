"""Which parts of a page are not its text: cleaners vote on spans with a reason, they never alter a character."""

from __future__ import annotations

from index.cleaning.merge import merge_noise
from index.cleaning.repeats import find_repeats
from index.cleaning.residue import find_residue
from index.cleaning.shells import find_shell
from index.cleaning.spam import find_spam
from index.cleaning.splices import find_splices
from index.types import Noise

__all__ = ["find_noise", "merge_noise"]


def find_noise(text: str) -> tuple[Noise, ...]:
    """The spans voted out, sorted and disjoint, each with its reason in Chinese."""
    votes: list[Noise] = []
    for find in (find_shell, find_residue, find_repeats, find_splices, find_spam):
        votes.extend(find(text))
    return merge_noise(votes, len(text))
