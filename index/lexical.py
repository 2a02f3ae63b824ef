"""The keyword leg: BM25 over our own tokens, in a tantivy folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.types import Hit

if TYPE_CHECKING:
    import tantivy

_HEAP_BYTES = 64_000_000


class Keywords:
    """A tantivy index of chunks, opened for reading; `count` is the number of chunks it holds."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self.count: int = self._searcher.num_docs

    @staticmethod
    def build(folder: Path, chunks: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Writes a new index of (chunk id, tokens) pairs into `folder`, which must not hold one yet.

        Raises OSError when the folder cannot be written.
        """
        import tantivy

        folder.mkdir(parents=True)
        try:
            index = tantivy.Index(_schema(), path=str(folder))
            # One thread writes the chunks in their order, so that ties always rank alike.
            writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            for chunk_id, tokens in chunks:
                writer.add_document(tantivy.Document(id=[chunk_id], tokens=[" ".join(tokens)]))
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:
            # This is how the library reports every failure of its files.
            raise OSError(f"{folder}: {error}") from error
        for lock in folder.glob(".tantivy-*.lock"):
            lock.unlink()
        # The library writes for its owner alone; whoever may read the folder may read its files.
        for path in folder.iterdir():
            path.chmod(folder.stat().st_mode & 0o666)

    @classmethod
    def open(cls, folder: Path) -> Keywords:
        """Opens the index in `folder` for reading; OSError when its files cannot be read or locked."""
        import tantivy

        try:
            return cls(tantivy.Index.open(str(folder)))
        except ValueError as error:
            raise OSError(f"{folder}: {error}") from error

    def search(self, tokens: Iterable[str], k: int) -> list[Hit]:
        """The best `k` chunks that hold any of the tokens, by BM25; no chunk without a score above zero."""
        import tantivy

        unique = list(dict.fromkeys(tokens))
        if not unique or k < 1 or not self.count:
            return []
        terms = [tantivy.Query.term_query(self._schema, "tokens", token, "freq") for token in unique]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        found = self._searcher.search(query, min(k, self.count), count=False).hits
        scored = [(score, address) for score, address in found if score > 0]
        return [
            Hit(self._searcher.doc(address)["id"][0], float(score), rank)
            for rank, (score, address) in enumerate(scored, start=1)
        ]

    def document_frequency(self, token: str) -> int:
        """How many chunks hold the token."""
        return int(self._searcher.doc_freq("tokens", token))


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("tokens", stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
