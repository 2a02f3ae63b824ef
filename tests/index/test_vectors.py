"""The vector leg against plain numpy, and at the edges where faiss is silent."""

from pathlib import Path

import numpy as np
import pytest

from index.vectors import IDS_FILE, VECTORS_FILE, Matrix, Vectors


def unit_rows(count: int, dimension: int = 16) -> Matrix:
    rows = np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def vectors_of(folder: Path, matrix: Matrix) -> Vectors:
    Vectors.build(folder, [f"段{row}" for row in range(len(matrix))], matrix)
    return Vectors.open(folder)


def test_ranking_is_that_of_the_inner_product(tmp_path: Path) -> None:
    matrix = unit_rows(300)
    vectors = vectors_of(tmp_path, matrix)
    # Half precision is what is stored, so half precision is what the oracle multiplies.
    stored = matrix.astype(np.float16).astype(np.float32)
    for query in unit_rows(20):
        scores = stored @ query
        expected = np.argsort(-scores, kind="stable")[:10]
        hits = vectors.search(query, 10)
        assert [hit.chunk_id for hit in hits] == [f"段{row}" for row in expected]
        assert [hit.score for hit in hits] == pytest.approx(scores[expected].tolist(), abs=1e-5)
        assert [hit.rank for hit in hits] == list(range(1, 11))


def test_rows_by_eye(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32))
    hits = vectors.search(np.array([[0, 1]], dtype=np.float32), 2)
    assert [(hit.chunk_id, round(hit.score, 2)) for hit in hits] == [("段1", 1.0), ("段2", 0.8)]


def test_k_larger_than_the_size_pads_with_nothing(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, unit_rows(3))
    hits = vectors.search(unit_rows(1)[0], 50)
    assert sorted(hit.chunk_id for hit in hits) == ["段0", "段1", "段2"]


def test_a_query_that_is_no_number_or_nothing_finds_nothing(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, unit_rows(3))
    assert vectors.search(np.full(16, np.nan, dtype=np.float32), 3) == []
    assert vectors.search(np.zeros(16, dtype=np.float32), 3) == []
    assert vectors.search(unit_rows(1)[0], 0) == []


def test_another_dimension_is_an_error_with_a_message(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="8 dimensions, the index 16"):
        vectors_of(tmp_path, unit_rows(3)).search(unit_rows(1, 8)[0], 3)


def test_no_rows_at_all(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, unit_rows(0))
    assert (len(vectors), vectors.dimension, vectors.search(unit_rows(1)[0], 3)) == (0, 16, [])
    assert vectors.matrix().shape == (0, 16)


def test_the_rows_can_be_read_back_and_stay_the_same_when_written_again(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, unit_rows(40))
    assert vectors.matrix() == pytest.approx(unit_rows(40), abs=1e-3)
    first = (tmp_path / VECTORS_FILE).read_bytes()
    Vectors.build(tmp_path, vectors.ids, vectors.matrix())
    assert (tmp_path / VECTORS_FILE).read_bytes() == first


def test_files_that_do_not_fit_together_are_an_error(tmp_path: Path) -> None:
    vectors_of(tmp_path, unit_rows(3))
    (tmp_path / IDS_FILE).write_text('["段0"]', encoding="utf-8")
    with pytest.raises(OSError, match="3 行"):
        Vectors.open(tmp_path)


def test_a_cut_file_is_an_error(tmp_path: Path) -> None:
    vectors_of(tmp_path, unit_rows(3))
    path = tmp_path / VECTORS_FILE
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(OSError, match=VECTORS_FILE):
        Vectors.open(tmp_path)
