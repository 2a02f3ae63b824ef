from collections.abc import Iterator
from typing import Any

import pytest

from rag.types import Answer, Event
from tests.fakes.chain import BROKEN, DAMAGED, FIGURE, SLOW, UNKNOWN, FakeChain
from web.conversation import (
    HISTORY_MESSAGES,
    QUESTION_CHARACTERS,
    TOO_LONG,
    TROUBLE,
    TURNS_KEPT,
    Bubble,
    Conversation,
    ask,
    bubbles,
)


class CutShort(FakeChain):
    """A chain whose connection ends after one sentence."""

    def stream(self, given: Any, /) -> Iterator[Event]:
        yield Event(sentence="说到一半。")


def steps(
    chain: FakeChain, question: str, so_far: Conversation | None = None
) -> list[tuple[list[Bubble], Conversation]]:
    return list(ask(chain, question, so_far or Conversation()))


def talked(chain: FakeChain, *questions: str) -> Conversation:
    so_far = Conversation()
    for question in questions:
        so_far = steps(chain, question, so_far)[-1][1]
    return so_far


def test_sentences_come_one_by_one_and_then_the_answer() -> None:
    seen = [shown[-1].html for shown, _ in steps(FakeChain(0), SLOW)]
    assert "正在查资料" in seen[0]
    assert [("能报销" in one, "凭发票报销" in one, "2000" in one, "看出处" in one) for one in seen[1:]] == [
        (True, False, False, False),
        (True, True, False, False),
        (True, True, True, False),
        (True, True, True, True),
    ]


def test_only_the_last_step_changes_the_conversation() -> None:
    conversations = [grown for _, grown in steps(FakeChain(0), SLOW)]
    assert all(not one.exchanges for one in conversations[:-1])
    assert conversations[-1].exchanges[0].question == SLOW


def test_the_chain_hears_the_last_messages_in_plain_text() -> None:
    chain = FakeChain(0)
    talked(chain, *[FIGURE] * 9)
    assert chain.inputs[0]["history"] == []
    last = chain.inputs[-1]["history"]
    assert len(last) == HISTORY_MESSAGES == 12
    assert last[-2:] == [
        {"role": "user", "content": FIGURE},
        {"role": "assistant", "content": "到2023年底，甲市已建成产业学院12家。【1】【2】"},
    ]


def test_a_failure_is_told_calmly_and_forgotten_by_the_chain(caplog: pytest.LogCaptureFixture) -> None:
    chain = FakeChain(0)
    so_far = talked(chain, BROKEN, DAMAGED, FIGURE)
    shown = bubbles(so_far)
    assert TROUBLE in shown[1].html and "secret" not in shown[1].html
    assert "changai build 重建" in shown[3].html
    assert chain.inputs[-1]["history"] == []
    assert "secret path and trace" in caplog.text


def test_a_stream_that_ends_without_an_answer_is_a_failure() -> None:
    shown, grown = steps(CutShort(), FIGURE)[-1]
    assert TROUBLE in shown[-1].html
    assert grown.exchanges[-1].answer is None


def test_a_refusal_offers_its_questions_until_the_next_one_is_asked() -> None:
    chain = FakeChain(0)
    refused = talked(chain, UNKNOWN)
    assert len(bubbles(refused)[-1].options) == 2
    waiting = steps(chain, FIGURE, refused)[0][0]
    assert not any(bubble.options for bubble in waiting)


@pytest.mark.parametrize("question", ["", "  \n "])
def test_a_blank_question_asks_nothing(question: str) -> None:
    chain = FakeChain(0)
    assert steps(chain, question) == [([], Conversation())]
    assert not chain.inputs


def test_a_question_too_long_never_reaches_the_chain() -> None:
    chain = FakeChain(0)
    shown, grown = steps(chain, "长" * (QUESTION_CHARACTERS + 1))[-1]
    assert TOO_LONG in shown[-1].html
    assert not chain.inputs and not grown.exchanges
    steps(chain, "长" * QUESTION_CHARACTERS)
    assert len(chain.inputs) == 1


def test_turn_numbers_are_never_used_twice() -> None:
    so_far = talked(FakeChain(0), *[FIGURE] * (TURNS_KEPT + 3))
    turns = [exchange.turn for exchange in so_far.exchanges]
    assert turns == list(range(4, TURNS_KEPT + 4))


def test_what_a_person_types_is_inert() -> None:
    shown = steps(FakeChain(0), "<img src=x onerror=alert(1)> **粗**")[0][0]
    assert "<" not in shown[0].html and "*" not in shown[0].html


def test_the_fake_keeps_to_the_contract() -> None:
    events = list(FakeChain(0).stream({"question": SLOW}))
    assert "".join(event.sentence for event in events) == events[-1].answer.text  # type: ignore[union-attr]
    assert isinstance(FakeChain(0).invoke({"question": SLOW}), Answer)
