"""The shipped embedding model: the mean vector of a text's words plus that of its characters and pairs of them.

Words keep names whole, overlapping pairs meet whatever a list of words cuts otherwise; each alone finds a few per cent less
(index/training/README.md). Both tables hold signed bytes with one factor a table, which are added exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.byte_rows import ByteRows
from index.errors import ModelError
from index.pair_bags import PairBags
from index.word_bags import Bags, WordBags

WORDS_FILE = "words.txt"
TABLES_FILE = "model.safetensors"
_AT_ONCE = 512


class TwoBags:
    """An embedder that reads its folder without torch.

    The name carries a checksum of the files, so that an index notices a model that was trained anew.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        """Loads the words and the tables; raises ModelError when one is missing or damaged."""
        from safetensors.numpy import load

        try:
            words = (folder / WORDS_FILE).read_bytes()
            tables = (folder / TABLES_FILE).read_bytes()
            held = load(tables)
            self._words = WordBags(words.decode("utf-8").split("\n"))
            self._pairs = PairBags(held["singles"], held["pairs"])
            self._word_rows, self._pair_rows = ByteRows(held["word_rows"]), ByteRows(held["pair_rows"])
            self._factors = tuple(float(factor) for factor in held["factors"])
            _check_sizes(self._words, self._word_rows, self._pairs, self._pair_rows)
        # The reader of the tables raises an error of its own, which has no name outside it.
        except Exception as error:
            raise ModelError(
                f"向量模型文件夹 {folder} 无法读取（{type(error).__name__}）；"
                f"请确认其中的 {WORDS_FILE} 和 {TABLES_FILE} 完整，或重新安装本程序。"
            ) from error
        self._name = f"{name or folder.name}@{crc32(tables, crc32(words)):08x}"

    @property
    def name(self) -> str:
        """The name that an index remembers."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._word_rows.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimension), of length 1; a text of no known word gives zeros."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            block = [_whole(text) for text in texts[start : start + _AT_ONCE]]
            words = _means(self._word_rows, self._words.bags(block))
            pairs = _means(self._pair_rows, self._pairs.bags(block))
            vectors[start : start + len(block)] = self._factors[0] * words + self._factors[1] * pairs
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)


def is_two_bags(folder: Path) -> bool:
    """Whether a folder holds a model of this kind."""
    return (folder / WORDS_FILE).is_file() and (folder / TABLES_FILE).is_file()


def _means(rows: ByteRows, bags: Bags) -> NDArray[np.float32]:
    tokens, starts = bags
    counts = np.maximum(np.diff(starts), 1).astype(np.float32)
    return np.asarray(rows.sums(tokens, starts) / counts[:, None], dtype=np.float32)


def _check_sizes(words: WordBags, word_rows: ByteRows, pairs: PairBags, pair_rows: ByteRows) -> None:
    if (len(words), len(pairs)) != (word_rows.rows, pair_rows.rows) or word_rows.dimension != pair_rows.dimension:
        raise ValueError("the tables do not fit the lists")
    if "" in words.words:
        raise ValueError("the list of words has an empty line")


def _whole(text: str) -> str:
    """The text with half surrogates, which no word list takes, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
