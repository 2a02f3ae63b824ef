"""Weights fitted on samples: they tell apart what differs, are written as a table, and judge by folds of documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from eval.matrix.cells import compare
from eval.matrix.fit import evidence, fitted, main, table
from eval.matrix.gold_cells import Gold, GoldCell, GoldProof, ReadDocument
from eval.matrix.held_out import FOLDS, Read, held_out, samples
from index.library import Library

CITIES = ("常州市", "盐城市", "无锡市", "苏州市", "南通市", "徐州市")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [made_document(f"{city}总工会建成工匠学院3家。一行人参观产业学院。", city) for city in CITIES]
    with made_library(tmp_path_factory.mktemp("fit") / "index", documents) as opened:
        yield opened


@pytest.fixture
def gold() -> Gold:
    proofs = {city: GoldProof(f"{city}.md", 0, 5, "adopted", "city", "3", "家", "") for city in CITIES}
    cells = tuple(GoldCell(city, "工匠学院", "adopted", "city", (proof,)) for city, proof in proofs.items())
    return Gold(cells, tuple(ReadDocument(f"{city}.md", False) for city in CITIES))


def test_fitted_weights_keep_what_the_gold_has_and_no_more(library: Library, gold: Gold) -> None:
    known = samples(Read("made", library, gold))
    assert {(one.group.found[0].evidence.measure, one.is_shown) for one in known} == {
        ("工匠学院", True),
        ("产业学院", False),
    }
    weights = fitted(known)
    outcome = compare(library, gold, evidence(known, lambda one: weights))
    assert (outcome.found, outcome.right, outcome.met) == (6, 6, 6)


def test_what_a_document_tells_is_of_one_fold(library: Library, gold: Gold) -> None:
    folds: dict[str, set[int]] = {}
    for one in samples(Read("made", library, gold)):
        folds.setdefault(one.document, set()).add(one.fold)
    assert all(len(told) == 1 and told < set(range(FOLDS)) for told in folds.values())


def test_a_name_that_only_its_own_fold_bears_out_is_unknown_there(library: Library, gold: Gold) -> None:
    [part] = held_out([Read("made", library, gold)])
    assert {one.document for one in part if one.group.found[0].evidence.measure == "工匠学院"} == {
        f"{city}.md" for city in CITIES
    }


def test_the_table_has_a_line_a_feature() -> None:
    told = table({"shown": {"bias": 1.0, "figure": 0.5}, "hinted": {"bias": 2.0}, "enterprise": {"bias": -1.0}})
    assert told.splitlines() == [
        "# feature\tshown\thinted\tenterprise",
        "bias\t1.0000\t2.0000\t-1.0000",
        "figure\t0.5000\t0.0000\t0.0000",
    ]


def test_each_index_needs_its_gold(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["--index", str(tmp_path), "--index", str(tmp_path), "--gold", "matrix_gold"])
