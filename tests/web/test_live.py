from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from index.errors import IndexDamagedError
from index.library import Library
from rag.types import Answer
from tests.fakes.chain import FIGURE, FakeChain, reply
from web.answerer import Answerer
from web.examples import SHOWN, WORTH_SHOWING, examples
from web.live import LiveChain


@dataclass
class Shelf:
    """A folder with numbered indexes; each library knows how many documents it opened with."""

    newest: int = 1
    damaged: bool = False
    opened: list[int] = field(default_factory=list)

    def open(self) -> Library:
        if self.damaged:
            raise IndexDamagedError("索引已损坏。")
        self.opened.append(self.newest)
        return cast(Library, ShelfLibrary(self, self.newest))


@dataclass
class ShelfLibrary:
    shelf: Shelf
    number: int

    def is_current(self) -> bool:
        return self.shelf.newest == self.number

    def documents(self) -> tuple[str, ...]:
        return ("文",) * self.number

    def place_names(self) -> frozenset[str]:
        return frozenset({"甲市"})


class Counting(FakeChain):
    """Answers how many documents its library holds."""

    def __init__(self, library: Library) -> None:
        super().__init__(0)
        self.library = library

    def invoke(self, given: Any, /) -> Answer:
        return reply(given["question"], "figure", ((f"{len(self.library.documents())}份", ()),), ())


def answer_of(chain: Answerer) -> str:
    events = list(chain.stream({"question": FIGURE}))
    assert events[-1].answer is not None
    assert chain.invoke({"question": FIGURE}).text == events[-1].answer.text
    return events[-1].answer.text


def test_what_is_added_while_serving_is_answered_from_at_once() -> None:
    shelf = Shelf()
    chain = LiveChain(shelf.open, Counting)
    assert (answer_of(chain), chain.about().documents) == ("1份", 1)
    shelf.newest = 5
    assert (answer_of(chain), chain.about(("问",)).documents) == ("5份", 5)
    assert chain.about(("问",)).examples == ("问",)
    assert shelf.opened == [1, 5]


def test_a_newer_index_that_cannot_be_opened_leaves_the_last_good_one(caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf()
    chain = LiveChain(shelf.open, Counting)
    shelf.newest, shelf.damaged = 2, True
    assert answer_of(chain) == "1份"
    assert "索引已损坏" in caplog.text
    shelf.damaged = False
    assert answer_of(chain) == "2份"


def test_the_first_index_must_open() -> None:
    with pytest.raises(IndexDamagedError):
        LiveChain(Shelf(damaged=True).open, Counting)


def knowing(*questions: str) -> Callable[[], Answerer]:
    class Knowing(FakeChain):
        def invoke(self, given: Any, /) -> Answer:
            known = given["question"] in questions
            return reply(given["question"], "figure", (("有。", ()),), ()) if known else super().invoke(given)

    return lambda: Knowing(0)


def test_examples_are_questions_that_the_library_answers() -> None:
    assert examples(FakeChain(0)) == ()
    few = (WORTH_SHOWING[1], WORTH_SHOWING[-1])
    assert examples(knowing(*few)()) == few
    assert examples(knowing(*WORTH_SHOWING)()) == WORTH_SHOWING[:SHOWN]
