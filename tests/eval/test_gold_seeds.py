"""The gold questions over the seed pages and the news: every line is valid, every answer stands in its document."""

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
CORPUS = ROOT.parent / "shared" / "corpus"
SEEDS = CORPUS / "seeds"
NEWS = CORPUS / "domain_news.jsonl"
SPLITS = ("dev", "test")
# The number at the head of a seed's file name decides the half its questions belong to.
SPLIT_OF = {"000": "dev", "002": "dev", "004": "dev", "001": "test", "003": "test"}
TYPES = {
    *("figure", "date", "who", "list", "which", "compare", "yesno", "how"),
    *("worker", "followup", "spun", "traditional", "unanswerable"),
    *("false_premise", "crossed", "same_wording", "conflict", "superseded"),
    *("typo", "pinyin", "terse", "rambling", "injection"),
}
# In these types a wrong answer is known beforehand: the rival's figure or wording, or what an injection wants said.
RIVALS = {"crossed", "same_wording", "superseded"}
TRAPPED = {*RIVALS, "injection"}
REASONS = {"no_content", "unknown_place", "place_silent", "off_topic", "out_of_dates", "private"}
# The right place with the wrong measure, the right measure of a wrong place, or both in a wrong year.
NEAR_MISSES = {"place_silent", "unknown_place", "out_of_dates"}
KEYS = {"id", "question", "type", "answers", "evidence", "history", "unanswerable", "reason", "forbidden", "table"}
# The spun page cuts words, and once a figure, with the name of an advertised trade; no answer carries it.
SPAM = "小树屋"
DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
RUN = 20
SENTENCE_ENDS = "。!?;！？；\n"

needs_corpus = pytest.mark.skipif(
    not (SEEDS.is_dir() and NEWS.is_file()),
    reason=f"the seed pages or the news are absent ({CORPUS}): the gold questions stay unchecked",
)


