"""Build, add, remove, rename, scan and repair: each makes a new generation beside and publishes it in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.base import base_of
from index.derive import derive_copies, describe
from index.errors import IndexDamagedError, IndexMissingError, IndexStateError, NothingReadableError
from index.failures import note_failures
from index.generations import current_number, new_generation
from index.keyword_draft import KeywordDraft
from index.mend import mend
from index.migrate import migrate
from index.model_choice import ModelOfIndex, embedder_for, setting_name
from index.naming import path_text
from index.published import Published, published
from index.resume import saved_in
from index.revision import Revision
from index.settings import Settings
from index.site_memory import load_sites, save_sites
from index.steps import Progress, Steps, Unread, silent, standard_steps
from index.store import PARTS_FOLDER
from index.titles import load_titles, save_titles
from index.types import BuildReport

Change = Callable[[Revision, Progress], tuple[Unread, ...]]
# How many of the files that could not be read an error names.
NAMED_SKIPPED = 3


def build(
    settings: Settings,
    paths: Sequence[Path],
    progress: Progress | None = None,
    steps: Steps | None = None,
    wait_s: float = 0,
) -> BuildReport:
    """Replaces the index by one of these folders, files and `.jsonl` corpora; goes on where a killed build ended.

    Raises NothingReadableError when none could be read; the index stays as it was then, and with every error.
    """
    return _revise(settings, False, lambda revision, tell: _read(revision, paths, tell), progress, steps, wait_s)


def add(
    settings: Settings,
    paths: Sequence[Path],
    progress: Progress | None = None,
    steps: Steps | None = None,
    wait_s: float = 0,
) -> BuildReport:
    """Merges documents into the index, or begins one; what came from the same file before is replaced.

    A file with the content of one that is gone is that one under another name; one with the title and source of another,
    and much of its text, is a newer state of it. Chunks are cut as the index cuts them. Raises as `build` does, and
    IndexDamagedError when the index is not whole.
    """
    return _revise(settings, True, lambda revision, tell: _read(revision, paths, tell), progress, steps, wait_s)


def scan(
    settings: Settings,
    folders: Sequence[Path],
    progress: Progress | None = None,
    steps: Steps | None = None,
    wait_s: float = 0,
) -> BuildReport:
    """Makes the index agree with folders: what is new or changed is read, what is no longer there is removed."""

    def change(revision: Revision, tell: Progress) -> tuple[Unread, ...]:
        unread = _read(revision, folders, tell, may_be_empty=True)
        homes = [f"{path_text(folder.resolve())}/" for folder in folders]
        for held in revision.unseen():
            if held.path.startswith(tuple(homes)) and not Path(held.path).exists():
                revision.remove(held)
        return unread

    return _revise(settings, True, change, progress, steps, wait_s)


def remove(
    settings: Settings,
    names: Sequence[str],
    progress: Progress | None = None,
    steps: Steps | None = None,
    wait_s: float = 0,
) -> BuildReport:
    """Removes documents, each named by its id, path, file or title, from store, vectors and keywords.

    The previous generation goes too, as soon as nobody reads it. Raises UnknownDocumentError for a name
    that is not there or stands for several files; nothing is removed then.
    """

    def change(revision: Revision, _: Progress) -> tuple[Unread, ...]:
        for held in revision.named(names):
            revision.remove(held)
        return ()

    # Asked before, so that a folder named by mistake is not made into an index.
    current_number(settings.folder)
    return _revise(settings, True, change, progress, steps, wait_s)


def rename(
    settings: Settings,
    name: str,
    title: str,
    progress: Progress | None = None,
    steps: Steps | None = None,
    wait_s: float = 0,
) -> BuildReport:
    """Gives one document another title; raises as `remove` does."""

    def change(revision: Revision, _: Progress) -> tuple[Unread, ...]:
        for held in revision.named([name]):
            revision.retitle(held, title)
        return ()

    current_number(settings.folder)
    return _revise(settings, True, change, progress, steps, wait_s)


def repair(settings: Settings, progress: Progress | None = None, steps: Steps | None = None) -> None:
    """Brings an index of an older form to the present one, and makes files that are not whole again from the stores."""
    _whole(settings, progress or silent, steps or standard_steps())


def _revise(
    settings: Settings, is_based: bool, change: Change, progress: Progress | None, steps: Steps | None, wait_s: float
) -> BuildReport:
    steps, progress = steps or standard_steps(), progress or silent
    if is_based:
        _whole(settings, progress, steps, wait_s)
    with new_generation(settings.folder, wait_s) as draft:
        found = _published_or_none(settings.folder) if is_based else None
        if found:
            made = found.manifest
            settings = replace(settings, token_encoding=made.token_encoding, chunk_tokens=made.chunk_tokens)
        model = _model(settings, found, steps)
        base = base_of(found, settings, model.embedder.name, model.embedder.dimension)
        keywords = KeywordDraft(draft, found)
        saved = saved_in(draft.unfinished, base.made_with)
        with closing(base.store), Revision(draft, base, saved, steps, model, keywords) as revision:
            if is_based:
                revision.sites, revision.titles = load_sites(settings.folder), load_titles(settings.folder)
            unread = change(revision, progress)
            save_sites(settings.folder, revision.sites)
            note_failures(settings.folder, unread, revision.newly_read_files(), is_based)
            report = replace(revision.report(), skipped=tuple((one.path, one.reason) for one in unread))
            if found and not revision.is_changed:
                return replace(report, documents=found.manifest.documents, chunks=found.manifest.chunks)
            parts = revision.finish(progress)
            keywords.finish([draft.folder / PARTS_FOLDER / entry.name for entry in parts], progress)
            progress(0, None, "查找重复资料")
            derive_copies(draft.folder, parts, found, revision.gone_ids, frozenset(revision.new_ids))
        manifest = describe(draft, parts, revision.next_part, settings, model, found)
        manifest.write(draft.folder)
        draft.publish(keep_previous=not report.removed)
        save_titles(settings.folder, revision.titles)
        return replace(report, documents=manifest.documents, chunks=manifest.chunks)


def _whole(settings: Settings, progress: Progress, steps: Steps, wait_s: float = 0) -> None:
    """Migrates and mends the index, if there is one."""
    try:
        current_number(settings.folder)
    except IndexDamagedError:
        raise
    except IndexStateError:
        # There is none, or it may not even be read: then the attempt to write says so.
        return
    migrate(settings, steps, progress, wait_s)
    mend(settings, steps, progress, wait_s)


def _model(settings: Settings, found: Published | None, steps: Steps) -> ModelOfIndex:
    if found:
        return ModelOfIndex(found.manifest.embedder_setting, embedder_for(found.manifest, settings, steps.embedder))
    setting = setting_name(settings.embedder)
    return ModelOfIndex(setting, steps.embedder(setting))


def _read(
    revision: Revision, paths: Sequence[Path], progress: Progress, may_be_empty: bool = False
) -> tuple[Unread, ...]:
    skipped: list[Unread] = []
    progress(0, None, "读取资料")
    for found in revision.gathered(paths):
        skipped += found.unread
        documents = revision.take(found)
        share = found.done / found.total if found.total else 0
        progress(documents, round(documents / share) if share else None, "读取资料")
    if not revision.seen_files() and not may_be_empty:
        shown = "；".join(f"{one.path}：{one.reason.rstrip('。')}" for one in skipped[:NAMED_SKIPPED])
        more = f"；等 {len(skipped)} 处" if len(skipped) > NAMED_SKIPPED else ""
        what = f"{shown}{more}" or "没有找到任何文件"
        raise NothingReadableError(f"没有读到任何资料，索引没有改动（{what}）；请检查路径和文件格式后重试。")
    return tuple(skipped)


def _published_or_none(index: Path) -> Published | None:
    try:
        return published(index)
    except IndexMissingError:
        return None
