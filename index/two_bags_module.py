"""The shipped model as a module of sentence-transformers, by torch: for its trainer and for whoever uses the folder alone.

`SentenceTransformer(folder, trust_remote_code=True)` imports this file, because the folder's modules.json names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load_file
from sentence_transformers.base.modules.input_module import InputModule
from torch import Tensor, nn

from index.pair_bags import PairBags
from index.training.bags import Cutter
from index.training.folder import write_folder
from index.two_bags import TABLES_FILE, WORDS_FILE
from index.word_bags import WordBags


class TwoBagsModule(InputModule):  # type: ignore[misc]
    """Mean word vector plus mean pair vector, scaled to length 1."""

    def __init__(self, words: WordBags, pairs: PairBags, tables: Sequence[Tensor]) -> None:
        super().__init__()
        self.words, self.pairs = words, pairs
        self._cutters: tuple[Cutter, ...] = (words, pairs)
        self.tables = nn.ModuleList(nn.EmbeddingBag.from_pretrained(table, freeze=False) for table in tables)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: Any) -> TwoBagsModule:
        """Reads the folder that `index.training.folder` writes."""
        folder = Path(model_name_or_path) / subfolder
        held = load_file(folder / TABLES_FILE)
        words = WordBags((folder / WORDS_FILE).read_text(encoding="utf-8").split("\n"))
        rows = (held["word_rows"], held["pair_rows"])
        tables = [
            torch.from_numpy(row.astype(np.float32) * factor) for row, factor in zip(rows, held["factors"], strict=True)
        ]
        return cls(words, PairBags(held["singles"], held["pairs"]), tables)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Writes the folder, the tables in bytes."""
        tables = [np.asarray(table.weight.detach().numpy()) for table in self.tables]
        write_folder(Path(output_path), self.words, self.pairs, tables)

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> dict[str, Tensor]:
        """The tokens of both kinds and where those of each text begin."""
        texts = [f"{prompt or ''}{text}" for text in inputs]
        features: dict[str, Tensor] = {}
        for number, cutter in enumerate(self._cutters):
            tokens, starts = cutter.bags(texts)
            features[f"input_ids_{number}"] = torch.from_numpy(tokens)
            features[f"offsets_{number}"] = torch.from_numpy(starts[:-1].astype(np.int32))
        return features

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        """Adds `sentence_embedding`, (texts, dimension)."""
        parts = [
            table(features[f"input_ids_{number}"], features[f"offsets_{number}"])
            for number, table in enumerate(self.tables)
        ]
        features["sentence_embedding"] = nn.functional.normalize(torch.stack(parts).sum(dim=0), dim=-1)
        return features

    def get_embedding_dimension(self) -> int:
        """The length of a vector."""
        return int(self.tables[0].embedding_dim)
