"""Snippets: read with their spans, kept in their form, and judged one by one by kind of error."""

import json
from pathlib import Path

import pytest

from eval.matrix.snippets import SNIPPETS, gold_of, judged, library_of, read_snippets
from index.errors import DatasetError
from index.measures import measures
from index.places import places

CELL = {
    "place": "常州市",
    "part": "",
    "measure": "工匠学院",
    "state": "adopted",
    "level": "city",
    "modality": "done",
    "begin": "建成",
    "end": "3家",
    "figure": "3",
    "unit": "家",
    "year": "",
}
RAIN = CELL | {"place": "苏州市", "begin": "雨", "end": "三天", "figure": "", "unit": ""}
ROWS = (
    {"id": "c", "title": "", "text": "常州市总工会建成工匠学院3家。", "cells": [CELL]},
    {"id": "w", "title": "", "text": "无锡市总工会建成工匠学院5家。", "cells": []},
    {"id": "s", "title": "", "text": "苏州市的雨下了三天。", "cells": [RAIN]},
)
LINES = [json.dumps(row, ensure_ascii=False) for row in ROWS]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "snippets.jsonl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


def test_a_cell_has_the_span_of_its_words(file: Path) -> None:
    first = read_snippets(file)[0]
    [proof] = first.cells[0].evidence
    assert first.text[proof.start : proof.end] == "建成工匠学院3家"
    assert len(gold_of(read_snippets(file)).cells) == 2


def test_words_that_the_text_lacks_are_told(file: Path) -> None:
    file.write_text(LINES[0].replace('"建成"', '"拆掉"'), encoding="utf-8")
    with pytest.raises(DatasetError, match="拆掉"):
        read_snippets(file)


def test_each_snippet_is_judged_by_itself(file: Path) -> None:
    snippets = read_snippets(file)
    with library_of(snippets) as library:
        outcome = judged(snippets, library)
    assert (outcome.found, outcome.wanted, outcome.right, outcome.figures_right) == (2, 2, 1, 1)
    assert sorted(fault.kind for fault in outcome.faults) == ["missed: measure", "surplus: shows nothing"]


def test_the_shipped_snippets_name_known_places_and_measures() -> None:
    snippets = read_snippets(SNIPPETS)
    named, known = {one.name for one in measures()}, places()
    assert len({one.id for one in snippets}) == len(snippets)
    for snippet in snippets:
        for cell in snippet.cells:
            assert cell.measure in named and cell.place in known, snippet.id
            assert cell.state in ("adopted", "uncertain") and cell.level in ("province", "city", "county", "enterprise")
