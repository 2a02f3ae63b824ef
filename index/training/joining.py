"""Two tables, each trained alone, turned into one space of as many dimensions as either."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.training.bags import Bags
from index.training.learning import Table


def joined(tables: Sequence[Table], sample: Sequence[Bags]) -> list[Table]:
    """The tables such that sums of mean rows keep the inner products of the vectors set side by side, as far as they can.

    The directions are the first principal ones (uncentred) of the texts in `sample`, one `Bags` a table; each table counts
    alike, whatever the length of its vectors.
    """
    import torch

    means = []
    for table, bags in zip(tables, sample, strict=True):
        module = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(table), mode="mean")
        means.append(module(torch.from_numpy(bags.tokens), torch.from_numpy(bags.starts[:-1].astype(np.int32))).numpy())
    lengths = [float(np.linalg.norm(mean, axis=1).mean()) for mean in means]
    beside = np.concatenate([mean / length for mean, length in zip(means, lengths, strict=True)], axis=1)
    beside /= np.maximum(np.linalg.norm(beside, axis=1, keepdims=True), 1e-9)
    _, axes = np.linalg.eigh(beside.T @ beside)
    first, found = 0, []
    for table, length in zip(tables, lengths, strict=True):
        width = table.shape[1]
        found.append(np.ascontiguousarray(table / length @ axes[first : first + width, ::-1][:, :width]))
        first += width
    return found
