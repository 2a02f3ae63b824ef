"""A question with what was said before, put to a library: its answer, or the steps to it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from typing import NotRequired, TypedDict

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


class Asking:
    """What the chain does, without LangChain, which a command that answers once need not load."""

    def __init__(self, library: Library, llm: LanguageModelSettings | None = None) -> None:
        self._library = library
        self._answering = Answering(library, llm)
        self._turns = turns_kept(os.environ)

    def answer(self, asked: ChainInput) -> Answer:
        """The whole answer at once."""
        answer = None
        for event in self.events(asked):
            answer = event.answer or answer
        if answer is None:
            raise RuntimeError("the stream of an answer ended without the answer itself")
        return answer

    def events(self, asked: ChainInput) -> Iterator[Event]:
        """Verified sentences as they pass, then the answer."""
        started = time.perf_counter()
        history = [
            Turn("assistant" if turn.get("role") == "assistant" else "user", _well_formed(str(turn.get("content", ""))))
            for turn in asked.get("history", [])[-self._turns :]
        ]
        text = _well_formed(asked["question"])
        place, without = asked.get("place", ""), asked.get("without", ())
        question = understand(text, history, place, self._library, without)
        if history and self._answering.unheld(question):
            # The place of an earlier turn is not in the library; this turn may well stand alone.
            question = understand(text, (), place, self._library, without)
        yield from self._answering.events(question, started)


def _well_formed(text: str) -> str:
    """A text with a question mark for each half of a surrogate pair, which JSON can hold and no library takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
