"""The read side of an index: documents, chunks and the two legs of search, each loaded at first need."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property, lru_cache, partial
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from weakref import finalize, proxy

from index.analysis import analyse
from index.codes import codes_file
from index.derive import KEYWORDS_FOLDER
from index.errors import IndexBusyError, IndexStateError, IndexUnwritableError, UnknownDocumentError
from index.generations import current_number
from index.lexical import Clause, Keywords, Weight, alike
from index.measures.evidence_file import Shown
from index.measures.parts_evidence import PartsEvidence
from index.model_choice import Load, embedder_for, names_same_model
from index.nearest import VectorPart, best_of
from index.opening import hold_current, make_again, migrated, told_damage
from index.published import Published, published
from index.settings import Settings
from index.steps import Steps, silent
from index.store import PARTS_FOLDER, Held, Store
from index.threads import one_thread
from index.types import Candidate, Chunk, Document, Hit
from index.vectors import Matrix

if TYPE_CHECKING:
    from index.embedding import Embedder


class Library:
    """One generation of an index, opened for reading; safe to share between threads.

    `notice` holds Chinese lines that a door shows once, such as that damaged files were derived anew. A
    library keeps the generation it opened: `is_current` tells a server when to open the index again.
    """

    def __init__(
        self,
        settings: Settings,
        number: int,
        found: Published,
        load: Load,
        folder: Path,
    ) -> None:
        self.settings = settings
        self.manifest = found.manifest
        self.notice: tuple[str, ...] = ()
        self._number = number
        self._load = load
        self._folder = folder
        self._store = Store.open(self._folder, [entry.name for entry in found.manifest.parts])
        self._documents = lru_cache(maxsize=1024)(self._store.document)
        # What remembers for the library must not hold it: one that is dropped lets go of its generation at once.
        own = proxy(self)
        self._frequencies = lru_cache(maxsize=65536)(partial(Library._document_frequency, own))
        # A question is embedded once for the leg that searches and for the ranker that compares.
        self._embedded = lru_cache(maxsize=32)(partial(Library._embed, own))
        self._resources = ExitStack()
        parts = [self._folder / PARTS_FOLDER / entry.name for entry in found.manifest.parts]
        self._evidence = PartsEvidence(parts, partial(_temporary, self._resources))
        self._resources.callback(self._store.close)
        # A server that opens the index again may just drop the old library.
        finalize(self, self._resources.close)

    @classmethod
    def open(cls, settings: Settings, steps: Steps | None = None) -> Library:
        """Opens the current generation, after checking every file of it against its checksum.

        An index of an older form is brought to the present one. Files that are not whole are made again, from the
        stores or their backups: in a new generation if the folder can be written now, beside it for this library alone
        if not. Raises IndexMissingError, IndexDamagedError, IndexSchemaError, and ModelError when the settings name
        another embedding model than that of the index.
        """
        load = steps.embedder if steps else _standard_load
        notice = migrated(settings, steps)
        number, handle = hold_current(settings.folder)
        with ExitStack() as held:
            if handle is not None:
                held.callback(os.close, handle)
            found = published(settings.folder, number)
            if not names_same_model(found.manifest, settings):
                embedder_for(found.manifest, settings, load)
            if not found.damaged:
                library = cls(settings, number, found, load, found.folder)
                library._resources.push(held.pop_all())
                library.notice = notice
                return library
            what = told_damage(found)
            try:
                make_again(settings, steps)
            except (IndexBusyError, IndexUnwritableError):
                library = cls._beside(settings, number, found, load, steps)
                library._resources.push(held.pop_all())
                library.notice = (
                    f"{what}，但索引目录现在不能写入，只供本次使用；可写入后运行 changai doctor 即可修好。",
                )
                return library
        library = cls.open(settings, steps)
        library.notice = (f"{what}。",)
        return library

    @classmethod
    def _beside(cls, settings: Settings, number: int, found: Published, load: Load, steps: Steps | None) -> Library:
        """A library over a temporary folder in which what is damaged was made again."""
        from index.mend import Beside, mend_into
        from index.steps import standard_steps

        with ExitStack() as held:
            folder = Path(held.enter_context(TemporaryDirectory(prefix="changai-")))
            embedder = embedder_for(found.manifest, settings, load)
            mend_into(Beside(folder), found, steps or standard_steps(), embedder, silent)
            library = cls(settings, number, found, load, folder)
            library._resources.push(held.pop_all())
            return library

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the generation, so that a writer may remove it."""
        self._resources.close()

    @property
    def fingerprint(self) -> str:
        """A hexadecimal digest that changes when a document, a chunk or the embedding model changes."""
        return self.manifest.fingerprint

    def is_current(self) -> bool:
        """Whether no writer has published a newer generation since; true while CURRENT cannot be read."""
        try:
            return current_number(self.settings.folder) == self._number
        except IndexStateError:
            return True

    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order in which they came."""
        return self._store.documents()

    def held(self) -> list[Held]:
        """Every document by what names it, in their order, without reading the texts."""
        return self._store.held()

    def document(self, document_id: str) -> Document:
        """The document with this id; UnknownDocumentError when there is none."""
        found = self._documents(document_id)
        if found is None:
            raise UnknownDocumentError(f"索引里没有编号为「{document_id}」的资料；请用 changai list 查看。")
        return found

    def chunk(self, chunk_id: str) -> Chunk:
        """The chunk with this id; UnknownDocumentError when there is none."""
        return self.chunks([chunk_id])[0]

    def chunks(self, ids: Sequence[str]) -> tuple[Chunk, ...]:
        """The chunks with these ids, in the order of the ids; UnknownDocumentError when one is not there."""
        found = self._store.chunks(ids)
        missing = [chunk_id for chunk_id in ids if chunk_id not in found]
        if missing:
            raise UnknownDocumentError(f"索引里没有编号为「{missing[0]}」的段落；索引可能已更新，请重试。")
        return tuple(found[chunk_id] for chunk_id in ids)

    def chunks_of(self, document_id: str) -> tuple[Chunk, ...]:
        """The chunks of one document, in their order; none for an unknown document."""
        return self._store.chunks_of(document_id)

    def keyword_hits(
        self, query_search_form: str, k: int, weight: Weight = alike, demanded: Sequence[Clause] = ()
    ) -> list[Hit]:
        """The best `k` chunks of the keyword leg for a question in search form, of those that meet the demanded clauses.

        `weight` says how much a token matters.
        """
        return self._keywords.search(analyse(query_search_form), k, weight, demanded)

    def vector_hits(self, query_search_form: str, k: int) -> list[Hit]:
        """The best `k` chunks of the vector leg for a question in search form."""
        return best_of(self._vectors, self._embedded(query_search_form), k)

    def likeness(self, query_search_form: str, candidates: Sequence[Candidate]) -> list[float]:
        """The cosine between a question in search form and each candidate."""
        vector = self._embedded(query_search_form)
        likeness = dict.fromkeys((one.chunk_id for one in candidates), 0.0)
        for entry, vectors in zip(self.manifest.parts, self._vectors, strict=True):
            here = [one for one in candidates if one.part == entry.name]
            if here:
                near = vectors.rows([one.row for one in here]) @ vector
                likeness |= dict(zip((one.chunk_id for one in here), near.tolist(), strict=True))
        return [likeness[one.chunk_id] for one in candidates]

    def candidates(self, ids: Sequence[str]) -> list[Candidate]:
        """The chunks with these ids as ranking looks at them, in the order of the ids; ids not held are left out."""
        return self._store.candidates(ids)

    def search_texts(self) -> Iterator[tuple[str, str]]:
        """The id and the search text of every chunk."""
        return self._store.search_texts()

    def document_frequency(self, token: str) -> int:
        """How many chunks hold a token of `index.analysis.analyse`."""
        return self._frequencies(token)

    def idf(self, token: str) -> float:
        """The weight of a token as in BM25: ln(1 + (N − n + ½) / (n + ½)) when n of N chunks hold it."""
        n = self._frequencies(token)
        return log(1 + (self._keywords.count - n + 0.5) / (n + 0.5))

    def evidence(self, measures: Collection[str]) -> list[Shown]:
        """The evidence for the measures with these names, measure by measure in the order of the documents."""
        return self._evidence.of(measures)

    @property
    def copies(self) -> Mapping[str, str]:
        """The documents that repeat another, by id, each with the id of that one."""
        return self._store.copies

    def has_fresh_evidence(self) -> bool:
        """Whether the evidence was found with the present taxonomy; else it is found again at first need, which takes a while."""
        return self._evidence.is_fresh()

    def place_names(self) -> frozenset[str]:
        """Every place that a document or a chunk is attributed to, by full name."""
        return self._places

    def newest(self) -> str | None:
        """The latest date of publication among the documents, as an ISO date, or None."""
        return self._newest

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model of this index; ModelError when it cannot be had."""
        one_thread()
        return embedder_for(self.manifest, self.settings, self._load)

    @cached_property
    def _newest(self) -> str | None:
        return self._store.newest()

    @cached_property
    def _places(self) -> frozenset[str]:
        return self._store.place_names()

    @cached_property
    def _vectors(self) -> tuple[VectorPart, ...]:
        names = {entry.name: codes_file(entry.name) for entry in self.manifest.parts}
        return tuple(
            VectorPart.open(
                self._folder / PARTS_FOLDER / name, self._folder / codes if codes in self.manifest.files else None
            )
            for name, codes in names.items()
        )

    @cached_property
    def _keywords(self) -> Keywords:
        folder = self._folder / KEYWORDS_FOLDER
        try:
            return Keywords.open(folder)
        except OSError:
            # Tantivy wants a lock file of its own among its files, which a read-only folder does not allow.
            copy = self._own_folder / KEYWORDS_FOLDER
            copy.mkdir()
            for path in folder.iterdir():
                # Only the bytes: a copy that cannot be written either would serve no better.
                shutil.copyfile(path, copy / path.name)
            return Keywords.open(copy)

    def _embed(self, query_search_form: str) -> Matrix:
        vector: Matrix = self.embedder.embed([query_search_form])[0]
        return vector

    def _document_frequency(self, token: str) -> int:
        return self._keywords.document_frequency(token)

    @cached_property
    def _own_folder(self) -> Path:
        return _temporary(self._resources)


def _temporary(resources: ExitStack) -> Path:
    """A folder that is gone with these resources."""
    return Path(resources.enter_context(TemporaryDirectory(prefix="changai-")))


def _standard_load(setting: str | None) -> Embedder:
    from index.embedding import load_embedder

    return load_embedder(setting)
