"""Writing the model folder: its lists, its tables in bytes, and what sentence-transformers 6 needs to load it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.pair_bags import PairBags
from index.two_bags import TABLES_FILE, WORDS_FILE
from index.word_bags import WordBags

_MODULES = [{"idx": 0, "name": "0", "path": "", "type": "index.two_bags_module.TwoBagsModule"}]
_CONFIG = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}
# The few numbers beyond this share of all are cut off, so that the step between two bytes stays small.
_WHOLE = 0.99999


def write_folder(folder: Path, words: WordBags, pairs: PairBags, tables: list[NDArray[np.float32]]) -> None:
    """Write everything but the card, readable by every user."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / WORDS_FILE).write_text("\n".join(words.words), encoding="utf-8")
    rows, factors = zip(*(in_bytes(table) for table in tables), strict=True)
    held = {
        "singles": pairs.singles,
        "pairs": pairs.pairs,
        "word_rows": rows[0],
        "pair_rows": rows[1],
        "factors": np.array(factors, dtype=np.float32),
    }
    save_file(held, folder / TABLES_FILE)
    for name, content in (("modules.json", _MODULES), ("config_sentence_transformers.json", _CONFIG)):
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for file in (path for path in folder.rglob("*") if path.is_file()):
        file.chmod(0o644)


def in_bytes(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], float]:
    """The table as signed bytes and the factor that makes its numbers of them; one factor, so that bytes can be added."""
    factor = float(np.quantile(np.abs(table), _WHOLE)) / 127
    return np.clip(np.rint(table / factor), -127, 127).astype(np.int8), factor
