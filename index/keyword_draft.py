"""The keyword index of a generation in the making: that of the last one with a few changes, or a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from contextlib import closing
from pathlib import Path

from index.analysis import analyse
from index.derive import KEYWORDS_FOLDER, derive_keywords
from index.generations import Draft
from index.lexical import KeywordWriter
from index.part_store import STORE_FILE, PartStore
from index.prepare import Prepared
from index.published import Published
from index.steps import Progress

# An index of so few chunks is written anew with every change, so that words that have gone leave no trace in its counts.
_FEW_CHUNKS = 3_000


class KeywordDraft:
    """Takes changes as they come, a removal before what comes in its place."""

    def __init__(self, draft: Draft, base: Published | None) -> None:
        self._draft, self._base = draft, base
        self._is_anew = base is not None and (
            base.manifest.chunks <= _FEW_CHUNKS or any(name.startswith(KEYWORDS_FOLDER) for name in base.damaged)
        )
        self._writer: KeywordWriter | None = None

    def add(self, prepared: Prepared) -> None:
        """Adds the chunks of a document."""
        if not self._is_anew:
            writer = self._opened()
            for chunk, tokens in zip(prepared.chunks, prepared.tokens, strict=True):
                writer.add(f"{chunk[0]}#{chunk[1]}", tokens)

    def remove(self, document_id: str) -> None:
        """Removes the chunks of a document of the last generation."""
        if not self._is_anew:
            self._opened().remove(document_id)

    def add_stored(self, folder: Path, documents: Set[str]) -> None:
        """Adds the chunks of some documents of a part that lies in `folder`."""
        if self._is_anew or not documents:
            return
        writer = self._opened()
        with closing(PartStore.open(folder / STORE_FILE)) as part:
            for chunk_id, text in part.search_texts():
                if chunk_id.rpartition("#")[0] in documents:
                    writer.add(chunk_id, " ".join(analyse(text)))

    def finish(self, parts: Sequence[Path], progress: Progress) -> None:
        """Closes the files; an index that is written anew reads the parts that lie in these folders."""
        progress(0, None, "建立关键词索引")
        if self._is_anew:
            derive_keywords(parts, self._folder, progress)
        else:
            self._opened().close()
            self._writer = None

    def abandon(self) -> None:
        """Gives the changes up."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None

    @property
    def _folder(self) -> Path:
        return self._draft.folder / KEYWORDS_FOLDER

    def _opened(self) -> KeywordWriter:
        if self._writer is None:
            for path in self._linkable():
                self._draft.link(path, f"{KEYWORDS_FOLDER}/{path.name}")
            self._writer = KeywordWriter(self._folder)
        return self._writer

    def _linkable(self) -> Iterable[Path]:
        folder = self._base.folder / KEYWORDS_FOLDER if self._base else None
        return sorted(path for path in folder.iterdir() if path.suffix != ".lock") if folder else ()
