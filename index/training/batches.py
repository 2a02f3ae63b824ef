"""Batches over all sources at once, each source with its share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.training.reading import Source
from index.training.sources import Drawn

_APART = 10_000_000


def batches(sources: Sequence[Source], size: int, steps: int, random: np.random.Generator) -> Iterator[Drawn]:
    """So many batches of about `size` pairs; texts of different sources are negatives of each other."""
    weights = np.array([source.weight for source in sources])
    for _ in range(steps):
        counts = random.multinomial(size, weights / weights.sum())
        drawn = [source.draw(int(count), random) for source, count in zip(sources, counts, strict=True) if count]
        groups: list[NDArray[np.int64]] = [one.group + number * _APART for number, one in enumerate(drawn)]
        yield Drawn(
            [text for one in drawn for text in one.left],
            [text for one in drawn for text in one.right],
            [text for one in drawn for text in one.others],
            np.concatenate(groups),
        )
