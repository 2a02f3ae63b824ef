"""Writing the model folder in the form that sentence-transformers 6 reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# The paths of version 6 on purpose: an older reader knows no factors and must fail rather than go wrong.
_EMBEDDING = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_NORMALIZE = "sentence_transformers.base.modules.normalize.Normalize"
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": _EMBEDDING},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": _NORMALIZE},
]
_CONFIG = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def write_folder(folder: Path, tokenizer: Tokenizer, weights: NDArray[np.float32]) -> None:
    """Write the modules, the tokenizer and the weights (a byte a number), readable by every user."""
    from safetensors.numpy import save_file

    normalize = folder / "1_Normalize"
    normalize.mkdir(parents=True, exist_ok=True)
    _write(folder / "modules.json", _MODULES)
    _write(folder / "config_sentence_transformers.json", _CONFIG)
    _write(normalize / "config.json", {})
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    save_file(quantised(weights), folder / "model.safetensors")
    for file in (path for path in folder.rglob("*") if path.is_file()):
        file.chmod(0o644)


def quantised(weights: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Rows as int8 in `embeddings`, the factor of each row in `weights`: the form of quantised model2vec models.

    The reader multiplies them to single precision. Half floats would be twice as large, and the library would
    compute with them in half precision, where the vector of an empty text becomes NaN.
    """
    factors = np.maximum(np.abs(weights).max(axis=1), np.finfo(np.float32).tiny * 127) / 127
    rows = np.rint(weights / factors[:, None]).astype(np.int8)
    return {"embeddings": rows, "weights": factors.astype(np.float32)}


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
