"""Haystack in the three tracks; runs in the peers' own environment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.peers.embedding import SharedModel
from eval.peers.pieces import BIGRAM_EXPRESSION, SEPARATORS
from eval.peers.serving import serve
from eval.peers.system import DEPTH, SETTINGS, Handed, Job

PACKAGES = ("haystack-ai", "numpy")


class Stock:
    """The default splitter with the in-memory BM25 retriever as it comes."""

    about = "DocumentSplitter 默认（200 词，按空白）＋ InMemoryBM25Retriever 默认（BM25L，汉字逐字切）"

    def __init__(self) -> None:
        from haystack.components.preprocessors import DocumentSplitter
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._splitter = DocumentSplitter()
        self._store = InMemoryDocumentStore()
        self._retriever = InMemoryBM25Retriever(self._store, top_k=DEPTH)

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Splits and writes."""
        self._splitter.warm_up()
        return int(self._store.write_documents(self._splitter.run(_documents(texts))["documents"]))

    def search(self, query: str) -> Sequence[str]:
        """The documents of the pieces found."""
        return _ids(self._retriever.run(query=query)["documents"])


class Injected:
    """Our chunks and our vectors in the in-memory store."""

    about = "我们的分块与向量（Document.embedding）＋ InMemoryEmbeddingRetriever"

    def __init__(self) -> None:
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._model = SharedModel()
        self._store = InMemoryDocumentStore(return_embedding=False)
        self._retriever = InMemoryEmbeddingRetriever(self._store, top_k=DEPTH)

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Embeds and writes the chunks."""
        return int(self._store.write_documents(_embedded(self._model, _documents(texts))))

    def search(self, query: str) -> Sequence[str]:
        """The documents of the nearest chunks."""
        return _ids(self._retriever.run(query_embedding=self._model.lists([query])[0])["documents"])


class Chinese:
    """Chinese separators, bigrams in BM25 by the store's expression, and the joiner's rank fusion."""

    def __init__(self, number: int) -> None:
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.preprocessors import RecursiveDocumentSplitter
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        setting = SETTINGS[number]
        self.about = (
            f"中文分隔符切分＋二字词 BM25L ＋内存向量检索（我们的向量）＋ DocumentJoiner（RRF）；{setting.told()}"
        )
        self._splitter = RecursiveDocumentSplitter(
            split_length=setting.characters,
            split_overlap=0,
            split_unit="char",
            separators=[separator for separator in SEPARATORS if separator],
        )
        self._model = SharedModel()
        self._store = InMemoryDocumentStore(bm25_tokenization_regex=BIGRAM_EXPRESSION, return_embedding=False)
        self._keywords = InMemoryBM25Retriever(self._store, top_k=DEPTH)
        self._dense = InMemoryEmbeddingRetriever(self._store, top_k=DEPTH)
        weights = [setting.keyword_weight, 1 - setting.keyword_weight]
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", weights=weights, top_k=DEPTH)

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Splits, embeds and writes."""
        self._splitter.warm_up()
        pieces = self._splitter.run(_documents(texts))["documents"]
        return int(self._store.write_documents(_embedded(self._model, pieces)))

    def search(self, query: str) -> Sequence[str]:
        """The documents of the pieces found."""
        legs = [
            self._keywords.run(query=query)["documents"],
            self._dense.run(query_embedding=self._model.lists([query])[0])["documents"],
        ]
        return _ids(self._joiner.run(documents=legs)["documents"])


def probe() -> str:
    """The embedder of the library's own package, asked for without a key."""
    from haystack.components.embedders import OpenAITextEmbedder

    OpenAITextEmbedder().run("一句话。")
    return "OpenAITextEmbedder 默认模型"


def make(job: Job) -> Stock | Injected | Chinese:
    """The system of a job's track."""
    if job.track == "stock":
        return Stock()
    return Injected() if job.track == "injected" else Chinese(job.setting)


def _embedded(model: SharedModel, documents: Sequence[Any]) -> list[Any]:
    from dataclasses import replace

    vectors = model.lists([document.content for document in documents])
    return [replace(document, embedding=vector) for document, vector in zip(documents, vectors, strict=True)]


def _documents(texts: Sequence[Handed]) -> list[Any]:
    from haystack import Document

    # The number keeps two equal texts apart, whose ids would otherwise be the same.
    return [Document(content=each.text, meta={"document": each.id, "number": n}) for n, each in enumerate(texts)]


def _ids(found: Sequence[Any]) -> list[str]:
    return [each.meta["document"] for each in found]


if __name__ == "__main__":
    serve(make, PACKAGES, probe)
