"""The best chunks of many parts are those of one part that held all: against plain numpy, equals and all."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codes import Codes
from index.nearest import VectorPart, best_of
from index.vectors import Matrix, Vectors


def made_parts(folder: Path, matrices: Sequence[Matrix], coded: Sequence[bool] = ()) -> list[VectorPart]:
    """Parts of these rows, numbered through from 0, the first of them with codes where `coded` says so."""
    parts, first = [], 0
    for number, matrix in enumerate(matrices):
        home = folder / str(number)
        home.mkdir()
        Vectors.build(home, [f"{first + row:05}" for row in range(len(matrix))], matrix)
        first += len(matrix)
        has_codes = number < len(coded) and coded[number]
        if has_codes:
            Codes.build(home / "codes", Vectors.open(home).rows)
        parts.append(VectorPart.open(home, home / "codes" if has_codes else None))
    return parts


def found(parts: Sequence[VectorPart], query: Matrix, k: int) -> list[str]:
    return [hit.chunk_id for hit in best_of(parts, query, k)]


def best_rows(matrix: Matrix, query: Matrix, k: int) -> list[str]:
    """The oracle: every row is multiplied, equals stand by their numbers."""
    return [f"{row:05}" for row in np.argsort(-(matrix @ query), kind="stable")[:k]]


# Few small whole numbers: half precision holds them exactly, and very many rows are equal.
ROWS = st.lists(st.tuples(*[st.integers(-2, 2)] * 3), max_size=40)


@settings(deadline=None)
@given(parts=st.lists(ROWS, max_size=5), query=st.tuples(*[st.integers(-3, 3)] * 3), k=st.integers(0, 60))
def test_parts_cannot_be_told_from_one(parts: list[list[tuple[int, ...]]], query: tuple[int, ...], k: int) -> None:
    matrices = [np.array(rows, dtype=np.float32).reshape(-1, 3) for rows in parts]
    asked = np.array(query, dtype=np.float32)
    whole = np.concatenate([np.empty((0, 3), dtype=np.float32), *matrices])
    with TemporaryDirectory() as name:
        expected = best_rows(whole, asked, k) if asked.any() else []
        assert found(made_parts(Path(name), matrices), asked, k) == expected


def test_equals_are_told_by_id_however_many_there_are(tmp_path: Path) -> None:
    same = np.tile(np.array([0.6, 0.8], dtype=np.float32), (500, 1))
    parts = made_parts(tmp_path, [same[:200], same[200:]])
    # The ids of the first part are the lower ones, and within a part those of the lower rows.
    assert found(parts[::-1], same[0], 3) == ["00000", "00001", "00002"]
    assert found(parts, same[0], 201)[-2:] == ["00199", "00200"]


def normal_rows(count: int, dimension: int, seed: int = 3) -> Matrix:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


@pytest.mark.parametrize("dimension", [32, 33, 34])
def test_parts_with_codes_and_without_are_searched_together(tmp_path: Path, dimension: int) -> None:
    matrix = normal_rows(9000, dimension)
    blocks = [matrix[:4000], matrix[4000:8000], matrix[8000:]]
    plain = made_parts(tmp_path, blocks)
    (tmp_path / "coded").mkdir()
    coded = made_parts(tmp_path / "coded", blocks, [True, True])
    shares = []
    for query in normal_rows(30, dimension, seed=4):
        exact, near = best_of(plain, query, 50), best_of(coded, query, 50)
        shares.append(len({hit.chunk_id for hit in exact} & {hit.chunk_id for hit in near}) / 50)
        # What is found has the score of an exact search, to the last bit.
        assert {(hit.chunk_id, hit.score) for hit in near} <= {
            (hit.chunk_id, hit.score) for hit in best_of(plain, query, 9000)
        }
        assert [hit.rank for hit in near] == list(range(1, 51))
    assert np.mean(shares) >= 0.97


def test_codes_find_equals_in_the_order_of_their_ids(tmp_path: Path) -> None:
    rows = np.repeat(normal_rows(300, 12), 10, axis=0)
    parts = made_parts(tmp_path, [rows[:1500], rows[1500:]], [True, True])
    assert found(parts, rows[0], 10) == [f"{row:05}" for row in range(10)]
    assert found(parts, rows[-1], 10) == [f"{row:05}" for row in range(2990, 3000)]