def rows(split: str) -> list[dict[str, Any]]:
    lines = (DATA / f"seeds_{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


EVERY = [row for split in SPLITS for row in rows(split)]
ANSWERABLE = [row for row in EVERY if not row.get("unanswerable")]


@cache
def news() -> dict[str, str]:
    """The text of every article by its id."""
    lines = NEWS.read_bytes().decode("utf-8-sig").split("\n")
    articles = [json.loads(line) for line in lines if line.strip()]
    return {article["id"]: article["text"] for article in articles}


def is_seed(name: str) -> bool:
    return name.endswith(".txt")


@cache
def document_text(name: str) -> str:
    return (SEEDS / name).read_bytes().decode("utf-8-sig") if is_seed(name) else news()[name]


@cache
def digest(name: str) -> str:
    return hashlib.sha256((SEEDS / name if is_seed(name) else NEWS).read_bytes()).hexdigest()


@cache
def library() -> str:
    """The normal form of everything the questions are put to."""
    pages = [document_text(path.name) for path in sorted(SEEDS.glob("*.txt"))]
    return normal("\n".join([*pages, *news().values()]))


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
    return stands(normal(text), answer)


def stands(form: str, answer: str) -> bool:
    """The same for a text that already is in the normal form."""
    pattern = re.escape(normal(answer))
    if pattern[0].isdigit():
        pattern = r"(?<![\d.])" + pattern
    if pattern[-1].isdigit():
        pattern += r"(?![\d.])"
    return re.search(pattern, form) is not None


def han(text: str) -> str:
    return "".join(re.findall(r"[\u3400-\u9fff]", simplified(text)))


def spoken(row: dict[str, Any]) -> list[str]:
    """Every piece of text a line brings into the repository."""
    turns = [turn["content"] for turn in row.get("history", [])]
    cells = [text for cells in row.get("table", []) for cell in cells for text in cell]
    return [row["question"], *turns, *accepted(row), *row.get("forbidden", []), *cells]


def accepted(row: dict[str, Any]) -> list[str]:
    return [answer for group in row["answers"] for answer in group]


def sentence(span: dict[str, Any]) -> str:
    """The sentences that the span stands in, to their full stops."""
    text = document_text(span["document"])
    starts = [text.rfind(stop, 0, span["start"]) for stop in SENTENCE_ENDS]
    ends = [at for stop in SENTENCE_ENDS if (at := text.find(stop, span["end"])) >= 0]
    return text[max(starts) + 1 : min(ends, default=len(text))]


def pages_of(row: dict[str, Any]) -> str:
    return "\n".join(document_text(name) for name in sorted({span["document"] for span in row["evidence"]}))


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


@pytest.mark.parametrize(("split", "least"), [("dev", 212), ("test", 144)])
def test_a_half_is_large_enough_and_about_a_quarter_of_it_has_no_answer(split: str, least: int) -> None:
    half = rows(split)
    assert len(half) >= least
    assert 0.2 <= sum(row["type"] == "unanswerable" for row in half) / len(half) <= 0.35
    assert {row["type"] for row in half} >= TYPES - {"spun"}, "only the dev half has a spun page"


@pytest.mark.parametrize("split", SPLITS)
def test_all_six_reasons_are_there_and_at_least_a_third_are_near_misses(split: str) -> None:
    reasons = [row["reason"] for row in rows(split) if row["type"] == "unanswerable"]
    assert set(reasons) == REASONS
    assert sum(reason in NEAR_MISSES for reason in reasons) / len(reasons) >= 1 / 3


def test_a_trapped_question_says_which_words_are_wrong_and_no_right_answer_has_them() -> None:
    for row in EVERY:
        forbidden = row.get("forbidden", [])
        assert bool(forbidden) >= (row["type"] in TRAPPED), row["id"]
        assert all(normal(words) for words in forbidden), row["id"]
        clash = [(words, answer) for words in forbidden for answer in accepted(row) if holds(answer, words)]
        assert clash == [], row["id"]


def test_a_table_belongs_to_a_which_or_a_compare_and_its_rows_have_the_same_cells() -> None:
    tabled = [row for row in EVERY if "table" in row]
    assert {row["id"].split("-")[1] for row in tabled} == set(SPLITS)
    for row in tabled:
        assert row["type"] in {"which", "compare"}, row["id"]
        assert len(row["table"]) > 1, row["id"]
        assert len({len(cells) for cells in row["table"]}) == 1, row["id"]
        assert len({cells[0][0] for cells in row["table"]}) == len(row["table"]), row["id"]


@pytest.mark.parametrize("split", SPLITS)
def test_a_conflict_demands_two_figures_from_two_documents(split: str) -> None:
    conflicts = [row for row in rows(split) if row["type"] == "conflict"]
    assert len(conflicts) >= 2
    for row in conflicts:
        assert len(row["answers"]) >= 2, row["id"]
        assert len({span["document"] for span in row["evidence"]}) >= 2, row["id"]


@pytest.mark.parametrize("split", SPLITS)
def test_a_rambling_question_has_60_to_150_characters_and_a_terse_one_few(split: str) -> None:
    lengths = {row["id"]: len(row["question"]) for row in rows(split) if row["type"] == "rambling"}
    assert {name: length for name, length in lengths.items() if not 60 <= length <= 150} == {}
    assert max(len(row["question"]) for row in rows(split) if row["type"] == "terse") <= 24


def test_no_document_feeds_both_halves() -> None:
    cited = {split: {span["document"] for row in rows(split) for span in row["evidence"]} for split in SPLITS}
    assert cited["dev"] & cited["test"] == set()
    for split in SPLITS:
        assert all(row["id"].startswith(f"seeds-{split}-") for row in rows(split))
        assert {SPLIT_OF[name[:3]] for name in cited[split] if is_seed(name)} == {split}


def test_the_readme_counts_what_the_files_hold() -> None:
    # The first chapter is about the seeds; a chapter on other questions has tables of its own.
    chapter = (DATA / "README.md").read_text("utf-8").split("\n# ")[0]
    table = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \|$", chapter, re.MULTILINE)
    written = {name: (int(dev), int(test)) for name, dev, test in table}
    halves = [Counter(row["type"] for row in rows(split)) for split in SPLITS]
    reasons = [Counter(row["reason"] for row in rows(split) if "reason" in row) for split in SPLITS]
    counted = {name: (halves[0][name], halves[1][name]) for name in TYPES}
    counted |= {name: (reasons[0][name], reasons[1][name]) for name in REASONS}
    assert written == counted | {"all": (len(rows("dev")), len(rows("test")))}


@needs_corpus
def test_spans_name_the_bytes_they_were_cut_from_and_lie_inside_the_text() -> None:
    for row in ANSWERABLE:
        for span in row["evidence"]:
            assert span.keys() == {"document", "sha256", "start", "end"}, row["id"]
            assert span["sha256"] == digest(span["document"]), row["id"]
            assert 0 <= span["start"] < span["end"] <= len(document_text(span["document"])), row["id"]
            assert span["end"] - span["start"] <= 260, f"{row['id']}: the span is longer than a sentence"


@needs_corpus
@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_every_group_of_the_answer_stands_in_the_evidence_or_its_page(row: dict[str, Any]) -> None:
    proof = "\n".join(document_text(span["document"])[span["start"] : span["end"]] for span in row["evidence"])
    pages = pages_of(row)
    groups = row["answers"]
    missing = [group for group in groups if not any(holds(proof, answer) for answer in group)]
    assert [group for group in missing if not any(holds(pages, answer) for answer in group)] == []
    # A name may stand elsewhere in the page; an answer that has no part at all in its spans is unproved.
    assert len(missing) < len(groups)


@needs_corpus
@pytest.mark.parametrize("row", [row for row in EVERY if "table" in row], ids=lambda row: row["id"])
def test_every_cell_of_a_gold_table_stands_in_the_documents_of_its_evidence(row: dict[str, Any]) -> None:
    pages = normal(pages_of(row))
    for cells in row["table"]:
        assert [cell for cell in cells if not any(stands(pages, text) for text in cell)] == []


@needs_corpus
def test_nobody_is_punished_for_quoting_the_whole_sentence_of_the_proof() -> None:
    for row in EVERY:
        quotes = [normal(sentence(span)) for span in row["evidence"]] if "forbidden" in row else []
        assert not any(stands(quote, words) for quote in quotes for words in row["forbidden"]), row["id"]


@needs_corpus
def test_the_rival_of_a_crossed_or_superseded_figure_really_is_in_the_library() -> None:
    for row in EVERY:
        if row["type"] in RIVALS:
            assert any(stands(library(), words) for words in row["forbidden"]), row["id"]


@needs_corpus
def test_nothing_in_the_files_repeats_a_run_of_a_seed_or_of_a_cited_article() -> None:
    cited = {span["document"] for row in EVERY for span in row["evidence"]}
    runs: set[str] = set()
    for name in sorted({*(path.name for path in SEEDS.glob("*.txt")), *cited}):
        page = han(document_text(name))
        runs.update(page[at : at + RUN] for at in range(len(page) - RUN + 1))
    for row in EVERY:
        for text in map(han, spoken(row)):
            copied = [text[at : at + RUN] for at in range(len(text) - RUN + 1) if text[at : at + RUN] in runs]
            assert copied == [], row["id"]
