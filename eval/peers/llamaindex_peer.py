"""LlamaIndex in the three tracks; runs in the peers' own environment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.peers.embedding import SharedModel
from eval.peers.pieces import BIGRAM_EXPRESSION, sentences
from eval.peers.serving import serve
from eval.peers.system import DEPTH, SETTINGS, Handed, Job

PACKAGES = ("llama-index-core", "llama-index-retrievers-bm25", "llama-index-vector-stores-faiss", "bm25s", "faiss-cpu")


class Stock:
    """The default splitter with the BM25 retriever as it comes."""

    about = "SentenceSplitter 默认（1024 词元，重叠 200）＋ BM25Retriever 默认（英文词干、按词切）"

    def __init__(self) -> None:
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.retrievers.bm25 import BM25Retriever

        self._splitter = SentenceSplitter()
        self._make = BM25Retriever.from_defaults
        self._retriever: Any = None

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Splits and indexes."""
        nodes = self._splitter.get_nodes_from_documents(_documents(texts))
        self._retriever = self._make(nodes=nodes, similarity_top_k=DEPTH)
        return len(nodes)

    def search(self, query: str) -> Sequence[str]:
        """The documents of the nodes found."""
        return _ids(self._retriever.retrieve(query))


class Injected:
    """Our chunks as nodes and our vectors in the default vector store."""

    about = "我们的分块（TextNode）与向量（BaseEmbedding 子类）＋ VectorStoreIndex 默认向量库"

    def __init__(self) -> None:
        from llama_index.core import VectorStoreIndex

        self._index, self._model = VectorStoreIndex, _model()
        self._retriever: Any = None

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Embeds and indexes the chunks."""
        self._retriever = self._index(_nodes(texts), embed_model=self._model).as_retriever(similarity_top_k=DEPTH)
        return len(texts)

    def search(self, query: str) -> Sequence[str]:
        """The documents of the nearest chunks."""
        return _ids(self._retriever.retrieve(query))


class Chinese:
    """Chinese sentences, bigrams in BM25 by its expression, FAISS for the vectors, and the fusion retriever."""

    def __init__(self, number: int) -> None:
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.retrievers.bm25 import BM25Retriever

        self._setting = SETTINGS[number]
        self.about = f"中文断句切分＋二字词 BM25 ＋ FAISS（我们的向量）＋ QueryFusionRetriever（相对得分）；{self._setting.told()}"
        self._splitter = SentenceSplitter(
            chunk_size=self._setting.characters,
            chunk_overlap=self._setting.characters // 10,
            tokenizer=list,
            paragraph_separator="\n\n",
            chunking_tokenizer_fn=sentences,
            secondary_chunking_regex="[^，；]+[，；]?|[，；]",
        )
        self._context, self._index = StorageContext.from_defaults, VectorStoreIndex
        self._keywords, self._fusion = BM25Retriever, QueryFusionRetriever
        self._model = _model()
        self._retriever: Any = None

    def ingest(self, texts: Sequence[Handed]) -> int:
        """Splits, embeds and indexes in both legs."""
        nodes = self._splitter.get_nodes_from_documents(_documents(texts))
        context = self._context(vector_store=_faiss_store(self._model.dimension))
        dense = self._index(nodes, embed_model=self._model, storage_context=context).as_retriever(
            similarity_top_k=DEPTH
        )
        keywords = self._keywords(
            nodes=nodes, similarity_top_k=DEPTH, token_pattern=BIGRAM_EXPRESSION, skip_stemming=True, language=[]
        )
        self._retriever = self._fuse(keywords, dense)
        return len(nodes)

    def search(self, query: str) -> Sequence[str]:
        """The documents of the nodes found."""
        return _ids(self._retriever.retrieve(query))

    def _fuse(self, keywords: Any, dense: Any) -> Any:
        from llama_index.core.llms import MockLLM

        # One query only: no language model rewrites the question.
        return self._fusion(
            [keywords, dense],
            llm=MockLLM(),
            mode="relative_score",
            num_queries=1,
            use_async=False,
            similarity_top_k=DEPTH,
            retriever_weights=[self._setting.keyword_weight, 1 - self._setting.keyword_weight],
        )


def probe() -> str:
    """The vector index of the starter tutorial, with its default model."""
    from llama_index.core import Document, VectorStoreIndex

    VectorStoreIndex.from_documents([Document(text="一句话。")])
    return "VectorStoreIndex.from_documents 默认模型"


def make(job: Job) -> Stock | Injected | Chinese:
    """The system of a job's track."""
    if job.track == "stock":
        return Stock()
    return Injected() if job.track == "injected" else Chinese(job.setting)


def _model() -> Any:
    from llama_index.core.embeddings import BaseEmbedding

    model = SharedModel()

    class Shared(BaseEmbedding):  # type: ignore[misc, unused-ignore]
        """The shared model behind the library's interface."""

        @property
        def dimension(self) -> int:
            return model.dimension

        def _get_query_embedding(self, query: str) -> list[float]:
            return model.lists([query])[0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return model.lists([query])[0]

        def _get_text_embedding(self, text: str) -> list[float]:
            return model.lists([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return model.lists(texts)

    return Shared(embed_batch_size=256)


def _faiss_store(dimension: int) -> Any:
    import faiss
    from llama_index.vector_stores.faiss import FaissVectorStore

    return FaissVectorStore(faiss_index=faiss.IndexFlatIP(dimension))


def _documents(texts: Sequence[Handed]) -> list[Any]:
    from llama_index.core import Document

    return [Document(id_=each.id, text=each.text) for each in texts]


def _nodes(texts: Sequence[Handed]) -> list[Any]:
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    # The store breaks ties by node id; random ones would rank equal chunks anew in every run.
    return [
        TextNode(
            id_=f"{number:09d}",
            text=each.text,
            relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=each.id)},
        )
        for number, each in enumerate(texts)
    ]


def _ids(found: Sequence[Any]) -> list[str]:
    return [each.node.ref_doc_id for each in found]


if __name__ == "__main__":
    serve(make, PACKAGES, probe)
