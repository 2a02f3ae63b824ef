"""Two tables in one space: exact where the space is wide enough, the best possible where it is not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.training.bags import Bags, encode
from index.training.joining import joined
from tests.index.letter_cutter import LetterCutter

Table = NDArray[np.float32]

CUTTERS = (LetterCutter("abcd"), LetterCutter("ABC"))
pytest.importorskip("torch", reason="training needs the extra `models`")


def means(table: Table, bags: Bags) -> NDArray[np.float64]:
    rows = [table[bags[number]].sum(axis=0) / max(1, len(bags[number])) for number in range(len(bags))]
    return np.array(rows, dtype=np.float64)


def sampled(texts: list[str]) -> list[Bags]:
    return [encode(cutter, texts) for cutter in CUTTERS]


def test_two_tables_of_one_direction_each_fit_side_by_side_by_hand() -> None:
    # Only the first number of either table is used, so two dimensions hold both.
    words = np.array([[3, 0], [-3, 0], [0, 0], [0, 0]], dtype=np.float32)
    pairs = np.array([[8, 0], [-8, 0], [0, 0]], dtype=np.float32)
    first, second = joined([words, pairs], sampled(["aA", "bB", "aB", "bA"]))
    assert first.shape == (4, 2)
    assert second.shape == (3, 2)
    # Means of length 3 and 8 count alike: 1 each.
    vectors = {f"{one}{other}": first["ab".index(one)] + second["AB".index(other)] for one in "ab" for other in "AB"}
    products = {(one, other): vectors[one] @ vectors[other] for one in vectors for other in vectors}
    assert products["aA", "aA"] == pytest.approx(2, abs=1e-5)
    assert products["aA", "bB"] == pytest.approx(-2, abs=1e-5)
    assert products["aA", "aB"] == pytest.approx(0, abs=1e-5)
    assert first[0] @ second[0] == pytest.approx(0, abs=1e-5)
    assert not first[2:].any()


def test_the_weaker_direction_is_given_up() -> None:
    # a and A always come together and are common, b is rare: one dimension keeps what a and A say.
    words = np.array([[1, 0], [0, 1], [0, 0], [0, 0]], dtype=np.float32)
    pairs = np.array([[1, 0], [0, 1], [0, 0]], dtype=np.float32)
    texts = ["aA"] * 50 + ["bB"] * 3 + ["aB"]
    first, second = joined([words, pairs], sampled(texts))
    near, far = first[0] + second[0], first[0] + second[1]
    assert near @ near > 1.8
    assert np.linalg.norm(far - near) > 0.3


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), width=st.integers(1, 4))
def test_no_other_directions_would_keep_more(seed: int, width: int) -> None:
    random = np.random.default_rng(seed)
    tables = [random.standard_normal((len(cutter), width), dtype=np.float32) for cutter in CUTTERS]
    texts = ["".join(random.choice(list("abcdABC"), 5)) for _ in range(30)]
    bags = sampled(texts)
    beside = [means(table, bag) for table, bag in zip(tables, bags, strict=True)]
    side = np.concatenate([mean / np.linalg.norm(mean, axis=1).mean() for mean in beside], axis=1)
    units = side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    found = joined(tables, bags)
    vectors = sum(means(table, bag) for table, bag in zip(found, bags, strict=True))
    # What is kept of each unit text, against the best that any so many directions keep (Eckart and Young).
    kept = np.linalg.norm(vectors / np.linalg.norm(side, axis=1, keepdims=True)) ** 2
    best = (np.linalg.svd(units, compute_uv=False)[:width] ** 2).sum()
    assert kept == pytest.approx(best, rel=1e-4)
