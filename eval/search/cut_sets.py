"""Questions with the documents that answer them, over which chunks are cut anew: training sets, and dev halves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import load_dataset
from eval.gold import Gold, Place, Shelf, Unit
from eval.search.asked import has_proof
from index.library import Library
from index.settings import Settings
from index.types import Document, Span
from rag.training.asked import question_sets

# Of the documents that answer nothing, about so many stay in a large library.
_OTHERS = 4_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions with their gold over some documents; the ranker learns from those of `is_training`."""

    name: str
    documents: Sequence[Document]
    questions: Sequence[tuple[str, Gold]]
    is_training: bool


def training_sets(shared: Path, libraries: Path, names: Sequence[str], most: int) -> Iterator[Asked]:
    """Training questions that the embedding model never saw, over the documents of their library.

    A library of very many documents is thinned out: those that answer stay, and every n-th of the others.
    """
    for given in question_sets(shared):
        if given.name in names:
            step = -(-len(given.asked) // most)
            asked = given.asked[::step]
            wanted = frozenset(record for each in asked for record in each.records)
            with Library.open(Settings(libraries / given.library)) as library:
                held = library.held()
                others = max(1, len(held) // _OTHERS)
                kept = [one for at, one in enumerate(held) if (one.record or one.file) in wanted or at % others == 0]
                documents = [library.document(one.id) for one in kept]
            of_record: dict[str, list[Document]] = {}
            for document in documents:
                of_record.setdefault(document.record or document.file, []).append(document)
            questions = [(each.question, _whole(of_record, each.records)) for each in asked]
            yield Asked(given.name, documents, questions, is_training=True)


def _whole(of_record: dict[str, list[Document]], records: frozenset[str]) -> Gold:
    found = (document for record in sorted(records) for document in of_record.get(record, ()))
    return Gold(tuple(Unit((Place(document.id, (Span(0, len(document.text)),)),)) for document in found))


def dev_set(index: Path, dataset: Path) -> Asked:
    """Questions of a dataset over the documents of an index; those without evidence or with earlier turns are left out."""
    with Library.open(Settings(index)) as library:
        documents = library.documents()
    shelf = Shelf(documents)
    questions = [(each.question, shelf.locate(each)) for each in load_dataset(dataset) if has_proof(each)]
    return Asked(dataset.stem, documents, questions, is_training=False)
