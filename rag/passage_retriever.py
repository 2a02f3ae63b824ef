"""The retrieval of a library as a LangChain retriever, apart from it, because LangChain takes a third of a second to load."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from rag.question import understand
from rag.retriever import passages
from rag.types import Passage


class PassageRetriever(BaseRetriever):
    """The retrieval of this library as a LangChain retriever: any chain can use it in place of its own."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Any
    top: int = 12

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        """Passages for a plain question, best first; metadata carries ids, offsets, title, source, date and places."""
        return [
            as_langchain(passage)
            for passage in passages(self.library, understand(query, rarity=self.library), self.top)
        ]


def as_langchain(passage: Passage) -> LangChainDocument:
    """A passage as a LangChain document whose content is the verbatim text of the chunk."""
    chunk, document = passage.chunk, passage.document
    return LangChainDocument(
        id=chunk.id,
        page_content=document.text[chunk.start : chunk.end],
        metadata={
            "document_id": document.id,
            "title": document.title,
            "source": document.source,
            "published": document.published,
            "places": list(chunk.places or document.places),
            "start": chunk.start,
            "end": chunk.end,
            "score": passage.score,
        },
    )
