"""The lessons themselves, on words that a child could pair."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.training.bags import encode
from index.training.learning import Course, learn, vectors
from index.training.sources import Pairs
from tests.index.letter_cutter import LetterCutter

SMALL, LARGE = "abcdefgh", "ABCDEFGH"
CUTTERS = (LetterCutter(SMALL + LARGE), LetterCutter("+-"))
PAIRS = list(zip(SMALL, LARGE, strict=True))
pytest.importorskip("torch", reason="training needs the extra `models`")


def random_table(rows: int, dimension: int = 8) -> NDArray[np.float32]:
    return np.random.default_rng(4).standard_normal((rows, dimension), dtype=np.float32)


def hits(tables: list[NDArray[np.float32]], lefts: list[str], rights: list[str]) -> float:
    asked, texts = (
        vectors(tables, [encode(cutter, side) for cutter, _ in zip(CUTTERS, tables, strict=False)])
        for side in (lefts, rights)
    )
    return float(np.mean((asked @ texts.T).argmax(axis=1) == np.arange(len(lefts))))


def test_what_goes_together_comes_together() -> None:
    start = random_table(16)
    before = start.copy()
    source = Pairs.of("甲", 1, PAIRS, CUTTERS)
    learned = learn([source], [start], Course(80, 0.05, (0,), 7))
    assert hits([start], list(SMALL), list(LARGE)) < 0.6
    assert hits(learned, list(SMALL), list(LARGE)) == 1
    np.testing.assert_array_equal(start, before)


def test_the_same_seed_learns_the_same() -> None:
    source = Pairs.of("甲", 1, PAIRS, CUTTERS)
    runs = [learn([source], [random_table(16)], Course(12, 0.05, (0,), 7))[0] for _ in range(2)]
    np.testing.assert_array_equal(runs[0], runs[1])


def test_rivals_are_pushed_away() -> None:
    # Both left texts already lie on their own right ones; only the rival C, near a, is wrong.
    table = np.zeros((16, 8), dtype=np.float32)
    for number in range(8):
        table[number, number] = table[8 + number, number] = 1
    table[10] = table[0] * 0.9 + table[2] * 0.4
    source = Pairs.of("甲", 1, [("a", "A"), ("b", "B")], CUTTERS)
    source.corpus = tuple(encode(cutter, ["C"]) for cutter in CUTTERS)
    source.rivals = np.zeros((2, 1), dtype=np.int32)
    learned = learn([source], [table], Course(40, 0.02, (0,), 1))[0]

    def cosine(rows: NDArray[np.float32], one: int, other: int) -> float:
        return float(rows[one] @ rows[other] / np.linalg.norm(rows[one]) / np.linalg.norm(rows[other]))

    assert cosine(learned, 0, 10) < cosine(table, 0, 10) - 0.05
    assert cosine(learned, 0, 8) > 0.9


def test_pairs_with_one_right_text_are_no_negatives_of_each_other() -> None:
    # With nothing to be told from, there is nothing to learn.
    table = random_table(16)
    learned = learn(
        [Pairs.of("甲", 1, [("a", "A"), ("b", "A"), ("c", "A")], CUTTERS)], [table], Course(5, 0.1, (0,), 1)
    )
    np.testing.assert_allclose(learned[0], table, atol=1e-6)


def test_both_kinds_learn_in_one_space() -> None:
    # Only the second kind tells the two apart.
    source = Pairs.of("甲", 1, [("a+", "A+"), ("a-", "A-")], CUTTERS)
    tables = [random_table(16), random_table(2)]
    learned = learn([source], tables, Course(60, 0.05, (0, 1), 3))
    assert hits(learned, ["a+", "a-"], ["A+", "A-"]) == 1
    only_second = learn([source], [random_table(2)], Course(3, 0.05, (1,), 3))
    assert len(only_second) == 1
    assert only_second[0].shape == (2, 8)


def test_a_vector_is_the_sum_of_the_means_of_both_kinds() -> None:
    words, signs = random_table(16), random_table(2)
    texts = ["abA+", "", "--+h", "xyz"]
    found = vectors([words, signs], [encode(cutter, texts) for cutter in CUTTERS])
    sums = [
        words[[0, 1, 8]].mean(axis=0) + signs[0],
        np.zeros(8),
        words[7] + signs[[1, 1, 0]].mean(axis=0),
        np.zeros(8),
    ]
    expected = [row / (np.linalg.norm(row) or 1) for row in sums]
    np.testing.assert_allclose(found, expected, atol=1e-6)
