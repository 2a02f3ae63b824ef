"""Readings of a few short texts, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.choosing.readings import Texts, readings
from rag.choosing.wants import Column
from rag.ranking.grams import Grams

# Of the weight 2, 匠学 is half and the other two a quarter each.
QUESTION = Grams(("工匠", "匠学", "学院"), np.array([0, 1, 2]), np.array([1.0, 2.0, 1.0]), np.array([0.5, 1.0, 0.5]))
FORMS = ("工匠学院建成。", "其中学院3家。", "工匠多。")


def texts_of(forms: tuple[str, ...], group: tuple[int, ...], around: tuple[str, ...] = ()) -> Texts:
    vectors = np.eye(max(len(forms), 1), 4, dtype=np.float32)[: len(forms)]
    asked = np.array([1, 0, 0, 0], dtype=np.float32)
    return Texts(forms, np.array(group, dtype=np.int64), around or ("",) * (max(group) + 1), vectors, asked)


def read(texts: Texts, question: str = "工匠学院有几家?") -> dict[str, Column]:
    return readings(question, QUESTION, texts)


def test_shares_of_the_question_alone_and_with_neighbours() -> None:
    found = read(texts_of(FORMS, (0, 0, 1), ("", "学院")))
    assert found["covered"].tolist() == [1.0, 0.25, 0.25]
    assert found["covered_known"].tolist() == [1.0, 0.25, 0.5]
    # The second text has the first before it; the third begins another passage.
    assert found["covered_before"].tolist() == [1.0, 1.0, 0.5]
    assert found["before_alone"].tolist() == [0.0, 1.0, 0.0]
    assert found["after_alone"].tolist() == [0.25, 0.0, 0.0]
    assert found["covered_passage"].tolist() == [1.0, 1.0, 0.5]
    assert found["missing_here"].tolist() == [0.0, 0.75, 0.0]


def test_how_far_behind_the_best_of_the_passage_and_of_all() -> None:
    found = read(texts_of(FORMS, (0, 0, 1)))
    assert found["covered_behind"].tolist() == [0.0, -0.75, 0.0]
    assert found["covered_trails"].tolist() == [0.0, -0.75, -0.75]


def test_the_longest_unbroken_stretch() -> None:
    found = read(texts_of((*FORMS, "匠学,工匠"), (0, 0, 0, 0)))
    assert found["run"].tolist() == [3.0, 1.0, 1.0, 1.0]
    assert found["run_share"].tolist() == [1.0, 0.25, 0.25, 0.5]


def test_likeness_alone_and_with_the_text_before() -> None:
    found = read(texts_of(FORMS, (0, 0, 1)))
    assert found["near"].tolist() == [1.0, 0.0, 0.0]
    assert found["near_before"] == pytest.approx([1.0, 1 / np.sqrt(2), 0.0])
    assert found["before_near"].tolist() == [0.0, 1.0, 0.0]


def test_where_a_text_stands() -> None:
    found = read(texts_of(FORMS, (0, 0, 1)))
    assert found["place"].tolist() == [0.0, 1.0, 0.0]
    assert found["siblings"].tolist() == [2.0, 2.0, 1.0]


def test_what_is_asked_and_what_is_held_beside_it() -> None:
    found = read(texts_of(FORMS, (0, 0, 0)))
    assert found["asks_many"].tolist() == [1.0, 1.0, 1.0]
    assert found["holds_counted"].tolist() == [0.0, 1.0, 0.0]
    assert found["holds_leans"].tolist() == [0.0, 1.0, 0.0]
    assert found["new_figures"].tolist() == [0.0, 1.0, 0.0]


@given(st.lists(st.text(alphabet=st.sampled_from("工匠学院3家。İ\n\ud800"), max_size=12), min_size=1, max_size=6))
@settings(deadline=None)
def test_every_reading_is_a_number_for_every_text(forms: list[str]) -> None:
    found = read(texts_of(tuple(forms), (0,) * len(forms)))
    assert all(column.shape == (len(forms),) and np.isfinite(column).all() for column in found.values())


def test_a_question_without_tokens_has_readings_too() -> None:
    nothing = Grams((), np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    found = readings("?", nothing, texts_of(FORMS, (0, 0, 0)))
    assert all(np.isfinite(column).all() for column in found.values())
