"""The questions about follow-ups, comparisons, conflicts and false premises: proof stands in its brief, halves share none."""

import json
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).resolve().parents[2]
SPLITS = ("dev", "test")
SHARED_RUN = 20


def gold(split: str) -> list[dict[str, Any]]:
    """The lines of one half."""
    path = TOP / "eval" / "data" / f"dialogue_{split}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("split", SPLITS)
def test_every_quote_stands_in_its_brief_and_no_question_copies_it(split: str) -> None:
    for line in gold(split):
        assert line["evidence"]
        for item in line["evidence"]:
            brief = (TOP / "index" / "sample" / item["document"]).read_text(encoding="utf-8")
            assert item["quote"] in brief, line["id"]
            question = line["question"]
            runs = [question[at : at + SHARED_RUN] for at in range(len(question) - SHARED_RUN + 1)]
            assert not any(run in brief for run in runs), line["id"]


def test_the_halves_share_no_brief() -> None:
    dev, test = ({item["document"] for line in gold(split) for item in line["evidence"]} for split in SPLITS)
    assert dev and test and not dev & test


@pytest.mark.parametrize("split", SPLITS)
def test_follow_ups_and_they_alone_have_a_history_that_a_person_began(split: str) -> None:
    lines = gold(split)
    assert len(lines) >= 40 and len({line["id"] for line in lines}) == len(lines)
    for line in lines:
        assert ("history" in line) == (line["type"] == "followup"), line["id"]
        if "history" in line:
            assert [turn["role"] for turn in line["history"]][::2] == ["user"] * (len(line["history"]) // 2)
