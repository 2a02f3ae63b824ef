"""Short codes: what they find, which parts get them, and how they live with an index that changes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fakes.index import ALPHABET, CountingEmbedder, fake_steps

from index.build import add, build, remove
from index.codes import Codes, candidates, coded_parts, lowest_of_best
from index.library import Library
from index.settings import Settings
from index.types import Hit
from index.vectors import Matrix, Vectors
from tests.fakes.damage import overwrite
from tests.index.test_nearest import normal_rows


def made(folder: Path, matrix: Matrix) -> Codes:
    folder.mkdir()
    Vectors.build(folder, [str(row) for row in range(len(matrix))], matrix)
    Codes.build(folder / "codes" / "1.faiss", Vectors.open(folder).rows)
    return Codes.open(folder / "codes" / "1.faiss")


def test_codes_of_the_same_rows_are_the_same(tmp_path: Path) -> None:
    for name in "ab":
        made(tmp_path / name, normal_rows(3000, 30))
    assert (tmp_path / "a/codes/1.faiss").read_bytes() == (tmp_path / "b/codes/1.faiss").read_bytes()
    # Ten groups of three components are ten halves of a byte a row; the rest are the points that were learned.
    assert (tmp_path / "a/codes/1.faiss").stat().st_size < 3000 * 5 + 10 * 16 * 3 * 4 + 3_000


def test_a_part_that_holds_all_the_best_is_asked_for_more(tmp_path: Path) -> None:
    query = normal_rows(1, 30)
    away = normal_rows(5000, 30)
    away -= np.outer(away @ query[0], query[0])
    near = 0.05 * normal_rows(1000, 30, seed=9) + query
    # Each of ten parts is asked for four tenths of the 900 rows at first, and all of them lie in one.
    blocks = [np.concatenate([near, away[:500]]), *(away[500 * number :][:500] for number in range(1, 10))]
    parts = [made(tmp_path / str(number), block) for number, block in enumerate(blocks)]
    first, *others = candidates(parts, query, 900)
    assert len(first) >= 900
    assert (first < 1000).mean() > 0.99
    assert sum(map(len, others)) == 0


def test_fewer_rows_than_asked_for_are_all_candidates(tmp_path: Path) -> None:
    parts = [made(tmp_path / "a", normal_rows(200, 8)), made(tmp_path / "b", normal_rows(40, 8))]
    rows = candidates(parts, normal_rows(1, 8), 5000)
    assert [sorted(some.tolist()) for some in rows] == [list(range(200)), list(range(40))]


def test_the_lowest_of_the_best_by_hand() -> None:
    scores = [np.array([5, 3, 1], dtype=np.float32), np.array([4, 2], dtype=np.float32)]
    assert [lowest_of_best(scores, k) for k in (1, 2, 5, 6)] == [5, 4, 1, -np.inf]
    assert lowest_of_best([], 1) == -np.inf


@pytest.mark.parametrize(
    ("sizes", "dimension", "expected"),
    [
        ([100_000], 256, [False]),
        ([99_000, 1_000, 2_048], 256, [True, False, True]),
        ([50_000, 1], 512, [True, False]),
        ([], 256, []),
    ],
)
def test_only_large_libraries_and_parts_have_codes(sizes: list[int], dimension: int, expected: list[bool]) -> None:
    assert coded_parts(sizes, dimension) == expected


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library is large with 60 chunks, and a part with 20."""
    monkeypatch.setattr("index.codes._FEW_COMPONENTS", 60 * len(ALPHABET))
    monkeypatch.setattr("index.codes._FEW_ROWS", 20)


