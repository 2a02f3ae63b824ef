"""What a tap on a thumb does: the vote is kept, and after a 没用 a better answer may be told."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from web.ballot import DOWN, UP
from web.conversation import Conversation, Exchange
from web.escape import escape
from web.feedback import Keep, Vote

EXPECTED_CHARACTERS = 2000
NAMED_CHARACTERS = 24
UNKEPT = "这次的反馈没能存下来，请告诉管理员。"
THANKS = "谢谢，已经记下。"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Slip:
    """The quiet line under the chat, as HTML, and whether a box for a better answer stands under it."""

    html: str = ""
    asks: bool = False


def slip(line: str, asks: bool = False) -> Slip:
    """A slip that says one line of plain text."""
    return Slip(f'<div class="slip">{escape(line)}</div>', asks)


def vote_of(exchange: Exchange, up: bool, expected: str = "") -> Vote:
    """The vote on an answer; raises ValueError on a failure, which nobody can vote on."""
    if exchange.answer is None:
        raise ValueError(f"turn {exchange.turn} has no answer")
    return Vote(exchange.question, exchange.history, exchange.answer.text, up, expected)


def kept(keep: Keep, vote: Vote) -> bool:
    """Whether the vote is on the disk now."""
    try:
        keep(vote)
    except OSError:
        # The page is the last frame that can tell the person; the log keeps the trace.
        log.exception("a vote could not be kept")
        return False
    return True


def cast(conversation: Conversation, position: int, up: bool, keep: Keep) -> Slip:
    """Keeps the vote on the exchange at this position of the talk; the same vote again is not kept twice."""
    ballot = conversation.ballot
    ballot.asking = None
    if not 0 <= position < len(conversation.exchanges) or conversation.exchanges[position].answer is None:
        log.warning("a vote on no answer (position %s of %s)", position, len(conversation.exchanges))
        return slip(UNKEPT)
    exchange = conversation.exchanges[position]
    mark = UP if up else DOWN
    if ballot.marks.get(exchange.turn) != mark:
        if not kept(keep, vote_of(exchange, up)):
            ballot.release(exchange.turn)
            return slip(UNKEPT)
        ballot.press(exchange.turn, mark)
    if up:
        return Slip()
    ballot.asking = exchange.turn
    named = exchange.question[:NAMED_CHARACTERS] + ("…" if len(exchange.question) > NAMED_CHARACTERS else "")
    return slip(f"已记下「没用」：{named}", asks=True)


def tell_expected(conversation: Conversation, expected: str, keep: Keep) -> Slip:
    """Keeps the vote once more, with what the answer should have been; nothing typed is nothing told."""
    expected = expected.strip()[:EXPECTED_CHARACTERS]
    asked = [exchange for exchange in conversation.exchanges if exchange.turn == conversation.ballot.asking]
    if not expected or not asked:
        conversation.ballot.asking = None
        return Slip()
    if not kept(keep, vote_of(asked[0], up=False, expected=expected)):
        return slip(UNKEPT, asks=True)
    conversation.ballot.asking = None
    return slip(THANKS)
