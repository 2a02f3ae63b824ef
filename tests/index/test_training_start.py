"""Where the weights begin, worked out by hand."""

from math import log

import numpy as np
import pytest

from index.training.sources import Pairs, Passages
from index.training.start import random_directions
from tests.index.letter_cutter import LetterCutter

CUTTERS = (LetterCutter("abcd"), LetterCutter("AB"))


def test_rows_are_as_long_as_their_tokens_are_rare() -> None:
    # Of four passages a is in three (twice in one, which counts once), b in one, c in all, d in none.
    sources = [
        Passages.of("甲", 1, [["ac", "ac"], ["ac", "bc"], ["c", "c"]], CUTTERS),
        Passages.of("乙", 1, [["a", "cA"]], CUTTERS),
        Pairs.of("丙", 1, [("dddd", "aaa")], CUTTERS),
    ]
    lengths = np.linalg.norm(random_directions(sources, 0, 4, 16, 5), axis=1)
    expected = [log(1 + 4 / (1 + seen)) for seen in (3, 1, 4, 0)]
    assert lengths.tolist() == pytest.approx(expected, rel=1e-5)
    lengths = np.linalg.norm(random_directions(sources, 1, 2, 16, 5), axis=1)
    assert lengths.tolist() == pytest.approx([log(1 + 4 / 2), log(1 + 4)], rel=1e-5)


def test_directions_depend_on_the_seed_and_the_kind_alone() -> None:
    source = [Passages.of("甲", 1, [["ab", "A"]], CUTTERS)]
    rows = {key: random_directions(source, key[0], 2, 8, key[1]) for key in [(0, 1), (0, 2), (1, 1)]}
    np.testing.assert_array_equal(rows[0, 1], random_directions(source, 0, 2, 8, 1))
    assert not np.allclose(rows[0, 1], rows[0, 2])
    assert not np.allclose(rows[0, 1] / np.linalg.norm(rows[0, 1], axis=1)[:, None], rows[1, 1])


def test_directions_have_little_to_do_with_each_other() -> None:
    source = [Passages.of("甲", 1, [["ab", "cd"]], CUTTERS)]
    rows = random_directions(source, 0, 4, 4_096, 3)
    units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    assert np.abs(units @ units.T - np.eye(4)).max() < 0.1
