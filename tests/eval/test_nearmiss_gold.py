"""The pairs of near misses: every unanswerable question stands beside an answerable twin, and what it asks is really absent."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SPLITS = ("dev", "test")
KINDS = {"year", "place", "figure", "role", "object", "subset", "entity", "predicate"}
# The first number of a seed page decides its half, as in the larger set.
SPLIT_OF = {"000": "dev", "002": "dev", "004": "dev", "001": "test", "003": "test"}
SPAM = "小树屋"
ABSENT: dict[str, list[list[str]]] = json.loads((HERE / "nearmiss_absences.json").read_text(encoding="utf-8"))

needs_corpus = pytest.mark.skipif(
    not (CORPUS / "seeds").is_dir(),
    reason=f"the seed pages are absent ({CORPUS}): near misses over them stay unchecked",
)


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of one question file of the laboratory."""
    path = ROOT / "eval" / "data" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def of_split(split: str) -> list[dict[str, Any]]:
    """The lines of one half over both libraries."""
    return rows(f"nearmiss_pairs_{split}") + rows(f"nearmiss_seeds_{split}")


def kind(row: dict[str, Any]) -> str:
    """What a near miss swaps, from the last part of its id; "" for a twin."""
    return re.sub(r"\d+$", "", row["id"].split("-")[4]) if row.get("unanswerable") else ""


def simplified(text: str) -> str:
    """Simplified, half-width and without the spam that cuts words."""
    from opencc import OpenCC

    folded = unicodedata.normalize("NFKC", str(OpenCC("t2s").convert(text))).replace(SPAM, "")
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", folded)


def sentences(text: str) -> list[str]:
    """Sentences and lines."""
    return [part for part in re.split(r"(?<=[。！？!?])|\n+", text) if part.strip()]


@cache
def briefs() -> dict[str, str]:
    """The sample briefs without front matter, by file name."""
    paths = (ROOT / "index" / "sample").glob("*.md")
    return {path.name: re.sub(r"(?s)^---\n.*?\n---\n", "", path.read_text(encoding="utf-8")) for path in paths}


@cache
def brief_sentences() -> list[str]:
    """Every sentence of the briefs behind the title of its brief."""
    return [f"{text.strip().splitlines()[0]}{said}" for text in briefs().values() for said in sentences(text)]


@cache
def page_sentences() -> list[str]:
    """Every sentence of the seed pages and, behind its title, of the news."""
    pages = [simplified(path.read_bytes().decode("utf-8-sig")) for path in (CORPUS / "seeds").glob("*.txt")]
    lines = (CORPUS / "domain_news.jsonl").read_bytes().decode("utf-8-sig").split("\n")
    news = [json.loads(line) for line in lines if line.strip()]
    found = [said for page in pages for said in sentences(page)]
    return found + [
        f"{simplified(item['title'])}：{said}" for item in news for said in sentences(simplified(item["text"]))
    ]


def said(row: dict[str, Any], library: list[str]) -> list[str]:
    """The sentences that hold all patterns of one of the row's alternatives."""
    found = []
    for alternative in ABSENT[row["id"]]:
        patterns = [re.compile(pattern) for pattern in alternative]
        found += [sentence for sentence in library if all(pattern.search(sentence) for pattern in patterns)]
    return found


@pytest.mark.parametrize("split", SPLITS)
def test_each_half_has_enough_near_misses_of_every_kind(split: str) -> None:
    kinds = Counter(kind(row) for row in of_split(split) if row.get("unanswerable"))
    assert set(kinds) == KINDS
    assert kinds.total() >= 120 and min(kinds.values()) >= 5


@pytest.mark.parametrize("split", SPLITS)
def test_every_near_miss_has_an_answerable_twin(split: str) -> None:
    twins = {row["id"] for row in of_split(split) if not row.get("unanswerable")}
    missing = [row["id"] for row in of_split(split) if row.get("unanswerable")]
    assert all("-".join(name.split("-")[:4]) in twins for name in missing)
    assert {"-".join(name.split("-")[:4]) for name in missing} == twins


def test_ids_and_questions_are_unique_beside_the_other_sets() -> None:
    names = ("sample_dev", "sample_test", "seeds_dev", "seeds_test", "nearmiss_dev")
    ours = [row for split in SPLITS for row in of_split(split)]
    others = {row["question"] for name in names for row in rows(name)}
    assert len({row["id"] for row in ours}) == len(ours)
    assert len({row["question"] for row in ours}) == len(ours)
    assert not {row["question"] for row in ours} & others


def test_halves_share_no_document() -> None:
    held = {split: {item["document"] for row in of_split(split) for item in row["evidence"]} for split in SPLITS}
    assert not held["dev"] & held["test"]
    dev = {item["document"] for row in rows("sample_test") if row["type"] != "which" for item in row["evidence"]}
    assert not held["dev"] & dev
    pages = {name for names in held.values() for name in names if name[:3] in SPLIT_OF}
    assert all(name in held[SPLIT_OF[name[:3]]] for name in pages)


@pytest.mark.parametrize("split", SPLITS)
def test_quotes_are_verbatim_and_hold_the_answers(split: str) -> None:
    for row in rows(f"nearmiss_pairs_{split}"):
        for item in row["evidence"]:
            assert item["quote"] in briefs()[item["document"]], row["id"]
        quoted = re.sub(r"[^\w.%]", "", "".join(item["quote"] for item in row["evidence"]))
        assert all(any(each in quoted for each in group) for group in row["answers"]), row["id"]


@pytest.mark.parametrize("split", SPLITS)
def test_what_a_near_miss_asks_stands_in_no_brief(split: str) -> None:
    for row in rows(f"nearmiss_pairs_{split}"):
        if row.get("unanswerable"):
            assert said(row, brief_sentences()) == [], row["id"]


@needs_corpus
@pytest.mark.parametrize("split", SPLITS)
def test_spans_lie_in_their_page_and_hold_the_answers(split: str) -> None:
    for row in rows(f"nearmiss_seeds_{split}"):
        for item in row["evidence"]:
            data = (CORPUS / "seeds" / item["document"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == item["sha256"]
            quoted = simplified(data.decode("utf-8-sig")[item["start"] : item["end"]])
            assert all(any(each in quoted for each in group) for group in row["answers"]), row["id"]


@needs_corpus
@pytest.mark.parametrize("split", SPLITS)
def test_what_a_near_miss_asks_stands_in_no_page(split: str) -> None:
    for row in rows(f"nearmiss_seeds_{split}"):
        if row.get("unanswerable"):
            assert said(row, page_sentences()) == [], row["id"]
