"""How a question was understood, above its answer, and asking once more without one of its filters."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from rag.question import understand
from rag.types import Answer, Event, Slip
from tests.fakes.chain import FIGURE, FakeChain
from web.about import About
from web.conversation import Conversation, ask, ask_without, bubbles
from web.heard import heard_html, left_out_html, tapped_chip
from web.rest import routes

QUESTION = "白银市2021年有几家工匠学院？"


class Understanding(FakeChain):
    """The fake chain, with questions understood as they are by the real one."""

    def invoke(self, given: Any, /) -> Answer:
        known = super().invoke({**given, "question": FIGURE})
        self.inputs[-1] = dict(given)
        return replace(known, question=understand(given["question"], without=tuple(given.get("without", ()))))

    def stream(self, given: Any, /) -> Iterator[Event]:
        yield Event(answer=self.invoke(given))


def told(question: str, **more: Any) -> Answer:
    return replace(Understanding(0).invoke({"question": question}), **more)


def talked(chain: FakeChain, question: str = QUESTION) -> Conversation:
    return list(ask(chain, question, Conversation()))[-1][1]


def test_every_filter_is_a_chip_that_names_its_turn_and_place() -> None:
    html = heard_html(told(QUESTION), 3)
    assert html.count('class="chip"') == 3
    for number, label in enumerate(("地区</span>白银市", "年份</span>2021年", "举措</span>工匠学院")):
        assert f'href="#without-3-{number}"' in html
        assert label in html


def test_what_was_mended_is_told_and_escaped() -> None:
    answer = told("有几家？")
    mended = replace(answer.question, slips=(Slip("劳摸", "劳模"), Slip("x", "<b>")))
    html = heard_html(replace(answer, question=mended), 1)
    assert "已按“劳模”、“&#60;b&#62;”查找" in html


def test_a_question_without_filters_has_no_line() -> None:
    assert heard_html(told("有什么好处？"), 1) == ""


def test_the_names_of_unknown_places_are_inert() -> None:
    assert "<img" not in heard_html(told("<img>市有哪些做法？"), 1)


@pytest.mark.parametrize(
    ("tapped", "chip"),
    [("without-3-0", (3, 0)), (" without-12-1 ", (12, 1)), ("", None), ("without-x-1", None), ("cite-1-1", None)],
)
def test_what_a_tap_says(tapped: str, chip: tuple[int, int] | None) -> None:
    assert tapped_chip(tapped) == chip


def test_a_tap_asks_the_question_again_without_the_filter() -> None:
    chain = Understanding(0)
    so_far = talked(chain)
    steps = list(ask_without(chain, "without-1-1", so_far))
    assert chain.inputs[-1] == {"question": QUESTION, "history": [], "without": ["2021"]}
    grown = steps[-1][1]
    assert [exchange.turn for exchange in grown.exchanges] == [1, 2]
    assert grown.exchanges[-1].without == ("2021",)
    user, assistant = bubbles(grown)[-2:]
    assert "不限：2021年" in user.html
    assert "2021年<span" not in assistant.html
    assert steps[0][1] is so_far and "正在查资料" in steps[0][0][-1].html


def test_filters_are_taken_away_one_after_the_other() -> None:
    chain = Understanding(0)
    grown = list(ask_without(chain, "without-1-1", talked(chain)))[-1][1]
    grown = list(ask_without(chain, "without-2-0", grown))[-1][1]
    assert chain.inputs[-1]["without"] == ["2021", "白银市"]
    assert "不限：2021年、白银市" in bubbles(grown)[-2].html


def test_the_next_question_builds_on_what_was_asked_without_the_filter() -> None:
    chain = Understanding(0)
    grown = list(ask_without(chain, "without-1-0", talked(chain)))[-1][1]
    list(ask(chain, "那2022年呢？", grown))
    said = [turn["content"] for turn in chain.inputs[-1]["history"] if turn["role"] == "user"]
    assert said == [QUESTION, "2021年有几家工匠学院？"]


@pytest.mark.parametrize("tapped", ["", "without-9-0", "without-1-9", "nonsense"])
def test_a_tap_on_no_filter_asks_nothing(tapped: str) -> None:
    chain = Understanding(0)
    so_far = talked(chain)
    assert [grown for _, grown in ask_without(chain, tapped, so_far)] == [so_far]
    assert len(chain.inputs) == 1


def test_nothing_left_out_is_no_line() -> None:
    assert left_out_html(()) == ""


def test_filters_are_left_out_over_rest() -> None:
    chain = Understanding(0)
    with TestClient(Starlette(routes=routes(chain, lambda: About(1, 1)))) as client:
        given = {"question": QUESTION, "without": [" 年份 ", ""]}
        reply = client.post("/api/ask", json=given).json()
        assert chain.inputs[-1]["without"] == ["年份"]
        assert reply["filters"] == [{"kind": "place", "value": "白银市"}, {"kind": "measure", "value": "工匠学院"}]
        assert reply["slips"] == []
        wrong = client.post("/api/ask", json={"question": QUESTION, "without": "年份"})
        assert wrong.status_code == 422
        assert "without" in wrong.json()["error"]


def test_an_earlier_question_is_told_by_its_first_words() -> None:
    answer = told(QUESTION)
    carried = "前面问过的一个很长很长很长很长很长的问题"
    html = heard_html(replace(answer, question=replace(answer.question, carried=carried)), 3)
    assert f"接着问</span>{carried[:18]}…<" in html
    assert carried not in html
