"""The fresh questions over news and briefs: each loads, its answers stand in its proof, halves share no document."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import load_dataset
from eval.normal import holds, normal

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "eval" / "data"
SAMPLE = ROOT / "index" / "sample"
NEWS = ROOT.parent / "shared" / "corpus" / "domain_news.jsonl"
NEWS_SETS = ("fresh_news_dev", "fresh_news_test")
BRIEF_SETS = ("fresh_briefs_dev", "fresh_briefs_test")

needs_news = pytest.mark.skipif(
    not NEWS.is_file(), reason=f"{NEWS} is absent: the fresh questions over news stay unchecked"
)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def absences(name: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return found


@cache
def news() -> dict[str, str]:
    lines = NEWS.read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


@cache
def briefs() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in SAMPLE.glob("*.md")}


def unproven(row: dict[str, Any], proof: str) -> list[list[str]]:
    """The answer groups of a row of which the proof holds no string."""
    form = normal(proof)
    return [group for group in row["answers"] if not any(holds(form, normal(one)) for one in group)]


@pytest.mark.parametrize("name", (*NEWS_SETS, *BRIEF_SETS))
def test_every_line_loads_and_ids_are_unique(name: str) -> None:
    found = load_dataset(DATA / f"{name}.jsonl")
    assert len({gold.id for gold in found}) == len(found) == len(rows(name))


@pytest.mark.parametrize(("dev", "test"), (NEWS_SETS, BRIEF_SETS))
def test_the_halves_share_no_document(dev: str, test: str) -> None:
    documents = [{proof["document"] for row in rows(name) for proof in row["evidence"]} for name in (dev, test)]
    assert not documents[0] & documents[1]


@pytest.mark.parametrize("name", BRIEF_SETS)
def test_answers_stand_in_their_briefs(name: str) -> None:
    for row in rows(name):
        assert all(proof["quote"] in briefs()[proof["document"]] for proof in row["evidence"]), row["id"]
        assert not unproven(row, "\n".join(proof["quote"] for proof in row["evidence"])), row["id"]


@needs_news
@pytest.mark.parametrize("name", NEWS_SETS)
def test_answers_stand_in_their_articles(name: str) -> None:
    for row in rows(name):
        proof = "\n".join(news()[each["document"]][each["start"] : each["end"]] for each in row["evidence"])
        assert not unproven(row, proof), row["id"]


@pytest.mark.parametrize("name", (*NEWS_SETS, *BRIEF_SETS))
def test_refusals_have_a_reason_and_nothing_else(name: str) -> None:
    for row in rows(name):
        assert bool(row.get("unanswerable")) == (not row["answers"]) == (not row["evidence"]) == ("reason" in row)


@needs_news
def test_words_that_would_answer_stand_together_in_no_article() -> None:
    for name, groups in absences("fresh_news_absences.json").items():
        for words in groups:
            assert not [one for one, text in news().items() if all(word in text for word in words)], (name, words)


def test_words_that_would_answer_stand_together_in_no_brief() -> None:
    for name, groups in absences("fresh_briefs_absences.json").items():
        for words in groups:
            assert not [one for one, text in briefs().items() if all(word in text for word in words)], (name, words)
