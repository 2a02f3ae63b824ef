"""The cells and near misses that were read out of general news to be learned from: they stand in their texts, and test nothing."""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eval.matrix.gold_cells import GOLDS, LEARNED, LEARNED_HALF, learned_half, read_gold
from index.measures import measures
from index.places import places

ROOT = Path(__file__).parents[2]
DATA = ROOT / "eval" / "data"
CRUD = ROOT.parent / "shared" / "data" / "crud" / "passages.jsonl.gz"

needs_texts = pytest.mark.skipif(not CRUD.is_file(), reason=f"the articles are absent ({CRUD}): spans stay unchecked")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@cache
def read_documents() -> dict[str, str]:
    """The digest of every document that was read."""
    listed = json.loads((DATA / "matrix_read_documents.json").read_text(encoding="utf-8"))
    assert {one["half"] for one in listed} == {LEARNED_HALF}
    return {one["document"]: one["sha256"] for one in listed}


def spans() -> list[dict[str, Any]]:
    """Every span of a cell or a near miss."""
    cells = [proof for cell in rows("matrix_read_train.jsonl") for proof in cell["evidence"]]
    return cells + rows("matrix_read_near_misses_train.jsonl")


def test_cells_and_near_misses_name_what_is_known_and_was_read() -> None:
    known = {measure.name for measure in measures()}
    gold = read_gold(LEARNED, learned_half(LEARNED))
    assert gold.cells
    assert all(cell.measure in known and cell.place in places() for cell in gold.cells)
    assert all(one["measure"] in known and one["why"] for one in rows("matrix_read_near_misses_train.jsonl"))
    assert all(read_documents()[one["document"]] == one["sha256"] for one in spans())


def test_no_document_is_in_another_gold() -> None:
    others = {one.name for name in GOLDS for half in ("dev", "test") for one in read_gold(name, half).documents}
    assert not others & set(read_documents())


@needs_texts
def test_spans_stand_in_their_texts() -> None:
    told: dict[str, list[dict[str, Any]]] = {}
    for one in spans():
        told.setdefault(one["document"], []).append(one)
    found = 0
    with gzip.open(CRUD, "rt", encoding="utf-8") as lines:
        for article in (json.loads(line) for line in lines):
            name, text = article["id"], article["text"]
            if name in told and hashlib.sha256(text.encode()).hexdigest() == read_documents()[name]:
                found += 1
                for one in told[name]:
                    clause = text[one["start"] : one["end"]]
                    assert 0 <= one["start"] < one["end"] <= len(text) and clause == clause.strip(), one
    assert found
