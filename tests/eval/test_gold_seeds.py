"""The gold questions over the five seed pages: every line is valid, every answer stands in its page."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "eval" / "data"
SEEDS = ROOT.parent / "shared" / "corpus" / "seeds"
SPLITS = ("dev", "test")
# The number at the head of a seed's file name decides the half its questions belong to.
SPLIT_OF = {"000": "dev", "002": "dev", "004": "dev", "001": "test", "003": "test"}
TYPES = {
    *("figure", "date", "who", "list", "which", "compare", "yesno", "how"),
    *("worker", "followup", "spun", "traditional", "unanswerable"),
}
REASONS = {"no_content", "unknown_place", "place_silent", "off_topic", "out_of_dates", "private"}
KEYS = {"id", "question", "type", "answers", "evidence", "history", "unanswerable", "reason"}
# The spun page cuts words, and once a figure, with the name of an advertised trade; no answer carries it.
SPAM = "小树屋"
DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
RUN = 20

needs_seeds = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"the seed pages are absent ({SEEDS}): the gold questions stay unchecked"
)


def rows(split: str) -> list[dict[str, Any]]:
    lines = (DATA / f"seeds_{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


EVERY = [row for split in SPLITS for row in rows(split)]
ANSWERABLE = [row for row in EVERY if not row.get("unanswerable")]


@cache
def seed_text(name: str) -> str:
    return (SEEDS / name).read_bytes().decode("utf-8-sig")


@cache
def simplified(text: str) -> str:
    from opencc import OpenCC

    return str(OpenCC("t2s").convert(text))


@cache
def normal(text: str) -> str:
    """A small normal form of this test alone: simplified, half width, numerals as digits, no punctuation."""
    folded = unicodedata.normalize("NFKC", simplified(text)).lower().replace(SPAM, "")
    # Two figures stay two figures: a date and the hour behind it must not run into one number.
    parted = re.sub(r"(?<=\d)[^\w.%,]+(?=\d)", "|", folded)
    kept = "".join(char for char in parted if char.isalnum() or char in "%.|")
    # Only a bare ten is rewritten: the answers hold no other number that a seed spells with 十.
    return re.sub(r"(?<![一-九])十(?![一-九])", "10", kept).translate(DIGITS)


def holds(text: str, answer: str) -> bool:
    """Whether the answer stands in the text with no further digit on either side of its figures."""
    pattern = re.escape(normal(answer))
    if pattern[0].isdigit():
        pattern = r"(?<![\d.])" + pattern
    if pattern[-1].isdigit():
        pattern += r"(?![\d.])"
    return re.search(pattern, normal(text)) is not None


def han(text: str) -> str:
    return "".join(re.findall(r"[\u3400-\u9fff]", simplified(text)))


def spoken(row: dict[str, Any]) -> list[str]:
    """Every piece of text a line brings into the repository."""
    turns = [turn["content"] for turn in row.get("history", [])]
    return [row["question"], *turns, *(answer for group in row["answers"] for answer in group)]


def test_every_line_has_the_fields_of_the_format_and_no_other() -> None:
    for row in EVERY:
        assert {"id", "question", "type", "answers", "evidence"} <= row.keys() <= KEYS, row["id"]
        assert row["question"].strip() == row["question"] != "", row["id"]
        assert row["type"] in TYPES, row["id"]
        assert (row["type"] == "followup") <= ("history" in row), row["id"]
        roles = [turn["role"] for turn in row.get("history", [])]
        assert roles == ["user", "assistant"] * (len(roles) // 2), row["id"]
        assert all(turn.keys() == {"role", "content"} and turn["content"] for turn in row.get("history", []))


def test_a_question_has_answers_and_evidence_or_a_reason_for_having_none() -> None:
    for row in EVERY:
        if row["type"] == "unanswerable":
            assert row["unanswerable"] is True, row["id"]
            assert row["reason"] in REASONS, row["id"]
            assert row["answers"] == row["evidence"] == [], row["id"]
        else:
            assert "unanswerable" not in row, row["id"]
            assert "reason" not in row, row["id"]
            assert row["evidence"], row["id"]
            assert row["answers"], row["id"]
            assert all(group and all(answer.strip() for answer in group) for group in row["answers"]), row["id"]


def test_ids_and_questions_are_unique() -> None:
    assert [count for count in Counter(row["id"] for row in EVERY).items() if count[1] > 1] == []
    asked = Counter((row["question"], json.dumps(row.get("history", []))) for row in EVERY)
    assert [question for question, count in asked.items() if count > 1] == []


@pytest.mark.parametrize(("split", "least"), [("dev", 75), ("test", 55)])
def test_a_half_is_large_enough_and_about_a_quarter_of_it_has_no_answer(split: str, least: int) -> None:
    half = rows(split)
    assert len(half) >= least
    assert 0.2 <= sum(row["type"] == "unanswerable" for row in half) / len(half) <= 0.35
    assert {row["reason"] for row in half if row["type"] == "unanswerable"} == REASONS


@pytest.mark.parametrize("split", SPLITS)
def test_no_document_feeds_both_halves(split: str) -> None:
    for row in rows(split):
        assert row["id"].startswith(f"seeds-{split}-"), row["id"]
        assert {SPLIT_OF[span["document"][:3]] for span in row["evidence"]} <= {split}, row["id"]


def test_the_readme_counts_what_the_files_hold() -> None:
    table = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \|$", (DATA / "README.md").read_text("utf-8"), re.MULTILINE)
    written = {name: (int(dev), int(test)) for name, dev, test in table}
    halves = [Counter(row["type"] for row in rows(split)) for split in SPLITS]
    reasons = [Counter(row["reason"] for row in rows(split) if "reason" in row) for split in SPLITS]
    counted = {name: (halves[0][name], halves[1][name]) for name in TYPES}
    counted |= {name: (reasons[0][name], reasons[1][name]) for name in REASONS}
    assert written == counted | {"all": (len(rows("dev")), len(rows("test")))}


@needs_seeds
def test_spans_name_the_bytes_they_were_cut_from_and_lie_inside_the_text() -> None:
    for row in ANSWERABLE:
        for span in row["evidence"]:
            assert span.keys() == {"document", "sha256", "start", "end"}, row["id"]
            digest = hashlib.sha256((SEEDS / span["document"]).read_bytes()).hexdigest()
            assert span["sha256"] == digest, row["id"]
            assert 0 <= span["start"] < span["end"] <= len(seed_text(span["document"])), row["id"]
            assert span["end"] - span["start"] <= 260, f"{row['id']}: the span is longer than a sentence"


@needs_seeds
@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_every_group_of_the_answer_stands_in_the_evidence_or_its_page(row: dict[str, Any]) -> None:
    proof = "\n".join(seed_text(span["document"])[span["start"] : span["end"]] for span in row["evidence"])
    pages = "\n".join(seed_text(name) for name in sorted({span["document"] for span in row["evidence"]}))
    groups = row["answers"]
    missing = [group for group in groups if not any(holds(proof, answer) for answer in group)]
    assert [group for group in missing if not any(holds(pages, answer) for answer in group)] == []
    # A name may stand elsewhere in the page; an answer that has no part at all in its spans is unproved.
    assert len(missing) < len(groups)


@needs_seeds
def test_nothing_in_the_files_repeats_a_run_of_a_seed() -> None:
    runs: set[str] = set()
    for path in sorted(SEEDS.glob("*.txt")):
        page = han(seed_text(path.name))
        runs.update(page[at : at + RUN] for at in range(len(page) - RUN + 1))
    for row in EVERY:
        for text in map(han, spoken(row)):
            copied = [text[at : at + RUN] for at in range(len(text) - RUN + 1) if text[at : at + RUN] in runs]
            assert copied == [], row["id"]
