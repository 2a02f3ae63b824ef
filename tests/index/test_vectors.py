"""The vectors of a part against plain numpy, and at the edges where faiss is silent."""

import json
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.nearest import VectorPart, best_of
from index.row_ids import IDS_FILE, RowIds
from index.types import Hit
from index.vectors import VECTORS_FILE, Matrix, Vectors


def unit_rows(count: int, dimension: int = 16) -> Matrix:
    rows = np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def vectors_of(folder: Path, matrix: Matrix) -> Vectors:
    Vectors.build(folder, [f"段{row}" for row in range(len(matrix))], matrix)
    return Vectors.open(folder)


def search(vectors: Vectors, query: Matrix, k: int) -> list[Hit]:
    return best_of([VectorPart(vectors)], query, k)


def test_ranking_is_that_of_the_inner_product(tmp_path: Path) -> None:
    matrix = unit_rows(300)
    vectors = vectors_of(tmp_path, matrix)
    # Half precision is what is stored, so half precision is what the oracle multiplies.
    stored = matrix.astype(np.float16).astype(np.float32)
    for query in unit_rows(20):
        scores = stored @ query
        expected = np.argsort(-scores, kind="stable")[:10]
        hits = search(vectors, query, 10)
        assert [hit.chunk_id for hit in hits] == [f"段{row}" for row in expected]
        assert [hit.score for hit in hits] == pytest.approx(scores[expected].tolist(), abs=1e-5)
        assert [hit.rank for hit in hits] == list(range(1, 11))


def test_rows_by_eye(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32))
    hits = search(vectors, np.array([[0, 1]], dtype=np.float32), 2)
    assert [(hit.chunk_id, round(hit.score, 2)) for hit in hits] == [("段1", 1.0), ("段2", 0.8)]


def test_k_larger_than_the_size_pads_with_nothing(tmp_path: Path) -> None:
    hits = search(vectors_of(tmp_path, unit_rows(3)), unit_rows(1)[0], 50)
    assert sorted(hit.chunk_id for hit in hits) == ["段0", "段1", "段2"]


def test_a_query_that_is_no_number_or_nothing_finds_nothing(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, unit_rows(3))
    for query in (np.full(16, np.nan), np.full(16, np.inf), np.zeros(16)):
        assert search(vectors, query.astype(np.float32), 3) == []
    assert search(vectors, unit_rows(1)[0], 0) == []


def test_another_dimension_is_an_error_with_a_message(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="8 dimensions, the index 16"):
        search(vectors_of(tmp_path, unit_rows(3)), unit_rows(1, 8)[0], 3)


def test_no_rows_at_all(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, unit_rows(0))
    assert (vectors.ids, vectors.rows.dimension, search(vectors, unit_rows(1)[0], 3)) == ((), 16, [])
    assert vectors.rows.matrix().shape == (0, 16)


def test_rows_can_be_read_back_and_stay_the_same_when_written_again(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, unit_rows(40))
    assert vectors.rows.matrix() == pytest.approx(unit_rows(40), abs=1e-3)
    assert (vectors.rows.matrix(30, 99) == vectors.rows.matrix()[30:]).all()
    assert vectors.rows.matrix(40, 50).shape == (0, 16)
    assert (VectorPart(vectors).rows([7, 3]) == vectors.rows.matrix()[[7, 3]]).all()
    first = (tmp_path / VECTORS_FILE).read_bytes()
    Vectors.build(tmp_path, vectors.ids, vectors.rows.matrix())
    assert (tmp_path / VECTORS_FILE).read_bytes() == first


def test_some_rows_are_taken_in_the_order_asked_for(tmp_path: Path) -> None:
    rows = vectors_of(tmp_path, unit_rows(9)).rows
    whole = rows.matrix()
    assert np.array_equal(rows.taken([7, 0, 7]), whole[[7, 0, 7]])
    assert rows.taken([]).shape == (0, 16)


def test_rows_are_mapped_and_outlive_the_name_of_their_file(tmp_path: Path) -> None:
    vectors = vectors_of(tmp_path, unit_rows(5000))
    assert str(tmp_path / VECTORS_FILE) in Path("/proc/self/maps").read_text(encoding="utf-8")
    (tmp_path / VECTORS_FILE).unlink()
    assert search(vectors, unit_rows(5000)[4321], 1)[0].chunk_id == "段4321"


def test_every_thread_that_asks_uses_one_of_its_own(tmp_path: Path) -> None:
    import faiss

    vectors, seen = vectors_of(tmp_path, unit_rows(3)), []

    def ask() -> None:
        faiss.omp_set_num_threads(7)
        search(vectors, unit_rows(1)[0], 1)
        seen.append(faiss.omp_get_max_threads())

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [1]


def test_files_that_do_not_fit_together_are_an_error(tmp_path: Path) -> None:
    vectors_of(tmp_path, unit_rows(3))
    (tmp_path / IDS_FILE).write_text('["段0"]', encoding="utf-8")
    with pytest.raises(OSError, match="3 行"):
        Vectors.open(tmp_path)


@pytest.mark.parametrize("length", [0, 50, 100])
def test_a_cut_file_is_an_error(tmp_path: Path, length: int) -> None:
    vectors_of(tmp_path, unit_rows(3))
    path = tmp_path / VECTORS_FILE
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(OSError, match=VECTORS_FILE):
        Vectors.open(tmp_path)


@given(st.lists(st.text(alphabet=st.characters(codec=None, exclude_categories=()))))
@example(["一#0", "a\nb#1", 'c"d\\#2', "\ud800#3", ""])
def test_ids_are_what_was_written(ids: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        RowIds.write(folder, ids)
        read = RowIds.read(folder)
        assert (len(read), list(read), [read[row] for row in range(len(read))]) == (len(ids), ids, ids)
        # Any program that reads JSON can read them, as one that wrote them on one line could.
        assert json.loads((folder / IDS_FILE).read_bytes()) == ids


def test_ids_on_one_line_are_read_too(tmp_path: Path) -> None:
    (tmp_path / IDS_FILE).write_text(json.dumps(["一#0", "二#1"], ensure_ascii=False), encoding="utf-8")
    read = RowIds.read(tmp_path)
    assert (len(read), list(read), read[1]) == (2, ["一#0", "二#1"], "二#1")


def test_ids_that_are_no_json_are_an_error(tmp_path: Path) -> None:
    (tmp_path / IDS_FILE).write_bytes(b'["a#0"')
    with pytest.raises(OSError, match=IDS_FILE):
        RowIds.read(tmp_path)
