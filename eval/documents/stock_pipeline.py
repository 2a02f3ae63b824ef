"""The stock pipeline that a build is compared with: LangChain's splitter, an embedding class and its FAISS store, saved.

Runs in the peers' environment: `python -m eval.documents.stock_pipeline CORPUS FOLDER --embeddings stock|numpy`; prints one
JSON object `{documents, passages, dimension, versions}`.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from index.embedding import SHIPPED_MODEL, load_embedder

CHUNK_SIZE, CHUNK_OVERLAP = 500, 50
SEPARATORS = ("\n\n", "\n", "。", "；", "，", "")
# `stock` is the way of the manuals; `numpy` lends the pipeline our reader of the same model, which is faster.
EMBEDDINGS = ("stock", "numpy")
PACKAGES = ("langchain-community", "langchain-text-splitters", "faiss-cpu", "sentence-transformers", "torch")


def store_corpus(corpus: Path, folder: Path, embeddings: str) -> dict[str, Any]:
    """Splits, embeds and stores a corpus as the tutorials do; what came out."""
    from langchain_community.vectorstores import FAISS
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    with corpus.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, separators=list(SEPARATORS)
    )
    pieces = splitter.create_documents(
        [record["text"] for record in records],
        [{"id": record["id"], "title": record.get("title") or ""} for record in records],
    )
    store = FAISS.from_texts(
        [piece.page_content for piece in pieces], _embeddings(embeddings), [piece.metadata for piece in pieces]
    )
    store.save_local(str(folder))
    versions = {name: version(name) for name in PACKAGES}
    return {"documents": len(records), "passages": len(pieces), "dimension": store.index.d, "versions": versions}


def _embeddings(name: str) -> Any:
    from langchain_core.embeddings import Embeddings

    if name == "stock":
        from langchain_community.embeddings import HuggingFaceEmbeddings

        # The folder names a module of this project, which the library imports only when told that it may.
        return HuggingFaceEmbeddings(model_name=str(SHIPPED_MODEL), model_kwargs={"trust_remote_code": True})
    embedder = load_embedder()

    class Numpy(Embeddings):
        """Our reader of the model behind the library's interface."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            rows: list[list[float]] = embedder.embed(texts).tolist()
            return rows

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return Numpy()


def main(words: Sequence[str] | None = None) -> int:
    """Stores one corpus and prints what came out."""
    parser = argparse.ArgumentParser(prog="python -m eval.documents.stock_pipeline", description="对照用的通用流程")
    parser.add_argument("corpus", type=Path, metavar="语料.jsonl")
    parser.add_argument("folder", type=Path, metavar="目录")
    parser.add_argument("--embeddings", choices=EMBEDDINGS, default=EMBEDDINGS[0])
    given = parser.parse_args(words)
    # The class of the manuals says that it will move to another package; it is the one that is installed.
    warnings.simplefilter("ignore")
    sys.stdout.write(json.dumps(store_corpus(given.corpus, given.folder, given.embeddings)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
