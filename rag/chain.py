"""The LangChain runnable that joins the rooms: question in, cited answer or refusal out, whole sentences streamed."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, NotRequired, TypedDict

from langchain_core.runnables import Runnable, RunnableConfig

from index.library import Library
from rag.answering import Answering
from rag.generate import LanguageModelSettings
from rag.history import turns_kept
from rag.question import understand
from rag.types import Answer, Event, Turn


class ChainInput(TypedDict):
    """A question with what was said before, the place chosen beside it, and the filters of it that are taken away."""

    question: str
    history: NotRequired[list[dict[str, str]]]
    place: NotRequired[str]
    without: NotRequired[Sequence[str]]


class AnswerChain(Runnable[ChainInput, Any]):
    """`invoke` gives an `Answer`; `stream` gives an `Event` a verified sentence, the last one carrying the answer."""

    def __init__(self, library: Library, llm: LanguageModelSettings | None = None) -> None:
        self._library = library
        self._answering = Answering(library, llm)
        self._turns = turns_kept(os.environ)

    def invoke(self, input: ChainInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The whole answer at once."""
        answer: Answer = self._call_with_config(self._whole, input, config)
        return answer

    def stream(self, input: ChainInput, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Event]:
        """Verified sentences as they pass, then the answer."""
        yield from self._events(input)

    async def astream(
        self, input: ChainInput, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[Event]:
        """As `stream`, for callers that run an event loop; the work is done in a thread."""
        events = self._events(input)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    def _whole(self, input: ChainInput) -> Answer:
        answer = None
        for event in self._events(input):
            answer = event.answer or answer
        if answer is None:
            raise RuntimeError("the stream of an answer ended without the answer itself")
        return answer

    def _events(self, input: ChainInput) -> Iterator[Event]:
        started = time.perf_counter()
        history = [
            Turn("assistant" if turn.get("role") == "assistant" else "user", str(turn.get("content", "")))
            for turn in input.get("history", [])[-self._turns :]
        ]
        # A half surrogate, which JSON can hold, is a letter that no library takes.
        asked = input["question"].encode("utf-8", "replace").decode("utf-8")
        place, without = input.get("place", ""), input.get("without", ())
        question = understand(asked, history, place, self._library, without)
        if history and self._answering.unheld(question):
            # The place of an earlier turn is not in the library; this turn may well stand alone.
            question = understand(asked, (), place, self._library, without)
        yield from self._answering.events(question, started)


def make_chain(library: Library, llm: LanguageModelSettings | None = None) -> AnswerChain:
    """The chain over an open library; with `llm` the sentences are written by a model and verified all the same."""
    return AnswerChain(library, llm)
