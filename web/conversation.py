"""One person's conversation: its turns, what the chain is told of them, and how an answer comes in."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from index.errors import ChangaiError
from rag.filters import filters_of
from rag.types import Answer
from web.answerer import Answerer
from web.ballot import Ballot
from web.bubbles import WAITING, answer_html, panel_html, streaming_html, trouble_html
from web.escape import escape
from web.heard import left_out_html, tapped_chip

HISTORY_MESSAGES = 12
QUESTION_CHARACTERS = 2000
TURNS_KEPT = 30
TROUBLE = "这次没有答成，请稍后再试。若一再出现，请告诉管理员。"
TOO_LONG = f"问题太长了，请缩短到 {QUESTION_CHARACTERS} 字以内。"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, what the chain was told before it, and what came of it: an answer, or a failure in words.

    `without` are the filters of the question that the person took away.
    """

    turn: int
    question: str
    answer: Answer | None = None
    failure: str = ""
    history: tuple[dict[str, str], ...] = ()
    without: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """What later questions build upon: a question less its filters is what was asked without them."""
        return self.answer.question.standalone if self.answer and self.without else self.question


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far, oldest first; the oldest are dropped beyond TURNS_KEPT."""

    exchanges: tuple[Exchange, ...] = ()
    ballot: Ballot = field(default_factory=Ballot)

    @property
    def next_turn(self) -> int:
        """The number of the coming turn; numbers are never used twice, so a 【n】 never finds another turn's card."""
        return self.exchanges[-1].turn + 1 if self.exchanges else 1

    def with_exchange(self, exchange: Exchange) -> Conversation:
        """The conversation one turn longer."""
        return Conversation((*self.exchanges, exchange)[-TURNS_KEPT:], self.ballot)

    def history(self) -> list[dict[str, str]]:
        """What the chain is told: the last messages, plain text, failures left out."""
        messages = [
            message
            for exchange in self.exchanges
            if exchange.answer is not None
            for message in (
                {"role": "user", "content": exchange.asked},
                {"role": "assistant", "content": exchange.answer.text},
            )
        ]
        return messages[-HISTORY_MESSAGES:]

    def marks(self) -> list[str | None]:
        """Which thumb is pressed under each answer, in the order of the exchanges."""
        return [self.ballot.marks.get(exchange.turn) for exchange in self.exchanges]

    def panel(self) -> str:
        """The panel of sources as it stands."""
        return panel_html(tuple((one.turn, one.question, one.answer) for one in self.exchanges if one.answer))


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the chat; `options` are questions that can be asked by a tap."""

    role: str
    html: str
    options: tuple[str, ...] = ()


def bubbles(conversation: Conversation) -> list[Bubble]:
    """All messages of a conversation; only the last refusal still offers its questions."""
    shown: list[Bubble] = []
    for exchange in conversation.exchanges:
        last = exchange is conversation.exchanges[-1]
        shown.append(question_bubble(exchange.question, exchange.without))
        if exchange.answer is None:
            shown.append(Bubble("assistant", trouble_html(exchange.failure)))
            continue
        options = exchange.answer.suggestions if exchange.answer.refused and last else ()
        shown.append(Bubble("assistant", answer_html(exchange.answer, exchange.turn), options))
    return shown


def question_bubble(question: str, without: tuple[str, ...] = ()) -> Bubble:
    """A question as it was asked."""
    return Bubble("user", escape(question[:QUESTION_CHARACTERS]) + left_out_html(without))


def answered(chain: Answerer, asked: Exchange) -> Iterator[str | Exchange]:
    """Asks the chain: the HTML of the growing bubble, again and again, then the exchange; a failure becomes words."""
    given: dict[str, Any] = {"question": asked.question, "history": list(asked.history)}
    if asked.without:
        given["without"] = list(asked.without)
    said = ""
    try:
        for event in chain.stream(given):
            if event.answer is not None:
                yield replace(asked, answer=event.answer)
                return
            said += event.sentence
            yield streaming_html(said, asked.turn)
    except ChangaiError as error:
        yield replace(asked, failure=str(error))
    except Exception:
        # The page is the last frame that can still tell the person; the log keeps the trace.
        log.exception("a question on the page failed")
        yield replace(asked, failure=TROUBLE)
    else:
        log.error("the chain ended its stream without an answer")
        yield replace(asked, failure=TROUBLE)


def ask(chain: Answerer, question: str, conversation: Conversation) -> Iterator[tuple[list[Bubble], Conversation]]:
    """Each step of a question: all bubbles and the conversation, which grows at the last step only."""
    question = question.strip()
    if not question:
        yield bubbles(conversation), conversation
        return
    if len(question) > QUESTION_CHARACTERS:
        asked = [*_settled(conversation), question_bubble(question), Bubble("assistant", trouble_html(TOO_LONG))]
        yield asked, conversation
        return
    history = tuple(conversation.history())
    yield from _steps(chain, Exchange(conversation.next_turn, question, history=history), conversation)


def ask_without(
    chain: Answerer, tapped: str, conversation: Conversation
) -> Iterator[tuple[list[Bubble], Conversation]]:
    """Each step of asking once more a question less the filter whose chip was tapped; as `ask`."""
    chip = tapped_chip(tapped)
    for exchange in conversation.exchanges:
        if chip is None or exchange.turn != chip[0] or exchange.answer is None:
            continue
        filters = filters_of(exchange.answer.question)
        if chip[1] < len(filters):
            without = (*exchange.without, filters[chip[1]].value)
            again = replace(exchange, turn=conversation.next_turn, answer=None, without=without)
            yield from _steps(chain, again, conversation)
            return
    yield bubbles(conversation), conversation


def _steps(chain: Answerer, asked: Exchange, conversation: Conversation) -> Iterator[tuple[list[Bubble], Conversation]]:
    earlier = [*_settled(conversation), question_bubble(asked.question, asked.without)]
    yield [*earlier, Bubble("assistant", WAITING)], conversation
    for step in answered(chain, asked):
        if isinstance(step, Exchange):
            grown = conversation.with_exchange(step)
            yield bubbles(grown), grown
        else:
            yield [*earlier, Bubble("assistant", step)], conversation


def _settled(conversation: Conversation) -> list[Bubble]:
    """The bubbles so far; suggestions of an earlier refusal go as soon as the next question is on its way."""
    return [Bubble(one.role, one.html) for one in bubbles(conversation)]
