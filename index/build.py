"""Build, add, remove and repair: each makes a whole new generation beside and publishes it in one step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.derive import derive, describe, known_vectors
from index.errors import IndexMissingError, NothingReadableError
from index.generations import Draft, current_number, new_generation
from index.merge import Merge
from index.model_choice import embedder_for, setting_name
from index.naming import named_documents
from index.published import Published, published
from index.settings import Settings
from index.steps import Progress, Steps, silent, standard_steps
from index.store import STORE_FILE, Store
from index.types import BuildReport, Document

Change = Callable[[Merge, Progress], BuildReport]
# How many of the files that could not be read an error names.
NAMED_SKIPPED = 3


def build(
    settings: Settings, paths: Sequence[Path], progress: Progress | None = None, steps: Steps | None = None
) -> BuildReport:
    """Replaces the index by one of these folders, files and `.jsonl` corpora; every vector is computed anew.

    Raises NothingReadableError when none could be read; the index stays as it was then, and with every error.
    """
    return _revise(settings, None, lambda merge, tell: _read(merge, paths, tell), progress, steps)


def add(
    settings: Settings, paths: Sequence[Path], progress: Progress | None = None, steps: Steps | None = None
) -> BuildReport:
    """Merges documents into the index, or begins one; what came from the same origin before is replaced.

    Chunks are cut as the index cuts them, and no text is embedded a second time. Raises as `build` does, and
    IndexDamagedError when the store is not whole.
    """
    return _revise(settings, _published_or_none, lambda merge, tell: _read(merge, paths, tell), progress, steps)


def remove(
    settings: Settings, names: Sequence[str], progress: Progress | None = None, steps: Steps | None = None
) -> BuildReport:
    """Removes documents, each named by its id, path, file or title, from store, vectors and keywords.

    The previous generation goes too, as soon as nobody reads it. Raises UnknownDocumentError for a name
    that is not there or stands for several files; nothing is removed then.
    """

    def change(merge: Merge, _: Progress) -> BuildReport:
        ids = named_documents(merge.store.names(), names)
        for document_id in ids:
            merge.remove(document_id)
        return BuildReport(0, 0, removed=len(ids))

    # Asked before, so that a folder named by mistake is not made into an index.
    current_number(settings.folder)
    return _revise(settings, published, change, progress, steps)


def repair(settings: Settings, progress: Progress | None = None, steps: Steps | None = None) -> BuildReport:
    """Derives the keyword index and the vectors again from the store, where their files are not whole."""
    return _revise(settings, published, lambda merge, tell: BuildReport(0, 0), progress, steps)


def _revise(
    settings: Settings,
    base_of: Callable[[Path], Published | None] | None,
    change: Change,
    progress: Progress | None,
    steps: Steps | None,
) -> BuildReport:
    steps, progress = steps or standard_steps(), progress or silent
    with new_generation(settings.folder) as draft:
        base = base_of(settings.folder) if base_of else None
        if base:
            manifest = base.manifest
            settings = replace(settings, token_encoding=manifest.token_encoding, chunk_tokens=manifest.chunk_tokens)
        with closing(_begin(draft, base)) as store:
            merge = Merge(store, steps, settings)
            report = change(merge, progress)
            documents, chunks = store.counts()
            report = replace(report, documents=documents, chunks=chunks)
            if base and not base.damaged and not merge.dirty:
                return report
            _finish(draft, merge, base, progress)
        draft.publish(keep_previous=not report.removed)
        return report


def _begin(draft: Draft, base: Published | None) -> Store:
    path = draft.folder / STORE_FILE
    if base is None:
        return Store.create(path)
    shutil.copyfile(base.folder / STORE_FILE, path)
    return Store.writable(path)


def _finish(draft: Draft, merge: Merge, base: Published | None, progress: Progress) -> None:
    store, settings, load = merge.store, merge.settings, merge.steps.embedder
    setting = base.manifest.embedder_setting if base else setting_name(settings.embedder)
    embedder = embedder_for(base.manifest, settings, load) if base else load(setting)
    if merge.dirty:
        progress(0, None, "查找重复资料")
        merge.mark_duplicates()
    store.commit()
    known = known_vectors(base, embedder) if base else {}
    derive(draft.folder, store, embedder, known, progress)
    describe(draft.folder, store, settings, embedder, setting).write(draft.folder)


def _read(merge: Merge, paths: Sequence[Path], progress: Progress) -> BuildReport:
    skipped: list[tuple[str, str]] = []
    progress(0, None, "读取资料")
    for item in merge.steps.read(paths):
        if isinstance(item, Document):
            merge.put(item)
        else:
            skipped.append((str(item.path), item.reason))
        progress(merge.read + len(skipped), None, "读取资料")
    if not merge.read:
        shown = "；".join(f"{path}：{reason.rstrip('。')}" for path, reason in skipped[:NAMED_SKIPPED])
        more = f"；等 {len(skipped)} 处" if len(skipped) > NAMED_SKIPPED else ""
        what = f"{shown}{more}" or "没有找到任何文件"
        raise NothingReadableError(f"没有读到任何资料，索引没有改动（{what}）；请检查路径和文件格式后重试。")
    return BuildReport(
        0,
        0,
        added=merge.added,
        replaced=merge.replaced,
        unchanged=merge.unchanged,
        skipped=tuple(skipped),
    )


def _published_or_none(index: Path) -> Published | None:
    try:
        return published(index)
    except IndexMissingError:
        return None
