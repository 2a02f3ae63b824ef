"""What the tokens of a passage have in common with a question."""

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.span.features import FEATURES, match_features
from rag.span.tokens import Cutter

CUTTER = Cutter(("工会", "成立", "何时", "甲", "乙"), "")
RARITY = np.full(CUTTER.size, 0.5, dtype=np.float32)


def features(question: str, passage: str) -> np.ndarray:
    return match_features(CUTTER.cut(question), CUTTER.cut(passage), RARITY)


def test_a_word_of_the_question_is_marked_with_the_length_of_what_is_shared() -> None:
    found = features("工会何时成立", "工会成立于1950")
    # 工会 | 成立 | 于 | 1950: the question holds 工会 and 成立, though not one after the other.
    assert found[:, 0].tolist() == [1, 1, 0, 0]
    assert np.allclose(found[:, 2], [0.2, 0.2, 0, 0])
    assert np.allclose(found[:, 1], [1, 1, 0, 0])


def test_the_sentence_that_says_most_of_the_question_is_the_best() -> None:
    found = features("工会何时成立", "甲工会。乙工会成立。甲")
    best = found[:, 9].tolist()
    assert best == [0, 0, 0, 1, 1, 1, 1, 0]
    # Of three words, each as rare, the second sentence says two and the first one.
    assert np.allclose(found[[0, 3], 7], [1 / 3, 2 / 3])


def test_one_figure_is_not_another() -> None:
    assert features("1950", "1950和1951")[:, 0].tolist() == [1, 0, 0]


def test_title_marks_are_seen() -> None:
    assert features("甲", "《甲》乙")[:, 11].tolist() == [1, 1, 0, 0]


def test_time_grows_with_the_length_alone() -> None:
    begun = time.process_time()
    features("工会" * 50, "工会" * 100_000)
    assert time.process_time() - begun < 20


@given(st.text(max_size=40), st.text(max_size=80))
def test_every_reading_is_between_0_and_1(question: str, passage: str) -> None:
    found = features(question, passage)
    assert found.shape == (len(CUTTER.cut(passage)), FEATURES)
    assert not len(found) or (found.min() >= 0 and found.max() <= 1 + 1e-6)
