"""A chain over the newest index: what a running server answers from follows what `changai add` and `remove` do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any

from index.errors import ChangaiError
from index.library import Library
from rag.types import Answer, Event
from web.about import About
from web.answerer import Answerer

log = logging.getLogger(__name__)


class LiveChain:
    """Opens the index again as soon as a writer has published a newer one; safe to share between threads.

    A newer index that cannot be opened is logged, and the last good one goes on answering.
    """

    def __init__(self, open_library: Callable[[], Library], chain_over: Callable[[Library], Answerer]) -> None:
        self._open_library = open_library
        self._chain_over = chain_over
        self._lock = Lock()
        self._take(open_library())

    @property
    def folder(self) -> Path:
        """The folder of the index, the same for all its generations."""
        return self._library.settings.folder

    def invoke(self, given: Any, /) -> Answer:
        """Answers from the newest index."""
        return self._newest().invoke(given)

    def stream(self, given: Any, /) -> Iterator[Event]:
        """Streams an answer from the index that was the newest when the question came."""
        return self._newest().stream(given)

    def library(self) -> Library:
        """The newest index, for a reader beside the chain."""
        self._newest()
        return self._library

    def about(self, examples: tuple[str, ...] = ()) -> About:
        """What the newest index holds."""
        self._newest()
        documents, places = self._counts
        return About(documents, places, examples)

    def _take(self, library: Library) -> None:
        self._chain = self._chain_over(library)
        self._counts = (len(library.documents()), len(library.place_names()))
        # Answers under way still hold the library before, so it is dropped, not closed.
        self._library = library

    def _newest(self) -> Answerer:
        with self._lock:
            if not self._library.is_current():
                try:
                    self._take(self._open_library())
                except ChangaiError:
                    log.exception("the newer index cannot be opened; the last good one goes on answering")
            return self._chain
