"""The questions to learn from: each loads, its answers stand in its proof, and none is over a document of a test half."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import load_dataset
from eval.normal import holds, normal
from index.training.texts import records

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "eval" / "data"
SAMPLE = ROOT / "index" / "sample"
SHARED = ROOT.parent / "shared"
NEWS = SHARED / "corpus" / "domain_news.jsonl"
CRUD = SHARED / "data" / "crud" / "passages.jsonl.gz"
SETS = ("asked_train", "asked_crud_train", "asked_briefs_train")
TEST_HALVES = ("sample_test", "seeds_test", "fresh_briefs_test", "fresh_news_test", "dialogue_test")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def texts(name: str) -> Mapping[str, str]:
    if name == "asked_briefs_train":
        return {path.name: path.read_text(encoding="utf-8") for path in SAMPLE.glob("*.md")}
    path = NEWS if name == "asked_train" else CRUD
    if not path.is_file():
        pytest.skip(f"{path} is absent: {name} stays unchecked")
    held = {row["id"]: row["text"] for row in records(path)}
    if name == "asked_crud_train":
        held |= texts("asked_train")
    return held


@pytest.mark.parametrize("name", SETS)
def test_every_line_loads_and_ids_are_unique(name: str) -> None:
    found = load_dataset(DATA / f"{name}.jsonl")
    assert len({gold.id for gold in found}) == len(found) == len(rows(name))


@pytest.mark.parametrize("name", SETS)
def test_the_proof_holds_every_answer(name: str) -> None:
    missing = []
    for row in rows(name):
        proofs = [
            each.get("quote") or texts(name)[each["document"]][each["start"] : each["end"]] for each in row["evidence"]
        ]
        form = normal(" ".join(proofs))
        missing += [row["id"] for group in row["answers"] if not any(holds(form, normal(one)) for one in group)]
    assert missing == []


@pytest.mark.parametrize("name", SETS)
def test_no_question_is_over_a_document_of_a_test_half(name: str) -> None:
    measured = {proof["document"] for half in TEST_HALVES for row in rows(half) for proof in row["evidence"]}
    assert [row["id"] for row in rows(name) for proof in row["evidence"] if proof["document"] in measured] == []
