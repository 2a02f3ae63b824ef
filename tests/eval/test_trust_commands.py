"""The measures of trust over a small library: trials, mixed passages, rates by reason."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from eval.dataset import load_dataset
from eval.trust.asking import Trial, trials
from eval.trust.conformal import curve, kept
from eval.trust.gathering import gold_rows
from eval.trust.nearmiss import by_kind, row
from eval.trust.noise import Outcome, mixed, table
from eval.trust.sets import given_questions
from index.errors import DatasetError
from index.library import Library
from rag.question import understand
from rag.retriever import passages

DOCUMENTS = [
    made_document("2022年，常州市建成工匠学院31家，培训职工4200人次。", "常州市"),
    made_document("白银市建成工匠学院9家，培训职工1300人次。", "白银市", published="2021-10-22"),
    made_document("盐城市选出试点集群20个，组建职教联盟12个。", "盐城市"),
]
GOLD = [
    {"id": "q-1", "question": "常州市有多少家工匠学院？", "type": "figure", "answers": [["31家"]], "evidence": []},
    {
        "id": "nearmiss-pairs-dev-001-role",
        "question": "常州市工匠学院的院长是谁？",
        "type": "unanswerable",
        "answers": [],
        "evidence": [],
        "unanswerable": True,
        "reason": "place_silent",
    },
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("trust") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in GOLD), encoding="utf-8")
    return path


def test_trials_tell_what_became_of_each_question(library: Library, dataset: Path) -> None:
    told, refused = trials(library.settings.folder, [dataset])
    assert (told.answerable, told.refused, told.right, told.kind) == (True, False, True, "figure")
    assert (refused.answerable, refused.refused, refused.right, refused.kind) == (False, True, False, "role")
    assert told.confidence > refused.confidence


def test_a_row_of_the_table_by_hand() -> None:
    found = [
        Trial("a", "figure", True, False, True, 0.9),
        Trial("b", "figure", True, True, False, 0.4),
        Trial("c", "year", False, True, False, 0.1),
        Trial("d", "role", False, False, False, 0.8),
    ]
    name, yes, no, area, at, refused, wrongly = row("全部", found)
    assert (name, yes, no, refused, wrongly) == ("全部", "2", "2", "0.500", "0.500")
    assert area.startswith("0.750 [")
    assert at.startswith("0.500 [")
    assert [line[0] for line in by_kind(found)] == ["  year", "  role"]


def test_rates_by_reason_and_the_curve_by_hand() -> None:
    found = [
        Trial("a", "figure", True, False, True, 0.9),
        Trial("c", "year", False, True, False, 0.1),
        Trial("d", "role", False, False, False, 0.8),
    ]
    lines = kept(found, {"c": "out_of_dates", "d": "place_silent"}, 0.05)
    assert [(line[0], line[3]) for line in lines] == [
        ("全部", "0.500"),
        ("out_of_dates", "0.000"),
        ("place_silent", "1.000"),
    ]
    assert [line[5] for line in lines] == ["否", "是", "否"]
    assert curve(found)[0] == ("10%", "0.900", "0.000")
    assert curve(found)[-1] == ("100%", "0.100", "0.667")


def test_mixed_passages_keep_one_that_holds_the_answer_and_none_of_the_others_does(library: Library) -> None:
    question = understand("有多少家工匠学院？", rarity=library)
    found = passages(library, question, 10)
    gold = [each for each in found if "31家" in each.document.text]
    other = [each for each in found if "31家" not in each.document.text]
    half = mixed(gold, [*other, *gold], 0.8, ["31家"], random.Random(1))
    assert [each.document.id for each in half].count(gold[0].document.id) == 1
    assert not any("31家" in each.document.text for each in mixed(gold, found, 1.0, ["31家"], random.Random(1)))
    assert [each.score for each in half] == sorted((each.score for each in half), reverse=True)


def test_the_noise_table_by_hand() -> None:
    lines = table([Outcome(0.4, True, False), Outcome(0.4, True, True), Outcome(1.0, False, True)])
    assert [(line[0], line[1], line[4]) for line in lines] == [("40%", "2", "0.500"), ("100%", "1", "1.000")]
    assert lines[0][2] == "1.000（拒答后 0.500）"


def test_rows_are_gathered_with_near_misses_made_of_the_answered(library: Library, dataset: Path) -> None:
    found = list(gold_rows(library, load_dataset(dataset), "gold"))
    assert [(each.id, each.made, each.answerable) for each in found] == [
        ("q-1", "", True),
        ("nearmiss-pairs-dev-001-role", "", False),
    ]
    assert found[0].right and found[0].readings["against"] == 0.0
    assert found[1].group == "nearmiss-pairs-dev-001"


def test_a_file_of_questions_is_read_and_a_broken_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "qa.jsonl"
    lines = [
        {"id": "1", "question": "谁？", "answers": ["甲"], "passage_id": "p", "split": "dev"},
        {"id": "2", "question": "吗？", "answers": ["YES"], "passage_id": "p", "split": "dev"},
        {"id": "3", "question": "何处？", "answers": [], "passage_id": "p", "split": "dev"},
        {"id": "4", "question": "何时？", "answers": ["乙"], "passage_id": "p", "split": "test"},
    ]
    path.write_text("\n".join(json.dumps(each) for each in lines), encoding="utf-8")
    assert [(each.id, each.answerable) for each in given_questions(path, "dev")] == [("1", True), ("3", False)]
    path.write_text("{", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"qa\.jsonl"):
        given_questions(path)
