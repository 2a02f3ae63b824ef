"""A library of invented documents, written straight through the writers of parts and keywords: nothing is read or cut."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from eval.search.invented import CHUNKS_A_DOCUMENT, document
from index.base import base_of
from index.derive import describe
from index.embedding import load_embedder
from index.generations import new_generation
from index.keyword_draft import KeywordDraft
from index.model_choice import ModelOfIndex
from index.parts_draft import PartsDraft
from index.prepare import Prepared, Signature, prepare, with_vectors
from index.resume import Saved, Standing
from index.settings import Settings
from index.steps import Progress
from index.store import PARTS_FOLDER, write_copies
from index.types import Document

_BATCH = 250
# Batches that wait for the writer, a worker: more would only fill the memory.
_AHEAD = 2


def write_library(settings: Settings, chunks: int, progress: Progress) -> int:
    """Replaces the index by one of about so many invented chunks, at least one document; gives how many there are."""
    documents = max(1, chunks // CHUNKS_A_DOCUMENT)
    model = ModelOfIndex(None, load_embedder())
    base = base_of(None, settings, model.embedder.name, model.embedder.dimension)
    with new_generation(settings.folder) as draft:
        keywords = KeywordDraft(draft, None)
        parts = PartsDraft(draft, base, Saved(), Standing(set(), {}))
        try:
            for position, prepared in enumerate(_prepared(documents)):
                keywords.add(prepared)
                parts.write(prepared, _vectors(prepared), position)
                progress(position + 1, documents, "写入资料")
            entries = parts.finish({}, set())
            keywords.finish([draft.folder / PARTS_FOLDER / entry.name for entry in entries], progress)
        finally:
            keywords.abandon()
            parts.abandon()
        # Invented documents are no copies of each other.
        write_copies(draft.folder, {})
        describe(draft, entries, parts.next_part, settings, model, None).write(draft.folder)
        draft.publish()
    return sum(entry.chunks for entry in entries)


def prepared_batch(numbers: Sequence[int]) -> list[Prepared]:
    """These documents, ready to be written."""
    made = (document(number) for number in numbers)
    return with_vectors([prepare(one, chunks, "", _unsigned) for one, chunks in made], load_embedder())


def _prepared(documents: int) -> Iterator[Prepared]:
    """All documents in their order, made by as many processes as there are cores, a few batches ahead of the writer."""
    batches = (range(first, min(first + _BATCH, documents)) for first in range(0, documents, _BATCH))
    workers = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        waiting: deque[Future[list[Prepared]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(prepared_batch, batch))
            if len(waiting) >= workers * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _vectors(prepared: Prepared) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    assert prepared.vectors is not None
    return prepared.vectors.astype(np.float32)


def _unsigned(_: Document) -> Signature:
    return np.zeros(1, dtype=np.uint32)
