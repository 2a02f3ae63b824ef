"""What the doors need of a chain: ask and get an answer, or ask and watch it come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from rag.types import Answer, Event


class Answerer(Protocol):
    """The LangChain runnable of `rag.chain`; its input is `{question, history?, place?}`."""

    def invoke(self, given: Any, /) -> Answer:
        """Answers in one piece."""
        ...

    def stream(self, given: Any, /) -> Iterator[Event]:
        """Yields verified sentences as they pass, then the whole answer."""
        ...