def written(folder: Path, first: int, count: int) -> Path:
    """A folder of files of five lines each, every line another mixture of the letters."""
    folder.mkdir()
    for number in range(first, first + count):
        lines = [(ALPHABET[(number + line) % 14] * (1 + line) + ALPHABET[number % 11] * 2) for line in range(5)]
        (folder / f"{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def codes_in(settings: Settings) -> dict[str, int]:
    """The files of codes in the current generation, with the numbers that the disk knows them by."""
    current = settings.folder / "generations" / (settings.folder / "CURRENT").read_text().strip()
    return {path.name: path.stat().st_ino for path in sorted(current.glob("codes/*"))}


def hits(settings: Settings, notice: str = "") -> list[Hit]:
    with Library.open(settings, fake_steps()) as library:
        assert [notice in line for line in library.notice] == [True] * bool(notice)
        return [hit for query in ("补贴工人", "常州学院") for hit in library.vector_hits(query, 30)]


@pytest.mark.usefixtures("tiny")
def test_a_library_that_grows_and_shrinks(tmp_path: Path) -> None:
    made = Settings(folder=tmp_path / "索引")
    build(made, [written(tmp_path / "甲", 0, 10)], steps=fake_steps())
    assert codes_in(made) == {}
    add(made, [written(tmp_path / "乙", 10, 6)], steps=fake_steps())
    grown = codes_in(made)
    # Both parts have codes now, the older one too, whose folder is as it was.
    assert list(grown) == ["000001.faiss", "000002.faiss"]
    add(made, [written(tmp_path / "丙", 16, 2)], steps=fake_steps())
    # A small part has none, and nothing is made again.
    assert codes_in(made) == grown
    remove(made, ["010.txt"], steps=fake_steps())
    after = codes_in(made)
    # The part that lost a document was written anew, and so were its codes.
    assert list(after) == ["000001.faiss", "000004.faiss"]
    assert after["000001.faiss"] == grown["000001.faiss"]
    with Library.open(made, fake_steps()) as library:
        files = {library.document(hit.chunk_id.rpartition("#")[0]).file for hit in hits(made)}
    assert len(files) > 5
    assert "010.txt" not in files
    remove(made, [f"{number:03}.txt" for number in range(6)], steps=fake_steps())
    assert codes_in(made) == {}


def test_codes_change_no_answer_of_a_small_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path / "甲", 0, 30)
    plain, coded = Settings(folder=tmp_path / "一"), Settings(folder=tmp_path / "二")
    build(plain, [folder], steps=fake_steps())
    monkeypatch.setattr("index.codes._FEW_COMPONENTS", 0)
    monkeypatch.setattr("index.codes._FEW_ROWS", 20)
    build(coded, [folder], steps=fake_steps())
    assert (codes_in(plain), len(codes_in(coded))) == ({}, 1)
    assert hits(plain) == hits(coded)
    # An index that was made before there were codes gets them with the next change.
    remove(plain, ["029.txt"], steps=fake_steps())
    assert len(codes_in(plain)) == 1


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    overwrite(path, bytes(data))


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("harm", [flip, Path.unlink, lambda path: overwrite(path, b"")])
def test_damaged_codes_are_made_again(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    made = Settings(folder=tmp_path / "索引")
    build(made, [written(tmp_path / "甲", 0, 20)], steps=fake_steps())
    (path,) = made.folder.glob("generations/*/codes/000001.faiss")
    before, whole = hits(made), path.read_bytes()
    harm(path)
    assert hits(made, "000001.faiss 已损坏或缺失，已从资料库重新生成") == before
    assert hits(made) == before
    (path,) = made.folder.glob(f"generations/{(made.folder / 'CURRENT').read_text().strip()}/codes/*")
    assert path.read_bytes() == whole


@pytest.mark.usefixtures("tiny")
def test_a_model_trained_anew_has_codes_of_its_own(tmp_path: Path) -> None:
    made = Settings(folder=tmp_path / "索引")
    build(made, [written(tmp_path / "甲", 0, 20)], steps=fake_steps())
    before = codes_in(made)
    turned = fake_steps(CountingEmbedder(turn=3))
    add(made, [written(tmp_path / "乙", 20, 1)], steps=turned)
    after = codes_in(made)
    assert list(after) == list(before)
    assert after != before
    with Library.open(made, turned) as library:
        text = library.chunk(library.vector_hits("常州学院", 1)[0].chunk_id).search_text
        assert set("常州学院") & set(text)
