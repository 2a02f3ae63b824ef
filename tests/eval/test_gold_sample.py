"""The benchmark over the sample briefs: gold stands in its evidence, and the two splits share no brief."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).resolve().parents[2]
SPLITS = ("dev", "test")
TYPES = {
    "figure",
    "date",
    "who",
    "list",
    "which",
    "compare",
    "yesno",
    "how",
    "worker",
    "followup",
    "traditional",
}
REASONS = {"no_content", "unknown_place", "place_silent", "off_topic", "out_of_dates", "private"}


def gold(split: str) -> list[dict[str, Any]]:
    """The lines of one split."""
    return lines_of(f"sample_{split}")


def lines_of(name: str) -> list[dict[str, Any]]:
    """The lines of one question file."""
    path = TOP / "eval" / "data" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def small_form(text: str) -> str:
    """Punctuation and spaces dropped, so that 《改革方案》 and 改革方案 are one."""
    return re.sub(r"[^\w.%]", "", text)


NEAR_MISSES = lines_of("nearmiss_dev")
LINES = [*(line for split in SPLITS for line in gold(split)), *NEAR_MISSES]
ANSWERABLE = [line for line in LINES if not line.get("unanswerable")]


def evidence_documents(split: str) -> set[str]:
    """The briefs that the split's questions about one place rest on; `which` spans the whole corpus."""
    return {item["document"] for line in gold(split) if line["type"] != "which" for item in line["evidence"]}


@pytest.mark.parametrize("split", SPLITS)
def test_sizes_types_and_unanswerable_share(split: str) -> None:
    lines = gold(split)
    refused = [line for line in lines if line.get("unanswerable")]
    assert len(lines) >= 60
    assert {line["type"] for line in lines} == TYPES | {"unanswerable"}
    assert 0.25 <= len(refused) / len(lines) <= 0.30
    assert sum(line["reason"] == "place_silent" for line in refused) * 2 >= len(refused)


def test_near_misses_are_mostly_refused_and_rest_on_dev_briefs_only() -> None:
    refused = [line for line in NEAR_MISSES if line.get("unanswerable")]
    assert (len(refused), len(NEAR_MISSES)) == (50, 75)
    assert {line["reason"] for line in refused} == {"place_silent", "no_content", "out_of_dates"}
    assert {line["type"] for line in NEAR_MISSES} <= TYPES | {"unanswerable"}
    assert {item["document"] for line in NEAR_MISSES for item in line["evidence"]} <= evidence_documents("dev")


def test_ids_and_questions_are_unique() -> None:
    assert len({line["id"] for line in LINES}) == len(LINES)
    asked = [(line["question"], json.dumps(line.get("history"))) for line in LINES]
    assert len(set(asked)) == len(asked)


def test_unanswerable_lines_carry_a_reason_and_nothing_else() -> None:
    for line in LINES:
        refused = line["type"] == "unanswerable"
        assert line.get("unanswerable", False) == refused
        if refused:
            assert line["reason"] in REASONS
            assert line["answers"] == [] and line["evidence"] == []


@pytest.mark.parametrize("line", ANSWERABLE, ids=lambda line: line["id"])
def test_quotes_are_verbatim_and_hold_every_answer(line: dict[str, Any]) -> None:
    quotes = [item["quote"] for item in line["evidence"]]
    assert quotes
    for item in line["evidence"]:
        assert item["quote"] in (TOP / "index" / "sample" / item["document"]).read_text(encoding="utf-8")
    held = small_form("".join(quotes))
    assert line["answers"]
    for group in line["answers"]:
        assert any(small_form(wording) in held for wording in group), group


@pytest.mark.parametrize("line", ANSWERABLE, ids=lambda line: line["id"])
def test_history_is_there_exactly_for_followups(line: dict[str, Any]) -> None:
    assert ("history" in line) == (line["type"] == "followup")
    for turn in line.get("history", []):
        assert turn["role"] in {"user", "assistant"} and turn["content"]


def test_the_splits_share_no_brief_and_together_use_them_all() -> None:
    dev, test = (evidence_documents(split) for split in SPLITS)
    assert not dev & test
    assert dev | test == {path.name for path in (TOP / "index" / "sample").glob("*.md")}
