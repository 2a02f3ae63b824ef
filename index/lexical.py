"""The keyword leg: BM25 over our own tokens, in a tantivy folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.types import Hit

if TYPE_CHECKING:
    import tantivy

_HEAP_BYTES, _SMALL_HEAP_BYTES = 64_000_000, 15_000_000


# How much it matters that a chunk holds a token, above zero.
Weight = Callable[[str], float]


# Sets of tokens, of one of which a chunk must hold all.
Clause = tuple[frozenset[str], ...]


def alike(token: str) -> float:
    """Every token matters as much as every other."""
    return 1.0


class KeywordWriter:
    """Writes a tantivy folder: a new one, or one that was taken over and gets a few changes.

    A folder may be made of second names of another one's files: the library writes new files and replaces its lists whole.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the folder for writing, made new where it is not there; OSError when it cannot be written."""
        import tantivy

        self._folder = folder
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(_schema(), path=str(folder)) if is_new else tantivy.Index.open(str(folder))
            # One thread writes the chunks in their order, so that ties always rank alike.
            self._writer = self._index.writer(heap_size=_HEAP_BYTES if is_new else _SMALL_HEAP_BYTES, num_threads=1)
        except ValueError as error:
            raise _failure(folder, error) from error

    def add(self, chunk_id: str, tokens: str) -> None:
        """Adds a chunk with its tokens, parted by blanks."""
        import tantivy

        document_id = chunk_id.rpartition("#")[0]
        try:
            self._writer.add_document(tantivy.Document(id=[chunk_id], document=[document_id], tokens=[tokens]))
        except ValueError as error:
            raise _failure(self._folder, error) from error

    def remove(self, document_id: str) -> None:
        """Removes the chunks of a document that were there when the folder was opened."""
        try:
            self._writer.delete_documents_by_term("document", document_id)
        except ValueError as error:
            raise _failure(self._folder, error) from error

    def abandon(self) -> None:
        """Gives the writing up and ends the library's threads, so that the folder may be removed."""
        self._writer.rollback()
        del self._writer

    def close(self) -> None:
        """Ends the writing; OSError when the disk refuses."""
        try:
            self._writer.commit()
            self._writer.wait_merging_threads()
        except ValueError as error:
            raise _failure(self._folder, error) from error
        for lock in self._folder.glob(".tantivy-*.lock"):
            lock.unlink()
        # The library writes for its owner alone; whoever may read the folder may read its files.
        for path in self._folder.iterdir():
            if path.stat().st_nlink == 1:
                path.chmod(self._folder.stat().st_mode & 0o666)


class Keywords:
    """A tantivy index of chunks, opened for reading; `count` is the number of chunks it holds."""

    def __init__(self, index: tantivy.Index, has_removed: bool = False) -> None:
        self._has_removed = has_removed
        self._schema = index.schema
        self._searcher = index.searcher()
        self.count: int = self._searcher.num_docs

    @staticmethod
    def build(folder: Path, chunks: Iterable[tuple[str, str]]) -> None:
        """Writes a new index of (chunk id, tokens parted by blanks) pairs into `folder`, which must not hold one yet.

        Raises OSError when the folder cannot be written.
        """
        writer = KeywordWriter(folder)
        try:
            for chunk_id, tokens in chunks:
                writer.add(chunk_id, tokens)
        except BaseException:
            writer.abandon()
            raise
        writer.close()

    @classmethod
    def open(cls, folder: Path) -> Keywords:
        """Opens the index in `folder` for reading; OSError when its files cannot be read or locked."""
        import tantivy

        try:
            return cls(tantivy.Index.open(str(folder)), any(path.suffix == ".del" for path in folder.iterdir()))
        except ValueError as error:
            raise _failure(folder, error) from error

    def search(
        self, tokens: Iterable[str], k: int, weight: Weight = alike, demanded: Sequence[Clause] = ()
    ) -> list[Hit]:
        """The best `k` chunks that hold any of the tokens, by BM25 with each token's weight; none without a score above zero.

        Only those that meet every demanded clause, which does not change their scores.
        """
        import tantivy

        weighed = [(token, weight(token)) for token in dict.fromkeys(tokens)]
        if not weighed or k < 1 or not self.count:
            return []
        terms = [tantivy.Query.boost_query(self._holds(token), matters) for token, matters in weighed]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        if demanded:
            met = [tantivy.Query.const_score_query(self._meets(clause), 0.0) for clause in demanded]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in (query, *met)])
        found = self._searcher.search(query, min(k, self.count), count=False).hits
        scored = [(-float(score), self._searcher.doc(address)["id"][0]) for score, address in found if score > 0]
        # Equals stand in the order of their ids: how the index grew must not be seen in an answer.
        return [Hit(chunk_id, -score, rank) for rank, (score, chunk_id) in enumerate(sorted(scored), start=1)]

    def _meets(self, clause: Clause) -> tantivy.Query:
        """What finds the chunks that hold all tokens of one of the clause's sets."""
        import tantivy

        sets = [
            tantivy.Query.boolean_query([(tantivy.Occur.Must, self._holds(token)) for token in option])
            for option in clause
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in sets])

    def _holds(self, token: str) -> tantivy.Query:
        import tantivy

        return tantivy.Query.term_query(self._schema, "tokens", token, "freq")

    def document_frequency(self, token: str) -> int:
        """How many chunks hold the token; those removed do not count, which the library's own figure includes."""
        import tantivy

        if not self._has_removed:
            return int(self._searcher.doc_freq("tokens", token))
        query = tantivy.Query.term_query(self._schema, "tokens", token, "freq")
        return int(self._searcher.search(query, 1, count=True).count)


def _failure(folder: Path, error: ValueError) -> OSError:
    """The library reports every failure of its files as a ValueError."""
    return OSError(f"{folder}: {error}")


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("tokens", stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
