"""LangChain in the three tracks; runs in the peers' own environment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.bigram import bigrams
from eval.peers.embedding import SharedModel
from eval.peers.pieces import SEPARATORS
from eval.peers.serving import serve
from eval.peers.system import DEPTH, SETTINGS, Handed, Job

PACKAGES = (
    "langchain-core",
    "langchain-classic",
    "langchain-community",
    "langchain-text-splitters",
    "rank-bm25",
    "faiss-cpu",
)


class Stock:
    """The tutorial's splitter with the BM25 retriever as it comes: no model, no key, no download."""

    about = "RecursiveCharacterTextSplitter(1000, 200)（教程用值）＋ BM25Retriever 默认分词（按空白切）"

    def __init__(self) -> None:
        from langchain_community.retrievers import BM25Retriever
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        self._make = BM25Retriever.from_documents
        self._retriever: Any = None

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Splits and indexes."""
        pieces = self._splitter.split_documents(_documents(texts))
        self._retriever = self._make(pieces, k=DEPTH)
        return len(pieces)

    def search(self, query: str) -> Sequence[str]:
        """The documents of the pieces found."""
        return _ids(self._retriever.invoke(query))


class Injected:
    """Our chunks and our vectors in the FAISS store of langchain-community."""

    about = "我们的分块与向量（Embeddings 子类）＋ FAISS 向量库（内积）"

    def __init__(self) -> None:
        self._store = _FaissStore()

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Embeds and indexes the chunks."""
        self._store.add(_documents(texts))
        return len(texts)

    def search(self, query: str) -> Sequence[str]:
        """The documents of the nearest chunks."""
        return _ids(self._store.retriever().invoke(query))


class Chinese:
    """Chinese separators, bigrams in BM25, and the ensemble of both legs, fused by piece."""

    def __init__(self, number: int) -> None:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._setting = SETTINGS[number]
        self.about = f"中文分隔符切分＋二字词 BM25 ＋ FAISS（我们的向量）＋ EnsembleRetriever；{self._setting.told()}"
        self._splitter = RecursiveCharacterTextSplitter(
            chunk_size=self._setting.characters,
            chunk_overlap=self._setting.characters // 10,
            separators=list(SEPARATORS),
            keep_separator="end",
        )
        self._keywords, self._ensemble = BM25Retriever.from_documents, EnsembleRetriever
        self._store = _FaissStore()
        self._retriever: Any = None

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Splits, embeds and indexes in both legs."""
        pieces = self._splitter.split_documents(_documents(texts))
        for number, piece in enumerate(pieces):
            # Fused by content, as the default is, the same sentence of two documents would be one.
            piece.metadata["piece"] = number
        self._store.add(pieces)
        self._retriever = self._ensemble(
            retrievers=[
                self._keywords(pieces, k=DEPTH, preprocess_func=lambda text: list(bigrams(text))),
                self._store.retriever(),
            ],
            weights=[self._setting.keyword_weight, 1 - self._setting.keyword_weight],
            id_key="piece",
        )
        return len(pieces)

    def search(self, query: str) -> Sequence[str]:
        """The documents of the pieces found."""
        return _ids(self._retriever.invoke(query))


class _FaissStore:
    """The library's FAISS store over our model, by the inner product."""

    def __init__(self) -> None:
        from langchain_community.vectorstores import FAISS
        from langchain_community.vectorstores.utils import DistanceStrategy
        from langchain_core.embeddings import Embeddings

        model = SharedModel()

        class Shared(Embeddings):
            """The shared model behind the library's interface."""

            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return model.lists(texts)

            def embed_query(self, text: str) -> list[float]:
                return model.lists([text])[0]

        self._make, self._model = FAISS.from_documents, Shared()
        self._distance = DistanceStrategy.MAX_INNER_PRODUCT
        self._store: Any = None

    def add(self, pieces: Sequence[Any]) -> None:
        self._store = self._make(list(pieces), self._model, distance_strategy=self._distance)

    def retriever(self) -> Any:
        return self._store.as_retriever(search_kwargs={"k": DEPTH})


def probe() -> str:
    """The embedding of the retrieval tutorial, asked for without a key."""
    from langchain_community.embeddings import HuggingFaceEmbeddings

    HuggingFaceEmbeddings(model_name="sentence-transformers/all-mpnet-base-v2")
    return "HuggingFaceEmbeddings(all-mpnet-base-v2)"


def make(job: Job) -> Stock | Injected | Chinese:
    """The system of a job's track."""
    if job.track == "stock":
        return Stock()
    return Injected() if job.track == "injected" else Chinese(job.setting)


def _documents(texts: Sequence[Handed]) -> list[Any]:
    from langchain_core.documents import Document

    return [Document(page_content=each.text, metadata={"document": each.id}) for each in texts]


def _ids(found: Sequence[Any]) -> list[str]:
    return [each.metadata["document"] for each in found]


if __name__ == "__main__":
    serve(make, PACKAGES, probe)
