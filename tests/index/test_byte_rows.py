"""Sums of rows are exactly those of whole numbers, whatever the lengths of the bags."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.byte_rows import ByteRows


def laid(bags: Sequence[Sequence[int]]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Bags one after the other, and where each begins."""
    starts = np.cumsum([0, *map(len, bags)], dtype=np.int64)
    return np.array([token for bag in bags for token in bag], dtype=np.int32), starts


def by_hand(rows: NDArray[np.int8], bags: Sequence[Sequence[int]]) -> list[list[int]]:
    """The same sums in Python's own integers, which never overflow."""
    table = rows.tolist()
    return [[sum(table[token][column] for token in bag) for column in range(rows.shape[1])] for bag in bags]


def test_a_sum_worked_out_by_eye() -> None:
    rows = ByteRows(np.array([[1, 2, 3, 4], [-128, 127, 0, -1], [10, 10, 10, 10]], dtype=np.int8))
    assert (rows.rows, rows.dimension) == (3, 4)
    sums = rows.sums(*laid([[0, 1], [], [2, 2, 2]]))
    assert sums.dtype == np.float32
    assert sums.tolist() == [[-127, 129, 3, 3], [0, 0, 0, 0], [30, 30, 30, 30]]


@given(data=st.data(), width=st.sampled_from([4, 8, 20]), count=st.integers(1, 6))
def test_sums_are_those_of_whole_numbers(data: st.DataObject, width: int, count: int) -> None:
    numbers = st.lists(st.integers(-128, 127), min_size=count * width, max_size=count * width)
    rows = np.array(data.draw(numbers), dtype=np.int8).reshape(count, width)
    # A bag, and how many times it is repeated: the edge of what sixteen bits hold is passed from either side.
    times = st.sampled_from([1, 2, 64, 128, 257, 300])
    drawn = data.draw(st.lists(st.tuples(st.lists(st.integers(0, count - 1), max_size=4), times), max_size=4))
    bags = [bag * repeats for bag, repeats in drawn]
    assert ByteRows(rows).sums(*laid(bags)).tolist() == by_hand(rows, bags)


@pytest.mark.parametrize("extreme", [-128, 127])
@pytest.mark.parametrize("length", [1, 256, 257, 258, 513, 514, 515, 20_000])
def test_the_longest_bags_of_the_largest_numbers_do_not_overflow(extreme: int, length: int) -> None:
    rows = np.full((2, 4), extreme, dtype=np.int8)
    assert ByteRows(rows).sums(*laid([[1] * length, [0]])).tolist() == [[extreme * length] * 4, [extreme] * 4]


def test_no_bags_give_no_rows() -> None:
    assert ByteRows(np.zeros((1, 8), dtype=np.int8)).sums(*laid([])).shape == (0, 8)


def test_the_table_that_was_given_is_not_changed() -> None:
    table = np.arange(16, dtype=np.int8).reshape(2, 8)
    before = table.copy()
    ByteRows(table).sums(*laid([[0, 1] * 200]))
    np.testing.assert_array_equal(table, before)
