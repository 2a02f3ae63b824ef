"""An index of an older form becomes one of the present form: its documents are taken over, all else is made anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from index.base import base_of
from index.derive import derive_copies, describe
from index.errors import IndexDamagedError
from index.generations import current_number, generation_folder, new_generation, remedy
from index.keyword_draft import KeywordDraft
from index.manifest import MANIFEST_FILE, SCHEMA, is_intact, read_fields
from index.model_choice import ModelOfIndex, setting_name
from index.resume import Saved
from index.revision import Revision
from index.settings import Settings
from index.steps import Progress, Steps
from index.store import PARTS_FOLDER
from index.types import Document, Heading, Noise

# The first form kept the documents of a whole generation in one file.
_FIRST = 1
_FIRST_STORE = "store.sqlite"
# A mark that no program has, so that the files are read anew when they are added again.
_UNKNOWN_PROGRAM = "0"


def migrate(settings: Settings, steps: Steps, progress: Progress, wait_s: float = 0) -> bool:
    """Publishes a generation of the present form, if the current one is of an older; whether there was need.

    Raises IndexDamagedError when the old store is not whole, IndexUnwritableError when the folder cannot be written.
    """
    if not needs_migration(settings.folder):
        return False
    with new_generation(settings.folder, wait_s) as draft:
        number = current_number(settings.folder)
        old = generation_folder(settings.folder, number)
        fields = read_fields(old)
        if fields["schema"] >= SCHEMA:
            return True
        if _FIRST_STORE not in fields.get("files", {}) or not is_intact(
            old / _FIRST_STORE, *fields["files"][_FIRST_STORE]
        ):
            raise IndexDamagedError(
                f"旧版索引的资料库 {old / _FIRST_STORE} 已损坏或缺失；{remedy(settings.folder, number)}"
            )
        if not {"token_encoding", "chunk_tokens"} <= fields.keys():
            raise IndexDamagedError(
                f"旧版索引的清单 {old / MANIFEST_FILE} 内容不完整；{remedy(settings.folder, number)}"
            )
        setting = setting_name(settings.embedder) or fields.get("embedder_setting")
        model = ModelOfIndex(setting, steps.embedder(setting))
        sized = Settings(settings.folder, settings.embedder, fields["token_encoding"], fields["chunk_tokens"])
        base = base_of(None, sized, model.embedder.name, model.embedder.dimension)
        keywords = KeywordDraft(draft, None)
        with Revision(draft, base, Saved(), steps, model, keywords) as revision:
            for done, document in enumerate(_first_documents(old / _FIRST_STORE), start=1):
                revision.adopt(document, f"{_UNKNOWN_PROGRAM}:{document.sha256[:16]}")
                progress(done, fields.get("documents"), "升级索引")
            parts = revision.finish(progress)
            keywords.finish([draft.folder / PARTS_FOLDER / entry.name for entry in parts], progress)
        derive_copies(draft.folder, parts, None, frozenset(), frozenset())
        describe(draft, parts, revision.next_part, sized, model, None).write(draft.folder)
        draft.publish()
    return True


def needs_migration(index: Path) -> bool:
    """Whether the current generation is of a form that this program can bring to the present one."""
    number = current_number(index)
    try:
        schema: int = read_fields(generation_folder(index, number))["schema"]
    except IndexDamagedError as error:
        raise IndexDamagedError(f"{error}；{remedy(index, number)}") from error
    return _FIRST <= schema < SCHEMA


def _first_documents(path: Path) -> Iterator[Document]:
    """The documents of a store of the first form, in their order."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        for row in connection.execute("SELECT * FROM documents ORDER BY position"):
            yield _document(row)


def _document(row: Any) -> Document:
    plain = ("id", "text", "title", "source", "published", "origin", "file", "record", "sha256", "card")
    return Document(
        **{name: row[name] for name in plain},
        headings=tuple(Heading(*parts) for parts in json.loads(row["headings"])),
        noise=tuple(Noise(*parts) for parts in json.loads(row["noise"])),
        places=tuple(json.loads(row["places"])),
        quality=tuple(code for code in json.loads(row["quality"]) if code != "duplicate"),
    )
