"""The LangChain runnable that joins the rooms: question in, cited answer or refusal out, whole sentences streamed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from index.library import Library
from rag.asking import Asking, ChainInput
from rag.generate import LanguageModelSettings
from rag.types import Answer, Event

__all__ = ["AnswerChain", "ChainInput", "make_chain"]


class AnswerChain(Runnable[ChainInput, Any]):
    """`invoke` gives an `Answer`; `stream` gives an `Event` a verified sentence, the last one carrying the answer."""

    def __init__(self, library: Library, llm: LanguageModelSettings | None = None) -> None:
        self._asking = Asking(library, llm)

    def invoke(self, input: ChainInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The whole answer at once."""
        answer: Answer = self._call_with_config(self._asking.answer, input, config)
        return answer

    def stream(self, input: ChainInput, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Event]:
        """Verified sentences as they pass, then the answer."""
        yield from self._asking.events(input)

    async def astream(
        self, input: ChainInput, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[Event]:
        """As `stream`, for callers that run an event loop; the work is done in a thread."""
        events = self._asking.events(input)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event


def make_chain(library: Library, llm: LanguageModelSettings | None = None) -> AnswerChain:
    """The chain over an open library; with `llm` the sentences are written by a model and verified all the same."""
    return AnswerChain(library, llm)
