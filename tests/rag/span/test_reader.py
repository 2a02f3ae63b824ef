"""What the span reader gives, whatever its weights."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelError
from rag.span.network import Network
from rag.span.reader import WINDOW, Reader, spans
from rag.span.weights import read_weights
from tests.rag.span.small import small_file, small_weights

texts = st.text(st.sampled_from("工会成立何时甲乙年2021aＡ。《》，\n\ud800𠀀 "), max_size=120)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(small_weights(tmp_path_factory.mktemp("span") / "span.safetensors"))


@given(question=texts, passages=st.lists(texts, max_size=4))
@settings(max_examples=40, deadline=None)
def test_spans_lie_in_the_passage_apart_and_best_first(reader: Reader, question: str, passages: list[str]) -> None:
    found = reader.spans(question, passages, most=3)
    assert len(found) == len(passages)
    for text, one in zip(passages, found, strict=True):
        assert len(one.spans) <= 3
        assert 0 <= one.none <= 1
        assert sum(span.score for span in one.spans) + one.none <= 1 + 1e-4
        assert [span.score for span in one.spans] == sorted((span.score for span in one.spans), reverse=True)
        ranges = sorted((span.start, span.end) for span in one.spans)
        assert all(0 <= start < end <= len(text) for start, end in ranges)
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(ranges))


def test_a_passage_reads_the_same_beside_longer_ones(reader: Reader) -> None:
    alone = reader.spans("工会何时成立", ["工会成立于2021年。"])[0]
    beside = reader.spans("工会何时成立", ["甲" * 90, "工会成立于2021年。", "乙年" * 200])[1]
    assert [(span.start, span.end) for span in alone.spans] == [(span.start, span.end) for span in beside.spans]
    assert beside.none == pytest.approx(alone.none, rel=1e-3)


def test_a_long_passage_is_read_to_its_end(reader: Reader) -> None:
    text = "甲" * (3 * WINDOW) + "乙"
    # With this many spans wanted, some of the last window are among them.
    ends = [span.end for span in reader.spans("乙", [text], most=4 * WINDOW)[0].spans]
    assert max(ends) > 2 * WINDOW + WINDOW // 2


def test_nothing_is_found_for_a_question_or_in_a_passage_without_signs(reader: Reader) -> None:
    assert [(one.spans, one.none) for one in reader.spans(" ", ["工会"])] == [((), 1.0)]
    assert [(one.spans, one.none) for one in reader.spans("工会", ["", "\n "])] == [((), 1.0), ((), 1.0)]


def test_a_damaged_or_missing_file_is_named(tmp_path: Path) -> None:
    path = small_file(tmp_path / "span.safetensors")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelError, match=r"span\.safetensors"):
        read_weights(path)
    with pytest.raises(ModelError, match=r"none\.safetensors"):
        read_weights(tmp_path / "none.safetensors")


def test_weights_come_back_within_half_a_step(tmp_path: Path) -> None:
    path = tmp_path / "span.safetensors"
    once = small_weights(path)
    # The largest of each row is kept to the bit, all others to half of a 127th of it.
    again = read_weights(path)
    assert np.array_equal(once.own, again.own)
    assert np.abs(once.own).max() < 5


def test_the_state_runs_forward_in_the_first_half_and_backward_in_the_second() -> None:
    # new = x, and a gate of 0 for `keep` (a half kept, a half new); output gate far open, so the output is tanh(state).
    weight = np.zeros((8, 1), dtype=np.float32)
    weight[:2] = 1
    bias = np.array([0, 0, 0, 0, 40, 40, 0, 0], dtype=np.float32)
    network = Network({"one.into.weight": weight, "one.into.bias": bias})
    x, held = np.array([[[1.0], [0.0], [9.0]]], dtype=np.float32), np.array([[1, 1, 0]], dtype=np.float32)
    found = network.recurrent("one", x, held)[0]
    assert np.allclose(found[:2, 0], np.tanh([0.5, 0.25]))
    # The padded third token, whatever stands there, changes no state.
    assert np.allclose(found[:2, 1], np.tanh([0.5, 0.0]))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("云溪市总工会是哪一年成立的？", "1950年"),
        ("云溪市总工会有多少职工？", "3万"),
        ("云溪市总工会首任主席是谁？", "张三"),
    ],
)
def test_the_shipped_reader_finds_year_figure_and_name(question: str, answer: str) -> None:
    text = "云溪市总工会位于城区，有职工3万人。云溪市总工会成立于1950年5月，首任主席是张三。2021年建成工匠学院。"
    best = spans(question, ["无关的一段话。", text])[1].spans[0]
    assert answer in text[best.start : best.end]
    assert best.end - best.start < 15


def test_a_question_asked_again_of_other_passages_finds_the_same() -> None:
    texts = ["云溪市总工会有职工3万人。", "云溪市总工会成立于1950年5月，首任主席是张三。", "2021年建成工匠学院。"]
    asked = "云溪市总工会是哪一年成立的？"
    first = [spans(asked, [text])[0] for text in texts]
    spans("云溪市有多少职工？", texts)
    assert [spans(asked, [text])[0] for text in reversed(texts)] == first[::-1]
    assert spans("", texts)[0].spans == ()
