"""A model of words and pairs whose vectors can be worked out by eye."""

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from index.pair_bags import PairBags
from index.training.folder import write_folder
from index.two_bags import TABLES_FILE
from index.word_bags import WordBags

WORDS = WordBags(["人", "厂", "工人"])
# In the order of their code points: 人, 厂; 工人, 工厂.
PAIRS = PairBags(
    np.array(sorted(map(ord, "人厂")), dtype=np.uint16),
    np.array(sorted(ord("工") << 16 | ord(second) for second in "人厂"), dtype=np.uint32),
)


def tiny_model(folder: Path) -> Path:
    """As words 人 is north, 厂 west and 工人 twice east; of the rest only the pair 工厂 counts, four times upwards."""
    words = np.array([[0, 1, 0, 0], [-1, 0, 0, 0], [2, 0, 0, 0]], dtype=np.int8)
    pairs = np.array([[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 2, 0]], dtype=np.int8)
    write_folder(folder, WORDS, PAIRS, [words.astype(np.float32), pairs.astype(np.float32)])
    # Whole numbers with factors of 1 and 2, which bytes hold exactly.
    tables = load_file(folder / TABLES_FILE)
    exact = {"word_rows": words, "pair_rows": pairs, "factors": np.array([1, 2], dtype=np.float32)}
    save_file({**tables, **exact}, folder / TABLES_FILE)
    return folder
