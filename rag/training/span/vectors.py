"""Vectors of words that were not trained with the network: by their neighbours, and of the shipped embedding model.

The first tell kinds of words apart (a year, a surname, a unit): weighted neighbours at each of four distances, and their
first singular directions (Levy and Goldberg, "Neural word embedding as implicit matrix factorization", 2014).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.training.texts import records
from rag.span.tokens import NUMBER, OTHER, Cutter

TYPED, SHIPPED = 80, 48
_NEIGHBOURS = 6000
_ROUNDS = 4
_SCALE = 4.0
Floats = NDArray[np.float32]


def texts(shared: Path) -> Iterator[str]:
    """News, and the passages of the training halves of the reading sets; CMRC's thrice, as they are few."""
    data = shared / "data"
    for record in records(data / "train" / "news_titles.jsonl.gz"):
        yield record["text"]
    for number, record in enumerate(records(data / "crud" / "passages.jsonl.gz")):
        if number % 2 == 0:
            yield record["text"]
    for record in records(data / "cmrc2018" / "passages.jsonl"):
        if record["id"].startswith("TRAIN"):
            yield from [record["text"]] * 3
    for record in records(data / "cail2019" / "passages.jsonl"):
        if "_dev_" in record["id"]:
            yield record["text"]


def stream(cutter: Cutter, every: Iterable[str]) -> NDArray[np.int64]:
    """The numbers of all words in order; three times `cutter.size`, which is no word, between two texts."""
    gap = np.full(3, cutter.size, dtype=np.int32)
    return np.concatenate([part for text in every for part in (cutter.cut(text).words, gap)]).astype(np.int64)


def rarity(cutter: Cutter, counts: NDArray[np.int64]) -> Floats:
    """0 for the commonest words, 1 for those said less than once in 160,000 words; figures stand between."""
    rare = np.clip((np.log(counts.sum() / (counts + 1)) - 4) / 8, 0, 1).astype(np.float32)
    rare[len(cutter.words) + NUMBER : len(cutter.words) + OTHER] = 0.6
    return np.asarray(rare, dtype=np.float32)


def table(cutter: Cutter, words: NDArray[np.int64], shipped: NDArray[np.int8]) -> tuple[NDArray[np.int8], Floats]:
    """Signed bytes (cutter.size, TYPED + SHIPPED), and the factor of each column."""
    counts = np.bincount(words, minlength=cutter.size + 1)[: cutter.size]
    whole = np.zeros((cutter.size, TYPED + SHIPPED), dtype=np.float32)
    whole[:, :TYPED] = _unit(_typed(words, counts))
    whole[: len(cutter.words), TYPED:] = _unit(_narrowed(shipped, counts[: len(cutter.words)]))
    whole *= _SCALE
    factors = np.asarray(np.abs(whole).max(0) / 127, dtype=np.float32)
    return np.round(whole / factors).astype(np.int8), factors


def _typed(words: NDArray[np.int64], counts: NDArray[np.int64]) -> Floats:
    size = len(counts)
    place = np.full(size + 1, -1)
    place[np.argsort(-counts, kind="stable")[:_NEIGHBOURS]] = np.arange(_NEIGHBOURS)
    blocks = []
    for distance in (1, 2):
        before, after = words[:-distance], words[distance:]
        blocks += [_information(before, place[after], size), _information(after, place[before], size)]
    matrix = sparse.hstack(blocks).tocsr()
    turned = matrix.T.tocsr()
    # Halko et al. 2011: a few rounds of powers of a random start, then the singular directions of what is left.
    start = np.random.default_rng(1).standard_normal((matrix.shape[1], 120)).astype(np.float32)
    found = matrix @ start
    for _ in range(_ROUNDS):
        across, _ = np.linalg.qr(turned @ np.linalg.qr(found)[0])
        found = matrix @ across
    left, strength, _ = np.linalg.svd(found, full_matrices=False)
    return np.asarray((left * np.sqrt(strength))[:, :TYPED], dtype=np.float32)


def _information(words: NDArray[np.int64], neighbours: NDArray[np.int64], size: int) -> sparse.csr_matrix:
    """Positive pointwise mutual information of word and neighbour, from pairs seen twice."""
    known = (words < size) & (neighbours >= 0)
    pairs, times = np.unique(words[known] * _NEIGHBOURS + neighbours[known], return_counts=True)
    pairs, times = pairs[times >= 2], times[times >= 2].astype(np.float64)
    row, column = pairs // _NEIGHBOURS, pairs % _NEIGHBOURS
    of_row = np.bincount(row, weights=times, minlength=size)
    of_column = np.bincount(column, weights=times, minlength=_NEIGHBOURS) ** 0.75
    value = np.log(times / of_row[row] / (of_column / of_column.sum())[column])
    told = value > 0
    return sparse.csr_matrix((value[told].astype(np.float32), (row[told], column[told])), shape=(size, _NEIGHBOURS))


def _narrowed(shipped: NDArray[np.int8], counts: NDArray[np.int64]) -> Floats:
    rows = _unit(shipped.astype(np.float32))
    _, directions = np.linalg.eigh((rows * np.sqrt(counts)[:, None]).T @ rows)
    return np.asarray(rows @ directions[:, ::-1][:, :SHIPPED], dtype=np.float32)


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
