"""Rivals by hand: texts on a quarter circle, of which the nearest come first."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.training.rivals import KEPT, seek
from index.training.sources import Pairs
from tests.index.letter_cutter import LetterCutter

CUTTERS = (LetterCutter("ab"), LetterCutter("A"))
EAST_NORTH: NDArray[np.float32] = np.eye(2, dtype=np.float32)
# From east to north in sixty steps.
CORPUS = ["a" * (60 - north) + "b" * north for north in range(61)]
pytest.importorskip("torch", reason="training needs the extra `models`")


def vector(text: str) -> NDArray[np.float64]:
    found = np.array([text.count("a"), text.count("b")], dtype=np.float64)
    return np.asarray(found / np.linalg.norm(found))


def sought(pairs: list[tuple[str, str]], corpus: list[str]) -> Pairs:
    source = Pairs.of("甲", 1, pairs, CUTTERS)
    seek(source, corpus, [EAST_NORTH], CUTTERS)
    return source


def by_hand(left: str, right: str, corpus: list[str]) -> list[int]:
    """The forty nearest without copies of the right text, from the third on, at most thirty."""
    near = sorted(range(len(corpus)), key=lambda number: -float(vector(corpus[number]) @ vector(left)))[:40]
    return [number for number in near if vector(corpus[number]) @ vector(right) <= 0.97][2 : 2 + KEPT]


def test_the_nearest_but_the_first_two_are_rivals() -> None:
    # The right text lies at the other end, so that no copy of it is near.
    source = sought([("a", "b")], CORPUS)
    assert source.rivals.dtype == np.int32
    assert source.rivals.tolist() == [list(range(2, 2 + KEPT))]


def test_copies_of_the_right_text_are_no_rivals() -> None:
    pairs = [("aab", "a" * 60), ("aaabb", "ab"), ("abb", "b")]
    source = sought(pairs, CORPUS)
    for (left, right), rivals in zip(pairs, source.rivals.tolist(), strict=True):
        assert set(rivals) == set(by_hand(left, right, CORPUS))
        assert all(vector(CORPUS[number]) @ vector(right) <= 0.97 for number in rivals)


def test_too_few_rivals_come_again() -> None:
    # Of forty near texts thirty-five are copies: five are left, the first two of these are passed over.
    corpus = ["a"] * 35 + ["aab"] * 6 + ["b"] * 9
    rivals = sought([("a", "a")], corpus).rivals
    assert rivals.shape == (1, KEPT)
    assert set(rivals[0].tolist()) < set(range(35, 41))
    assert len(set(rivals[0].tolist())) == 3


def test_the_corpus_is_kept_in_both_kinds() -> None:
    source = sought([("a", "b")], [*CORPUS, "AAa"])
    assert [len(bags) for bags in source.corpus] == [62, 62]
    assert source.corpus[1][61].tolist() == [0, 0]
    assert source.corpus[0][61].tolist() == [0]


def test_more_pairs_than_are_scored_at_once() -> None:
    pairs = [(("a", "aaabb", "b")[number % 3], "ab" * number) for number in range(1, 600)]
    source = sought(pairs, CORPUS)
    assert source.rivals.shape == (599, KEPT)
    for number in (0, 1, 255, 256, 300, 598):
        left, right = pairs[number]
        assert set(source.rivals[number].tolist()) == set(by_hand(left, right, CORPUS))
