"""The gold of places: every line stands in its document, every name in the gazetteer; the measure, by hand; the floor."""

import json
from pathlib import Path

import pytest

from eval.documents.place_gold import (
    SPLITS,
    GoldDocument,
    GoldPassage,
    gold_documents,
    gold_passages,
    require_same_texts,
    shared_texts,
)
from eval.documents.places import ABOUT, BASELINE, MENTIONS, Measured, judged, main, measure, measure_passage
from eval.documents.tally import Tally
from index.errors import DatasetError
from index.places import is_enterprise, places

NOTHING: frozenset[str] = frozenset()
LEVELS = {"中央", "省", "市", "县", "企业", ""}
# A change elsewhere may move one or two names of some two hundred; more than that is a loss.
LEEWAY = 0.01


def passage(text: str, mentions: set[str], about: set[str], either: set[str] | None = None) -> GoldPassage:
    gold = frozenset(mentions), frozenset(about), frozenset(either or ())
    return GoldPassage("d", "", 0, len(text), *gold, enterprise="", hard="")


def test_a_set_is_judged_as_worked_out_by_hand() -> None:
    # 盐城市 is implied by its county, 江苏省 is left to the reader, 南京市 is wrong, 东台市 was missed.
    found = ["大丰区", "盐城市", "江苏省", "南京市"]
    gold = frozenset({"大丰区", "东台市"})
    assert judged(found, gold, frozenset({"江苏省"}), frozenset({"盐城市"})) == (("南京市",), ("东台市",))


def test_a_demanded_place_is_demanded_even_where_another_implies_it() -> None:
    gold = frozenset({"大丰区", "盐城市"})
    assert judged(["大丰区"], gold, NOTHING, frozenset({"盐城市"})) == ((), ("盐城市",))


def test_a_tally_counts_names_and_whole_sets() -> None:
    tally = Tally()
    tally.add(right=2, wrong=1, missed=0)
    tally.add(right=1, wrong=0, missed=2)
    tally.add(right=0, wrong=0, missed=0)
    assert tally.precision == 3 / 4 and tally.recall == 3 / 5
    assert tally.f1 == pytest.approx(2 * (3 / 4) * (3 / 5) / (3 / 4 + 3 / 5))
    assert tally.exact_share == 1 / 3


def test_an_empty_tally_has_nothing_wrong() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1, Tally().exact_share) == (1.0, 1.0, 1.0, 1.0)


def test_a_passage_is_judged_through_the_place_room() -> None:
    measured, text = Measured(), "大丰区总工会走访了东台市的企业。"
    measure_passage(measured, passage(text, {"大丰区", "东台市"}, {"大丰区", "东台市"}), text, ["盐城市"])
    assert measured.tallies[MENTIONS].exact == 1 and not measured.faults
    measure_passage(measured, passage(text, {"大丰区"}, {"南京市"}), text, ["盐城市"])
    assert measured.tallies[MENTIONS].wrong == 1
    assert measured.tallies[ABOUT].missed == 1
    assert {fault.missed for fault in measured.faults} == {(), ("南京市",)}


def test_an_enterprise_is_not_judged_as_a_place() -> None:
    measured, text = Measured(), "中国南方电网公司实施五项工程，建设职工队伍。"
    gold = GoldPassage("d", "", 0, len(text), NOTHING, NOTHING, NOTHING, "中国南方电网公司", "enterprise")
    measure_passage(measured, gold, text, ["中国南方电网公司"])
    assert not measured.faults and measured.enterprises == (1, 1)


@pytest.mark.parametrize("split", SPLITS)
def test_every_name_stands_in_the_gazetteer(split: str) -> None:
    known = places()
    passages, documents = gold_passages(split), gold_documents(split)
    named = {name for each in passages for name in each.mentions | each.about | each.either}
    named |= {name for each in documents for name in each.places | each.either}
    assert named and not named - known.keys()
    assert not [name for name in named if is_enterprise(name)]
    assert {level for each in documents for level in each.levels} == LEVELS


def test_the_gold_is_large_and_varied_enough() -> None:
    every = [each for split in SPLITS for each in gold_passages(split)]
    assert len(every) >= 230 and sum(len(gold_documents(split)) for split in SPLITS) >= 120
    assert sum(not each.mentions and not each.about for each in every) >= 30
    kinds = {each.hard for each in every}
    assert kinds >= {
        "ambiguous",
        "county",
        "confusable",
        "short",
        "company",
        "university",
        "newspaper",
        "road",
        "deictic",
    }
    assert kinds >= {"list", "national", "foreign", "none", "enterprise", "implicit", "spun"}
    assert len({(each.document, each.start) for each in every}) == len(every)


def test_no_document_stands_in_both_halves() -> None:
    dev, test = ({each.document for each in [*gold_passages(split), *gold_documents(split)]} for split in SPLITS)
    assert not dev & test and min(len(dev), len(test)) >= 100


@pytest.mark.parametrize("split", SPLITS)
def test_every_passage_stands_in_its_document(split: str, shared: Path) -> None:
    texts = shared_texts(shared)
    passages = gold_passages(split)
    require_same_texts([*passages, *gold_documents(split)], texts)
    for each in passages:
        text = texts[each.document][each.start : each.end]
        assert 80 <= len(text) == each.end - each.start <= 400, each.id
        assert text == text.strip(), each.id


def test_another_text_or_none_is_refused(shared: Path) -> None:
    texts = shared_texts(shared)
    gold = gold_documents("dev")[0]
    with pytest.raises(DatasetError, match="校验和不符"):
        require_same_texts([gold], {gold.document: texts[gold.document] + "。"})
    with pytest.raises(DatasetError, match="没有题库引用的文档"):
        require_same_texts([GoldDocument("无此文", "", (), NOTHING, NOTHING)], texts)


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    row = {"document": "d", "sha256": "", "start": -1, "end": 3, "mentions": [], "about": [], "either": []}
    (tmp_path / "dev.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(DatasetError, match="第 1 行：字段 start"):
        gold_passages("dev", tmp_path)
    (tmp_path / "documents_dev.jsonl").write_text(json.dumps({**row, "levels": "市"}), encoding="utf-8")
    with pytest.raises(DatasetError, match="字段 levels"):
        gold_documents("dev", tmp_path)


def test_the_dev_half_stays_above_its_floor(shared: Path) -> None:
    figures = measure("dev", shared).figures()
    floor = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert set(floor) == set(figures)
    fell = {name: (figures[name], least) for name, least in floor.items() if figures[name] < least - LEEWAY}
    assert not fell, "if the fall is meant: python -m eval.documents.places --split dev --shared ../shared --regenerate"


def test_faults_are_listed_for_dev_alone(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--split", "test", "--shared", str(shared)]) == 0
    assert "提到的地点" in (shown := capsys.readouterr().out) and "应有" not in shown
    documents = {each.document for each in [*gold_passages("test"), *gold_documents("test")]}
    assert not [name for name in documents if name in shown]


def test_a_folder_without_the_documents_gives_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
