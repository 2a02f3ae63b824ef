"""The matrix against a gold matrix: what counts as right, and what the tables of faults say."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from eval.matrix.cells import Outcome, main
from eval.matrix.cells import compare as compare_gold
from eval.matrix.found_cells import row_of
from eval.matrix.gold_cells import GOLDS, Gold, GoldCell, GoldProof, ReadDocument, read_cells, read_gold
from index.errors import DatasetError
from index.library import Library

DOCUMENTS = [
    made_document("常州市建成工匠学院31家。常州市拟建产业学院3家。常州市举办技能竞赛5场。", "常州市"),
    made_document("盐城市大丰区建成工匠学院2家。", "盐城市"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("gold") / "index", DOCUMENTS) as opened:
        yield opened


def gold(
    place: str, measure: str, state: str, figure: str = "", unit: str = "", document: str = "常州市.md"
) -> GoldCell:
    proof = GoldProof(document, 0, 5, state, "city", figure, unit, "")
    return GoldCell(place, measure, state, "city", (proof,))


READ = [ReadDocument("常州市.md", False), ReadDocument("盐城市.md", False)]
WHOLE = [
    gold("常州市", "工匠学院", "adopted", "31", "家"),
    gold("常州市", "产业学院", "uncertain", "3", "家"),
    gold("常州市", "劳动和技能竞赛", "adopted", "5", "场"),
    gold("盐城市", "工匠学院", "adopted", "2", "家", "盐城市.md"),
]


def compare(library: Library, cells: Sequence[GoldCell], read: Sequence[ReadDocument]) -> Outcome:
    return compare_gold(library, Gold(tuple(cells), tuple(read)))


def test_all_right(library: Library) -> None:
    outcome = compare(library, WHOLE, READ)
    assert (outcome.found, outcome.right, outcome.wanted, outcome.met) == (4, 4, 4, 4)
    assert (outcome.figures, outcome.figures_right) == (4, 4)
    assert outcome.quotes == outcome.verbatim == 4
    assert outcome.faults == ()


def test_each_fault_has_its_kind(library: Library) -> None:
    others = [
        gold("常州市", "工匠学院", "uncertain"),
        gold("常州市", "产业学院", "uncertain", "3", "家"),
        gold("常州市", "劳动和技能竞赛", "adopted", "7", "场"),
        gold("常州市", "工会驿站", "adopted"),
    ]
    outcome = compare(library, others, READ)
    assert (outcome.found, outcome.right, outcome.wanted, outcome.met) == (4, 2, 4, 2)
    assert (outcome.figures, outcome.figures_right) == (2, 1)
    kinds = {(fault.kind, fault.place, fault.measure) for fault in outcome.faults}
    assert kinds == {
        ("adopted, not uncertain", "常州市", "工匠学院"),
        ("not in the gold", "盐城市", "工匠学院"),
        ("missed", "常州市", "工会驿站"),
        ("wrong figure", "常州市", "劳动和技能竞赛"),
    }


def test_only_documents_that_were_read_count(library: Library) -> None:
    outcome = compare(library, WHOLE[3:], READ[1:])
    assert (outcome.found, outcome.right) == (1, 1)


def test_a_place_that_a_document_never_names_need_not_be_found(library: Library) -> None:
    silent = gold("拉萨市", "工会驿站", "adopted", document="拉萨市.md")
    outcome = compare(library, [*WHOLE, silent], [*READ, ReadDocument("拉萨市.md", True)])
    assert (outcome.wanted, outcome.met) == (4, 4)


def test_a_county_stands_in_its_citys_row_and_a_province_in_its_own() -> None:
    assert [row_of(place) for place in ("大丰区", "盐城市", "江苏省", "上海市")] == [
        "盐城市",
        "盐城市",
        "江苏省",
        "上海市",
    ]


@pytest.mark.parametrize("name", GOLDS)
def test_a_gold_is_in_its_form_and_split_by_document(name: str) -> None:
    halves = {}
    for half in ("dev", "test"):
        gold = read_gold(name, half)
        halves[half] = {one.name for one in gold.documents}
        cited = {proof.document for cell in gold.cells for proof in cell.evidence}
        assert cited
        assert cited <= halves[half]
    assert not halves["dev"] & halves["test"]


def test_the_golds_share_no_document() -> None:
    read = [{one.name for half in ("dev", "test") for one in read_gold(name, half).documents} for name in GOLDS]
    assert not read[0] & read[1]


def test_evidence_may_be_given_in_place_of_that_of_the_library(library: Library) -> None:
    gold = Gold(tuple(WHOLE), tuple(READ))
    assert compare_gold(library, gold, ()).found == 0
    held = library.evidence(["工匠学院"])
    assert compare_gold(library, gold, held).found == len({one.evidence.place for one in held})


def test_a_line_out_of_form_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"place": "常州市"}) + "\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="第 1 行"):
        read_cells(path)


def test_the_command_needs_an_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.startswith("错误：")
