"""Readings of short texts, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ranking.grams import Grams, grams_of
from rag.ranking.matches import find
from rag.ranking.query import Query
from rag.ranking.readings import Column, Legs, readings

QUESTION = Grams(("工匠", "匠学", "学院"), np.array([0, 1, 2]), np.array([1.0, 2.0, 1.0]), np.array([0.5, 1.0, 0.5]))
TEXTS = ("标题\n工匠学院建成。", "学院里有工匠。", "无关文字。")
BODIES = (3, 0, 0)
letters = st.sampled_from("工匠学院市10aA家İ𠀀 。；\n")


def legs_of(count: int) -> Legs:
    return Legs(np.zeros(count), np.zeros(count), np.arange(count))


def read(texts: tuple[str, ...], grams: Grams = QUESTION, bodies: tuple[int, ...] = ()) -> dict[str, list[float]]:
    found = readings(grams, find(grams, texts, bodies or (0,) * len(texts)), legs_of(len(texts)))
    return {name: column.tolist() for name, column in found.items()}


def test_shares_of_the_question_by_hand() -> None:
    found = read(TEXTS, bodies=BODIES)
    # Of the weight 2, the first text says all, the second 学院 and 工匠, which are half of it.
    assert found["covered"] == found["covered_passage"] == [1.0, 0.5, 0.0]
    assert found["covered_context"] == [0.0, 0.0, 0.0]
    assert found["dearest"] == [1.0, 0.0, 0.0]
    assert found["dearest_four"] == [1.0, 0.5, 0.0]
    assert found["covered_behind"] == [0.0, -0.5, -1.0]
    assert found["length"] == pytest.approx(np.log1p([10, 7, 5]))


def test_bm25_by_hand() -> None:
    found = read(("工匠工匠学院", "学院四五", "二二"))
    # The lengths 6, 4 and 2 have the mean 4; 工匠 stands twice in the first text and all else once.
    twice = 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 1.5))
    once = 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1.5))
    assert found["bm25_needed"] == pytest.approx([(0.5 * twice + 1.0 * once + 0.5 * once) / 2, 0.5 * 1.0 / 2, 0.0])
    assert found["bm25"] == pytest.approx([(1 * twice + 2 * once + 1 * once) / 4, 1 / 4, 0.0])
    flat_twice = 2 * 1.6 / (2 + 0.6 * (0.7 + 0.3 * 1.5))
    flat_once = 1.6 / (1 + 0.6 * (0.7 + 0.3 * 1.5))
    assert found["bm25_flat"] == pytest.approx([(0.5 * flat_twice + 1.5 * flat_once) / 2, 0.5 / 2, 0.0])
    assert found["words_behind"] == pytest.approx((np.array(found["bm25_needed"]) - found["bm25_needed"][0]).tolist())


def test_the_passage_and_what_stands_above_it_are_told_apart() -> None:
    found = read(("工匠\n学院。", "工匠\n工匠。"), bodies=(3, 3))
    assert found["covered"] == [0.5, 0.25]
    assert found["covered_passage"] == [0.25, 0.25]
    assert found["covered_context"] == [0.25, 0.25]


def test_the_longest_run_by_hand() -> None:
    found = read((*TEXTS, "工匠学，匠学院"))
    assert found["run"] == [3.0, 1.0, 0.0, 2.0]
    # 学院 alone and 工匠 alone are a quarter; 工匠学 and 匠学院 three quarters.
    assert found["run_share"] == [1.0, 0.25, 0.0, 0.75]


def test_a_run_does_not_go_from_one_text_into_the_next() -> None:
    # With a line break between them, 工匠学院 would be no run either.
    assert read(("很多工匠", "学院很多"))["run"] == [1.0, 1.0]


def test_a_sentence_ends_where_a_reader_would_end_it() -> None:
    found = read(("工匠和学院。", "工匠。学院", "工匠\n学院", "工匠；学院", "工匠，学院", "工匠!学院"))
    assert found["sentence"] == [0.5, 0.25, 0.25, 0.25, 0.5, 0.25]
    assert found["sentence_behind"] == [0.0, -0.25, -0.25, -0.25, 0.0, -0.25]
    assert found["window"] == [0.5] * 6


def test_the_best_sentence_counts_and_a_word_said_twice_counts_once() -> None:
    found = read(("工匠。工匠学院。学院。", "工匠工匠。"))
    assert found["sentence"] == [1.0, 0.25]


@given(before=st.integers(0, 200), between=st.integers(1, 200))
@settings(deadline=None)
def test_a_window_holds_what_is_near_and_not_what_is_far(before: int, between: int) -> None:
    (window,) = read(("无" * before + "工匠" + "无" * between + "学院",))["window"]
    distance = between + 2
    if distance <= 40:
        assert window == 0.5
    if distance >= 80:
        assert window == 0.25
    assert window in {0.25, 0.5}


def test_windows_do_not_reach_into_another_text() -> None:
    assert read(("工匠", "学院"))["window"] == [0.25, 0.25]


def test_the_legs_by_hand() -> None:
    legs = Legs(np.array([0.0, 4.0, 2.0]), np.array([0.2, 0.8, 0.5]), np.array([0, 1, 0]))
    found = readings(QUESTION, find(QUESTION, TEXTS, BODIES), legs)
    assert found["keyword"].tolist() == [0.0, 1.0, 0.5]
    assert found["likeness"].tolist() == [0.2, 0.8, 0.5]
    assert found["likeness_behind"] == pytest.approx([-0.6, 0.0, -0.3])
    assert found["likeness_rank"] == pytest.approx([1 / 12, 1 / 10, 1 / 11])
    assert found["words_rank"] == pytest.approx([1 / 10, 1 / 11, 1 / 12])
    assert found["ranks"] == pytest.approx([1 / 12 + 1 / 10, 1 / 10 + 1 / 11, 1 / 11 + 1 / 12])


def test_where_the_keyword_leg_found_nothing_all_are_nothing() -> None:
    assert read(TEXTS)["keyword"] == [0.0, 0.0, 0.0]


def test_passages_of_a_document_speak_together() -> None:
    texts = ("工匠。", "学院。", "匠学。", "无关。")
    legs = Legs(np.zeros(4), np.array([0.1, 0.7, 0.3, 0.2]), np.array([0, 1, 0, 2]))
    found = readings(QUESTION, find(QUESTION, texts, (0,) * 4), legs)
    assert found["document_covered"].tolist() == [0.75, 0.25, 0.75, 0.0]
    assert found["document_likeness"].tolist() == [0.3, 0.7, 0.3, 0.2]
    assert found["siblings"].tolist() == [2.0, 1.0, 2.0, 1.0]
    words = found["bm25_needed"]
    assert found["document_words"].tolist() == [words[2], words[1], words[2], 0.0]


def test_more_than_ten_siblings_are_ten() -> None:
    legs = Legs(np.zeros(12), np.zeros(12), np.zeros(12, dtype=np.int64))
    assert readings(QUESTION, find(QUESTION, ("工匠",) * 12, (0,) * 12), legs)["siblings"].tolist() == [10.0] * 12


def test_readings_of_the_question_are_the_same_for_all() -> None:
    found = read(TEXTS)
    assert found["tokens"] == [3.0] * 3
    assert found["weight"] == [2.0] * 3
    assert found["mean_weight"] == pytest.approx([2 / 3] * 3)
    assert found["rarest"] == [2.0] * 3
    assert found["best_likeness"] == [0.0] * 3
    assert found["best_covered"] == [1.0] * 3


@pytest.mark.parametrize("question", ["", "？！"])
def test_a_question_of_no_token_reads_nothing(question: str) -> None:
    found = read(("工匠学院。", ""), grams_of(Query(question), lambda token: 1.0))
    assert {name for name, values in found.items() if any(values)} == {
        *("length", "likeness_rank", "words_rank", "ranks", "siblings"),
    }
    assert found["length"] == pytest.approx(np.log1p([5, 0]).tolist())


def naive_covered(grams: Grams, text: str) -> float:
    small = text.lower() if len(text.lower()) == len(text) else text
    held = sum(weight for token, weight in zip(grams.tokens, grams.weight.tolist(), strict=True) if token in small)
    return held / (sum(grams.weight.tolist()) or 1.0)


def naive_run(grams: Grams, text: str) -> int:
    """The longest stretch of Han characters of the question that the text has, counted in its pairs."""
    form = "".join(token[0] for token in grams.tokens) + (grams.tokens[-1][1:] if grams.tokens else "")
    lengths = [j - i for i in range(len(form)) for j in range(i + 1, len(form) + 1) if form[i:j] in text]
    return max(0, max(lengths, default=0) - 1)


@given(question=st.text(letters, max_size=15), texts=st.lists(st.text(letters, max_size=80), min_size=1, max_size=5))
@settings(deadline=None)
def test_any_texts_read_as_finite_numbers_and_shares(question: str, texts: list[str]) -> None:
    grams = grams_of(Query(question), lambda token: float(len(token)))
    found = readings(grams, find(grams, texts, [0] * len(texts)), legs_of(len(texts)))
    for name, column in found.items():
        assert column.shape == (len(texts),), name
        assert np.isfinite(column).all(), name
    slack = 1e-9
    for name in ("covered", "sentence", "window", "dearest", "dearest_four"):
        assert ((found[name] >= -slack) & (found[name] <= 1 + slack)).all(), name
    assert (found["sentence"] <= found["covered"] + slack).all()
    assert (found["window"] <= found["covered"] + slack).all()
    if "İ" not in "".join(texts):
        wanted = [naive_covered(grams, text) for text in texts]
        assert found["covered"] == pytest.approx(wanted)


@given(
    question=st.permutations("工匠学院市建成"),
    cut=st.integers(2, 7),
    texts=st.lists(st.text("工匠学院市建成。", max_size=40), min_size=1, max_size=4),
)
@settings(deadline=None)
def test_the_longest_run_is_the_longest_common_stretch(question: list[str], cut: int, texts: list[str]) -> None:
    grams = grams_of(Query("".join(question[:cut])), lambda token: 1.0)
    column: Column = readings(grams, find(grams, texts, [0] * len(texts)), legs_of(len(texts)))["run"]
    assert column.tolist() == [naive_run(grams, text) for text in texts]
