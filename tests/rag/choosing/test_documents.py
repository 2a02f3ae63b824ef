"""Readings of a text against its document, worked out by hand."""

import numpy as np

from rag.choosing.documents import Documents, document_readings
from rag.choosing.wants import Column
from rag.ranking.grams import Grams

# 夜校 is the subject; 教师 and 来自 are what is asked beside it.
GRAMS = Grams(("夜校", "教师", "来自"), np.array([0, 3, 5]), np.array([1.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0]))
QUESTION = "夜校的教师来自哪里?"
# The first document tells its subject in the title and at its head, the second nowhere.
HAS = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 0, 1]], dtype=np.bool_)


def read(above: tuple[tuple[int, int, int], ...] = ((1, 0, 0), (0, 0, 0))) -> dict[str, Column]:
    where = Documents(np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 0, 1]), ("夜校开班", ""))
    vectors = np.ones((5, 512), dtype=np.float32)
    return document_readings(QUESTION, GRAMS, where, HAS, _of_length(vectors), np.array(above, dtype=np.bool_))


def _of_length(vectors: np.typing.NDArray[np.float32]) -> np.typing.NDArray[np.float32]:
    from index.embedding import load_embedder

    return vectors[:, : load_embedder().dimension]


def test_what_the_head_of_a_document_says_is_its_subject_and_counts_no_more() -> None:
    found = read()
    assert found["left"].tolist() == [0.0, 1 / 3, 2 / 3, 0.0, 2 / 3]
    assert found["subject_said"].tolist() == [0.25, 0.0, 0.0, 0.25, 0.0]
    assert found["left_behind"].tolist() == [-2 / 3, -1 / 3, 0.0, -2 / 3, 0.0]


def test_only_what_a_document_says_anywhere_is_asked_of_its_sentences() -> None:
    # The second document says nothing of teachers.
    assert read()["left_told"].tolist() == [0.0, 1 / 3, 2 / 3, 0.0, 1.0]


def test_where_a_sentence_stands_in_its_document() -> None:
    found = read()
    assert found["doc_place"].tolist() == [0.0, 1.0, 2.0, 0.0, 1.0]
    assert found["leads"].tolist() == [1.0, 0.0, 0.0, 1.0, 0.0]


def test_the_subject_is_cut_from_the_question_before_meanings_are_compared() -> None:
    assert read()["left_length"].tolist() == [len("的教师来自哪里?")] * 5
