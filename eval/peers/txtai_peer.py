"""txtai in the three tracks; runs in the peers' own environment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.peers.embedding import SharedModel
from eval.peers.pieces import pieces
from eval.peers.serving import serve
from eval.peers.system import DEPTH, SETTINGS, Handed, Job

PACKAGES = ("txtai", "transformers", "torch", "faiss-cpu")


class Txtai:
    """One embeddings database; the tracks differ in its configuration and in how texts are cut."""

    def __init__(
        self, about: str, configuration: dict[str, Any], characters: int = 0, keyword_weight: float = 0.0
    ) -> None:
        from txtai import Embeddings

        self.about = about
        self._characters, self._keyword_weight = characters, keyword_weight
        self._embeddings = Embeddings(**configuration)
        self._owners: list[str] = []

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Cuts where the track says so, and indexes."""
        cut = [(each.id, part) for each in texts for part in self._parts(each.text)]
        self._owners = [owner for owner, _ in cut]
        self._embeddings.index((number, part, None) for number, (_, part) in enumerate(cut))
        return len(cut)

    def search(self, query: str) -> Sequence[str]:
        """The documents of the rows found."""
        # The library's weight is the dense leg's.
        found = self._embeddings.search(query, DEPTH, weights=1 - self._keyword_weight)
        return [self._owners[number] for number, _ in found]

    def _parts(self, text: str) -> list[str]:
        return pieces(text, self._characters) if self._characters else [text]


def probe() -> str:
    """The embeddings database of the first tutorial, with its default model."""
    from txtai import Embeddings

    Embeddings().index(["一句话。"])
    return "Embeddings() 默认模型"


def make(job: Job) -> Txtai:
    """The system of a job's track."""
    if job.track == "stock":
        return Txtai("Embeddings(keyword=True) 默认（BM25，按 Unicode 词界切）；整篇为一行", {"keyword": True})
    model = SharedModel()

    # The library takes a plain function and would call any other object first.
    def transform(texts: Sequence[str]) -> NDArray[np.float32]:
        return model.vectors(texts)

    dense: dict[str, Any] = {"method": "external", "transform": transform, "faiss": {"components": "IDMap,Flat"}}
    if job.track == "injected":
        return Txtai("我们的分块与向量（external 方法）＋ faiss 精确索引", dense)
    setting = SETTINGS[job.setting]
    scoring = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"ngrams": 2}}
    about = f"整句打包切分＋二字词 BM25（ngrams=2）＋ faiss（我们的向量）混合检索；{setting.told()}"
    return Txtai(about, {**dense, "scoring": scoring}, setting.characters, setting.keyword_weight)


if __name__ == "__main__":
    serve(make, PACKAGES, probe)
