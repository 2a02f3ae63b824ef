"""What is wrong with a text, as codes with the reason that a reader is shown."""

from __future__ import annotations

from collections.abc import Sequence

from index.cleaning.spun import find_spinning
from index.quality.truncation import find_truncation
from index.types import Noise


def quality_findings(text: str, noise: Sequence[Noise]) -> tuple[tuple[str, str], ...]:
    """The quality codes of a text ("spun", "truncated"), each with its reason in Chinese; `noise` is what cleaning found."""
    found = []
    if spinning := find_spinning(text):
        found.append(("spun", spinning))
    if truncation := find_truncation(text, noise):
        found.append(("truncated", truncation))
    return tuple(found)
