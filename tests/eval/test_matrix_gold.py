"""The gold matrix: every clause stands in its document, every name in the taxonomy and the gazetteer, the halves share no document."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eval.normal import normal
from index.measures import measures
from index.places import places

ROOT = Path(__file__).parents[2]
DATA = ROOT / "eval" / "data"
CORPUS = ROOT.parent / "shared" / "corpus"
SEEDS = CORPUS / "seeds"
NEWS = CORPUS / "domain_news.jsonl"
HALVES = ("dev", "test")
STATES = {"adopted", "uncertain"}
LEVELS = {"city", "county", "province", "enterprise"}
MODALITIES = {"done", "planned", "required", "negated"}
# The longest clause that proves a measure; a span beyond it would be proof of anything.
LONGEST = 300

needs_corpus = pytest.mark.skipif(
    not (SEEDS.is_dir() and NEWS.is_file()),
    reason=f"the seed pages or the news are absent ({CORPUS}): the clauses of the gold matrix stay unchecked",
)


def gold(half: str) -> list[dict[str, Any]]:
    """The cells of one half."""
    return [json.loads(line) for line in (DATA / f"matrix_gold_{half}.jsonl").read_text(encoding="utf-8").splitlines()]


def read_documents() -> list[dict[str, Any]]:
    """Every document that was read, with its half."""
    listed: list[dict[str, Any]] = json.loads((DATA / "matrix_gold_documents.json").read_text(encoding="utf-8"))
    return listed


@cache
def texts() -> dict[str, str]:
    """The text of every seed page and article by its id."""
    pages = {page.name: page.read_bytes().decode("utf-8-sig") for page in SEEDS.glob("*.txt")}
    articles = [json.loads(line) for line in NEWS.read_text(encoding="utf-8").splitlines()]
    return pages | {article["id"]: article["text"] for article in articles}


@pytest.mark.parametrize("half", HALVES)
def test_a_cell_has_its_fields_and_known_names(half: str) -> None:
    named = {measure.name for measure in measures()}
    known = set(places())
    cells = gold(half)
    assert len({(cell["place"], cell["measure"], cell["level"] == "enterprise") for cell in cells}) == len(cells)
    for cell in cells:
        assert cell["measure"] in named and cell["place"] in known, cell
        assert cell["state"] in STATES and cell["level"] in LEVELS and cell["evidence"], cell
        assert {each["level"] == "enterprise" for each in cell["evidence"]} == {cell["level"] == "enterprise"}, cell
        states = {each["state"] for each in cell["evidence"]}
        assert cell["state"] == ("adopted" if "adopted" in states else "uncertain"), cell
        figures = {(each["figure"], each["unit"]) for each in cell["evidence"] if "figure" in each}
        assert not cell["figure"] or (cell["figure"], cell["unit"]) in figures, cell
        for each in cell["evidence"]:
            assert each["modality"] in MODALITIES and 0 <= each["start"] < each["end"] <= each["start"] + LONGEST, each
            assert each["modality"] == "done" or each["state"] == "uncertain", each
            assert (each["level"] == "county") <= ("part" in each), each


def test_the_halves_are_split_by_document() -> None:
    halves = {(each["document"], each["sha256"]): each["half"] for each in read_documents()}
    assert all(half == ("test" if int(sha256[0], 16) % 2 else "dev") for (_, sha256), half in halves.items())
    for half in HALVES:
        cited = {(each["document"], each["sha256"]) for cell in gold(half) for each in cell["evidence"]}
        assert cited and {halves[document] for document in cited} == {half}


@needs_corpus
def test_every_document_was_read_as_it_is() -> None:
    listed = {each["document"]: each["sha256"] for each in read_documents()}
    assert listed == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts().items()}


@needs_corpus
@pytest.mark.parametrize("half", HALVES)
def test_a_figure_stands_in_its_clause_and_a_place_in_its_document(half: str) -> None:
    for cell in gold(half):
        for each in cell["evidence"]:
            text = texts()[each["document"]]
            clause = text[each["start"] : each["end"]]
            assert clause == clause.strip(), each
            if "figure" in each:
                assert each["figure"] in normal(clause) or each["figure"] in clause, (each, clause)
            # A place's first two characters are its short name or lead it; a county may stand for its city.
            named = [cell["place"][:2], each.get("part", cell["place"])[:2]]
            assert any(name in text for name in named), (cell["place"], each)
