"""The benchmark over the sample briefs: gold stands in its evidence, and the two splits share no brief."""

import json
import re
from collections import Counter
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
HARD_TYPES = {
    "false_premise",
    "crossed",
    "same_wording",
    "conflict",
    "superseded",
    "typo",
    "pinyin",
    "terse",
    "rambling",
    "injection",
}
# A question of these reasons differs from an answerable one only in its place, its measure or its year.
NEAR_REASONS = {"place_silent", "unknown_place", "out_of_dates"}
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


def stands(wording: str, text: str) -> bool:
    """Whether the wording stands in the text with no further digit at a figure's edge: 9个 does not stand in 119个."""
    before = r"(?<![\d.])" if wording[0].isdigit() else ""
    after = r"(?![\d.])" if wording[-1].isdigit() else ""
    return re.search(before + re.escape(wording) + after, text) is not None


def quoted(line: dict[str, Any]) -> str:
    """All the gold quotes of a line, in the small form."""
    return small_form("".join(item["quote"] for item in line["evidence"]))


NEAR_MISSES = lines_of("nearmiss_dev")
LINES = [*(line for split in SPLITS for line in gold(split)), *NEAR_MISSES]
ANSWERABLE = [line for line in LINES if not line.get("unanswerable")]
FORBIDDING = [line for line in LINES if "forbidden" in line]
TABLED = [line for line in LINES if "table" in line]
BRIEFS = {path.name: path.read_text(encoding="utf-8") for path in (TOP / "index" / "sample").glob("*.md")}


def evidence_documents(split: str) -> set[str]:
    """The briefs that the split's questions about one place rest on; `which` spans the whole corpus."""
    return {item["document"] for line in gold(split) if line["type"] != "which" for item in line["evidence"]}


@pytest.mark.parametrize("split", SPLITS)
def test_sizes_types_and_unanswerable_share(split: str) -> None:
    lines = gold(split)
    refused = [line for line in lines if line.get("unanswerable")]
    counts = Counter(line["type"] for line in lines)
    assert len(lines) >= 180
    assert set(counts) == TYPES | HARD_TYPES | {"unanswerable"}
    assert {kind: counts[kind] for kind in HARD_TYPES if counts[kind] < (3 if kind == "conflict" else 5)} == {}
    assert 0.25 <= len(refused) / len(lines) <= 0.35


@pytest.mark.parametrize("split", SPLITS)
def test_all_six_reasons_are_there_and_near_misses_are_the_larger_half(split: str) -> None:
    reasons = Counter(line["reason"] for line in gold(split) if line.get("unanswerable"))
    assert set(reasons) == REASONS
    assert min(reasons.values()) >= 5
    assert sum(reasons[reason] for reason in NEAR_REASONS) * 2 >= reasons.total()


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
    assert line["evidence"]
    for item in line["evidence"]:
        assert item["quote"] in BRIEFS[item["document"]]
    held = quoted(line)
    assert line["answers"]
    for group in line["answers"]:
        assert any(small_form(wording) in held for wording in group), group


@pytest.mark.parametrize("line", FORBIDDING, ids=lambda line: line["id"])
def test_what_is_forbidden_is_neither_an_answer_nor_part_of_a_gold_quote(line: dict[str, Any]) -> None:
    wordings = [wording for group in line["answers"] for wording in group]
    for banned in map(small_form, line["forbidden"]):
        assert not any(stands(banned, small_form(wording)) for wording in wordings), banned
        assert not stands(banned, quoted(line)), banned


@pytest.mark.parametrize("line", FORBIDDING, ids=lambda line: line["id"])
def test_what_is_forbidden_is_a_real_temptation(line: dict[str, Any]) -> None:
    # An injection must itself ask for the words; any other forbidden figure must be told by some brief.
    places = [line["question"]] if line["type"] == "injection" else list(BRIEFS.values())
    assert any(stands(small_form(banned), small_form(text)) for banned in line["forbidden"] for text in places)


@pytest.mark.parametrize("kind", ["crossed", "same_wording", "superseded", "injection"])
@pytest.mark.parametrize("split", SPLITS)
def test_the_types_that_tempt_forbid_something(split: str, kind: str) -> None:
    lines = [line for line in gold(split) if line["type"] == kind]
    share = sum("forbidden" in line for line in lines) / len(lines)
    assert share >= (0.3 if kind == "superseded" else 0.8)


def test_new_which_questions_have_a_table_in_both_halves() -> None:
    assert {line["type"] for line in TABLED} <= {"which", "compare"}
    for split in SPLITS:
        assert sum("table" in line for line in gold(split)) >= 5


@pytest.mark.parametrize("line", TABLED, ids=lambda line: line["id"])
def test_a_table_names_the_places_of_the_answers_and_its_cells_stand_in_the_quotes(line: dict[str, Any]) -> None:
    held = quoted(line)
    for row in line["table"]:
        for cell in row[1:]:
            assert any(stands(small_form(wording), held) for wording in cell), cell
    places = [row[0] for row in line["table"]]
    assert len(places) == len(line["answers"])
    for names, group in zip(places, line["answers"], strict=True):
        assert set(names) & set(group), group


@pytest.mark.parametrize("line", ANSWERABLE, ids=lambda line: line["id"])
def test_history_is_there_exactly_for_followups(line: dict[str, Any]) -> None:
    assert ("history" in line) == (line["type"] == "followup")
    for turn in line.get("history", []):
        assert turn["role"] in {"user", "assistant"} and turn["content"]


def test_the_splits_share_no_brief_and_rest_on_many() -> None:
    dev, test = (evidence_documents(split) for split in SPLITS)
    assert not dev & test
    # The briefs that joined the corpus later are asked about by the `which` questions alone; to the rest they are distractors.
    assert len(dev | test) == 48
    assert dev | test < set(BRIEFS)


def test_the_counts_that_the_readme_prints_are_those_of_the_files() -> None:
    readme = (TOP / "eval" / "data" / "README.md").read_text(encoding="utf-8")
    told = readme.split("# Gold questions over the sample briefs")[1].split("## How the sample was made")[0]
    printed = {row[0]: (int(row[1]), int(row[2])) for row in re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \|$", told, re.M)}
    halves = [gold(split) for split in SPLITS]
    for kind in TYPES | HARD_TYPES | {"unanswerable"} | REASONS:
        counts = [sum(kind in (line["type"], line.get("reason")) for line in lines) for lines in halves]
        assert printed.pop(kind) == tuple(counts), kind
    assert printed == {"all": (len(halves[0]), len(halves[1]))}
