"""From texts to vectors: the shipped model, read by numpy, or any model of sentence-transformers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.two_bags import TwoBags, is_two_bags

SHIPPED_MODEL = Path(__file__).parent / "model"
SHIPPED_NAME = "changai-static-zh"

_BLOCK_TEXTS = 1_024


class Embedder(Protocol):
    """Turns texts, already in the search form, into vectors.

    `name` tells two models apart (an index remembers it); `dimension` is the length of a vector.
    """

    @property
    def name(self) -> str:
        """The name that an index remembers."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimension), of length 1; a text of no known word gives zeros."""
        ...


class StaticEmbedder:
    """The mean of one vector a token, read from a StaticEmbedding folder without torch.

    The name carries a checksum of the files, so that an index notices a model that was trained anew.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        """Load tokenizer.json and model.safetensors; raises ModelError when one is missing or damaged."""
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        try:
            vocabulary = (folder / "tokenizer.json").read_bytes()
            weights = (folder / "model.safetensors").read_bytes()
            self._tokenizer: Any = Tokenizer.from_buffer(vocabulary)
            self._weights = _token_vectors(load(weights))
        # The tokenizers library raises plain Exception for a damaged file, so nothing narrower will do.
        except Exception as error:
            raise ModelError(
                f"向量模型文件夹 {folder} 无法读取（{type(error).__name__}）；"
                "请确认其中的 tokenizer.json 和 model.safetensors 完整，或重新安装本程序。"
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._name = f"{name or folder.name}@{crc32(weights, crc32(vocabulary)):08x}"

    @property
    def name(self) -> str:
        """The name that an index remembers."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._weights.shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimension), of length 1; a text of no known word gives zeros."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BLOCK_TEXTS):
            block = [_whole(text) for text in texts[start : start + _BLOCK_TEXTS]]
            encoded = self._tokenizer.encode_batch_fast(block, add_special_tokens=False)
            self._fill(vectors[start : start + len(encoded)], [one.ids for one in encoded])
        return unit_rows(vectors)

    def _fill(self, rows: NDArray[np.float32], bags: Sequence[Sequence[int]]) -> None:
        """Write the mean token vector of each bag into its row; an empty bag leaves its row at zero."""
        # One text's vectors stay in the processor's cache; those of many at once take four times as long.
        room = np.empty((max(map(len, bags), default=0), self.dimension), dtype=np.float32)
        for row, bag in zip(rows, bags, strict=True):
            if bag:
                gathered = self._weights.take(bag, axis=0, out=room[: len(bag)], mode="clip")
                np.add.reduce(gathered, axis=0, out=row)
                np.divide(row, len(bag), out=row)


class SentenceTransformerEmbedder:
    """Any model that sentence-transformers can load; needs the extra `models`."""

    def __init__(self, name: str) -> None:
        """Load the model; raises ModelError when the extra or the model is missing."""
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(
                f"向量模型「{name}」需要 sentence-transformers，尚未安装；"
                '请执行 pip install "changai[models]" 后重试，或不指定模型以使用自带模型。'
            ) from error
        try:
            self._model: Any = SentenceTransformer(
                name, trust_remote_code=False, local_files_only=not _can_be_fetched(name)
            )
        # A name that cannot be loaded surfaces as one of a dozen unrelated types of three libraries.
        except Exception as error:
            raise ModelError(
                f"向量模型「{name}」加载失败（{type(error).__name__}）；请检查文件夹路径或模型名，"
                "离线时请先把模型下载到本机再用其文件夹路径，或不指定模型以使用自带模型。"
            ) from error
        self._name = name

    @property
    def name(self) -> str:
        """The name that an index remembers."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimension), of length 1."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode([_whole(text) for text in texts], convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))


def load_embedder(name: str | None = None) -> Embedder:
    """The embedder of this name: None is the shipped model; it and any StaticEmbedding folder are read without torch.

    Raises ModelError, with the remedy, when it cannot be loaded.
    """
    if name is None:
        return _shipped()
    if is_two_bags(Path(name)):
        return TwoBags(Path(name))
    if _is_static(Path(name)):
        return StaticEmbedder(Path(name))
    return SentenceTransformerEmbedder(name)


# A server opens its index anew with every change; the model stays the same.
@lru_cache(maxsize=1)
def _shipped() -> TwoBags:
    return TwoBags(SHIPPED_MODEL, SHIPPED_NAME)


def _can_be_fetched(name: str) -> bool:
    """Whether a model hub answers for this name: asked once, because the loader would ask for more than a minute."""
    from huggingface_hub import HfApi

    if Path(name).exists():
        return False
    try:
        # A name without an owner is one of the library's own models.
        HfApi().model_info(name if "/" in name else f"sentence-transformers/{name}", timeout=5)
    # No network, no such model, no legal name: the loader then looks on this machine alone and tells what it misses.
    except Exception:
        return False
    return True


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows scaled to length 1; a row of zeros stays as it is, so that no NaN arises."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)


def _whole(text: str) -> str:
    """The text with half surrogates, which no tokenizer takes, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _token_vectors(tensors: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
    """One row a token, from either form that StaticEmbedding reads: plain weights, or rows with a scale each.

    In the second form (model2vec's) `embeddings` may hold small integers, `weights` the factor of each token,
    and `mapping` the row of each token where several share one. Raises KeyError when neither form is there.
    """
    if "embedding.weight" in tensors:
        return tensors["embedding.weight"].astype(np.float32)
    rows = tensors["embeddings"]
    if "mapping" in tensors:
        rows = rows[tensors["mapping"]]
    if "weights" in tensors:
        return np.asarray(rows.astype(np.float32) * tensors["weights"][:, None], dtype=np.float32)
    return rows.astype(np.float32)


def _is_static(folder: Path) -> bool:
    """Whether a folder's modules.json holds a StaticEmbedding at its root and, at most, a Normalize."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
        root = modules[0]["path"] in ("", ".")
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return False
    return root and kinds[0] == "StaticEmbedding" and set(kinds[1:]) <= {"Normalize"}
