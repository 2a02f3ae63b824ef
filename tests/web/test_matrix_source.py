"""The joint to the engine: a real small library behind the page's source."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import UnknownDocumentError
from index.library import Library
from index.measures.corrections import Correction, quote_digest
from tests.fakes.library import made_document, made_library
from web.matrix.source import Extent, LibraryMatrix

TEXT = "# 常州市\n\n截至2023年底，常州市建成产业学院13家。"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = made_library(tmp_path / "index", [made_document(TEXT, "常州市")])
    yield library
    library.close()


def test_the_cells_the_extent_and_the_text_are_the_librarys(library: Library) -> None:
    source = LibraryMatrix(lambda: library)
    (cell,) = [one for one in source.cells() if one.measure == "产业学院"]
    assert (cell.place, cell.state, cell.figure) == ("常州市", "adopted", "13")
    best = cell.best
    assert source.text(best.document_id)[best.start : best.end] == best.quote
    assert source.extent() == Extent(1, 1)
    assert "产业学院" in [measure.name for measure in source.measures()]
    with pytest.raises(UnknownDocumentError):
        source.text("nowhere")


def test_cells_are_held_until_a_correction_comes(library: Library) -> None:
    source = LibraryMatrix(lambda: library)
    first = source.cells()
    assert source.cells() is first
    cell = next(one for one in first if one.measure == "产业学院")
    source.correct(Correction("常州市", "产业学院", "amend", "年报", quote_digest(cell.best.quote), figure="14"))
    assert next(one for one in source.cells() if one.measure == "产业学院").figure == "14"
    # It lies beside the index: another source, as after a restart, tells the same.
    again = LibraryMatrix(lambda: library).cells()
    assert next(one for one in again if one.measure == "产业学院").figure == "14"


def test_a_newer_index_is_read_again(library: Library, tmp_path: Path) -> None:
    shelf = [library]
    source = LibraryMatrix(lambda: shelf[-1])
    assert source.extent().documents == 1
    pages = [made_document(TEXT, "常州市"), made_document("苏州市建成产业学院8家。", "苏州市")]
    newer = made_library(tmp_path / "newer", pages)
    shelf.append(newer)
    assert {one.place for one in source.cells()} == {"常州市", "苏州市"}
    assert source.extent() == Extent(2, 2)
    newer.close()
