"""What staff say of cells: kept beside the index and across rebuilds, tied to the quote, exported as test cases."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from index.errors import SettingsError
from index.library import Library
from index.measures import matrix
from index.measures.corrections import (
    CORRECTIONS_FILE,
    Correction,
    add_correction,
    benchmark_rows,
    quote_digest,
    read_corrections,
)

TEXT = "常州市拟建工匠学院31家。常州市建成产业学院8家。常州市举办技能竞赛5场。"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with made_library(tmp_path / "index", [made_document(TEXT, "常州市")]) as opened:
        yield opened


def correct(library: Library, measure: str, action: str, **changes: str) -> None:
    (cell,) = matrix(library, measure=measure)
    fields = {"place": "常州市", "measure": measure, "action": action, "reason": "实地看过"}
    add_correction(library.settings.folder, Correction(**fields, quote_sha256=quote_digest(cell.best.quote), **changes))  # type: ignore[arg-type]


def test_confirmed_rejected_and_amended_cells_say_so(library: Library) -> None:
    correct(library, "工匠学院", "confirm")
    correct(library, "产业学院", "reject")
    correct(library, "劳动和技能竞赛", "amend", figure="6")
    cells = {cell.measure: cell for cell in matrix(library)}
    assert (cells["工匠学院"].state, cells["工匠学院"].figure) == ("adopted", "31")
    assert cells["产业学院"].state == "uncertain"
    assert cells["产业学院"].is_rejected
    assert (cells["劳动和技能竞赛"].state, cells["劳动和技能竞赛"].figure) == ("adopted", "6")
    assert all((cell.correction or {})["reason"] == "实地看过" for cell in cells.values())


def test_the_last_word_counts(library: Library) -> None:
    correct(library, "产业学院", "reject")
    correct(library, "产业学院", "confirm")
    (cell,) = matrix(library, measure="产业学院")
    assert cell.state == "adopted"
    assert not cell.is_rejected


def test_a_correction_outlives_a_rebuild_and_ends_with_its_quote(library: Library) -> None:
    correct(library, "产业学院", "reject")
    folder = library.settings.folder
    with made_library(folder, [made_document(TEXT, "常州市")]) as again:
        assert matrix(again, measure="产业学院")[0].is_rejected
    with made_library(folder, [made_document("常州市建成产业学院9家。", "常州市")]) as changed:
        (cell,) = matrix(changed, measure="产业学院")
        assert (cell.state, cell.figure, cell.is_rejected) == ("adopted", "9", False)
        assert "不再生效" in (cell.correction or {})["outdated"]


def test_corrections_become_test_cases(library: Library) -> None:
    correct(library, "劳动和技能竞赛", "amend", figure="6")
    correct(library, "产业学院", "reject")
    rows = benchmark_rows(matrix(library), {"doc-常州市": "abc"})
    by_question = {row["question"]: row for row in rows}
    amended = by_question["常州市有多少场劳动和技能竞赛？"]
    assert amended["answers"] == [["6场"]]
    assert amended["evidence"][0]["sha256"] == "abc"
    assert by_question["常州市有没有产业学院？"]["unanswerable"] is True


@pytest.mark.parametrize("line", ["{", '{"place": "常州市"}', "[]", json.dumps({"place": 1})])
def test_a_line_that_is_no_correction_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / CORRECTIONS_FILE).write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="第 2 行"):
        read_corrections(tmp_path)
