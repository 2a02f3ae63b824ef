"""Place × measure: what is done, planned or denied, each cell resting on the document's own words."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.errors import SettingsError
from index.library import Library
from index.measures import Cell, matrix, modality

LONG = "徐州市建成产业学院5家，参加学习的职工来自装备制造、新能源和物流行业，课程由企业与学校共同编写，学员结业后回到原来岗位继续工作。"
DOCUMENTS = [
    made_document(
        "## 工匠学院99家\n\n2022年，常州市建成工匠学院31家，培训职工4200人次。常州市拟建职工学堂4家。常州市尚未建成网上工会。",
        "常州市",
    ),
    made_document("白银市计划到2025年建成产业学院3家。", "白银市", published="2021-10-22"),
    made_document("白银市建成产业学院2家。", "白银市", name="白银二", published=None),
    made_document(f"{LONG}徐州市推行揭榜挂帅。", "徐州市"),
    made_document(f"{LONG}徐州市推行揭榜挂帅。", "徐州市", name="徐州副本"),
    made_document(
        "2024年4月，无锡市的工匠学院累计已有1020家。\n\n2025年，无锡市建成工匠学院252家，惠及职工。", "无锡市", name="无锡"
    ),
    made_document("全市建成工匠学院6家，赌博网站工匠学院888家，服务职工。", "盐城市", noise=["赌博网站工匠学院888家，"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("matrix") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def cells(library: Library) -> dict[tuple[str, str], Cell]:
    return {(cell.place, cell.measure): cell for cell in matrix(library)}


Cells = dict[tuple[str, str], Cell]


def test_a_done_measure_is_adopted_with_its_figure_and_year(cells: Cells) -> None:
    cell = cells["常州市", "工匠学院"]
    assert (cell.state, cell.figure, cell.unit, cell.year) == ("adopted", "31", "家", "2022")
    assert (cell.province, cell.aspect) == ("江苏省", "技能形成")


def test_what_is_told_in_all_stands_before_a_part_of_it(cells: Cells) -> None:
    cell = cells["无锡市", "工匠学院"]
    assert (cell.figure, {one.figure for one in cell.evidence}) == ("1020", {"1020", "252"})


def test_what_is_planned_or_denied_is_uncertain(cells: Cells) -> None:
    planned, denied = cells["常州市", "职工学堂"], cells["常州市", "网上工会"]
    assert (planned.state, planned.evidence[0].modality) == ("uncertain", "planned")
    assert (denied.state, denied.evidence[0].modality) == ("uncertain", "negated")


def test_one_done_mention_outweighs_a_plan_and_both_are_shown(cells: Cells) -> None:
    cell = cells["白银市", "产业学院"]
    assert (cell.state, cell.figure, cell.year) == ("adopted", "2", "")
    assert {evidence.modality for evidence in cell.evidence} == {"planned", "done"}


def test_every_quote_is_the_documents_own_text(library: Library, cells: Cells) -> None:
    assert cells
    for cell in cells.values():
        assert cell.evidence
        for evidence in cell.evidence:
            document = library.document(evidence.document_id)
            assert document.text[evidence.start : evidence.end] == evidence.quote
            assert document.file == evidence.file
            assert cell.figure in " ".join(each.quote for each in cell.evidence)


def test_a_heading_is_no_evidence(cells: Cells) -> None:
    assert all("99家" not in evidence.quote for cell in cells.values() for evidence in cell.evidence)


def test_a_copy_counts_once(library: Library, cells: Cells) -> None:
    assert [document.quality for document in library.documents()].count(("duplicate",)) == 1
    cell = cells["徐州市", "产业学院"]
    assert (len(cell.counting), cell.copies, len(cell.evidence)) == (1, 1, 2)


def test_noise_gives_neither_measure_nor_figure(cells: Cells) -> None:
    assert cells["盐城市", "工匠学院"].figure == "6"


def test_a_measure_without_a_unit_has_no_figure(cells: Cells) -> None:
    assert (cells["常州市", "网上工会"].figure, cells["常州市", "网上工会"].unit) == ("", "")


def test_a_place_keeps_itself_and_what_lies_within(library: Library) -> None:
    assert {cell.place for cell in matrix(library, place="江苏省")} == {"常州市", "徐州市", "无锡市", "盐城市"}
    assert {cell.place for cell in matrix(library, place="白银市")} == {"白银市"}
    assert matrix(library, place="拉萨市") == ()


def test_a_measure_is_kept_by_its_name_or_an_alias(library: Library) -> None:
    by_name, by_alias = matrix(library, measure="揭榜挂帅"), matrix(library, measure="揭榜领题")
    assert [cell.place for cell in by_name] == ["徐州市"]
    assert by_alias == by_name
    with pytest.raises(SettingsError, match="没有名为「没有这项」的举措；请从这些里选：党建带工建"):
        matrix(library, measure="没有这项")


def test_cells_go_by_place_and_the_order_of_the_taxonomy(library: Library) -> None:
    found = [(cell.place, cell.measure) for cell in matrix(library)]
    assert found == [(cell.place, cell.measure) for cell in matrix(library)]
    assert [place for place, _ in found] == sorted(place for place, _ in found)
    assert [measure for place, measure in found if place == "徐州市"] == ["产业学院", "揭榜挂帅"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("建成产业学院3家", "done"),
        ("拟建产业学院3家", "planned"),
        ("力争建成产业学院3家", "planned"),
        ("将建产业学院3家", "planned"),
        ("尚未建成产业学院", "negated"),
        ("没有产业学院", "negated"),
    ],
)
def test_modality(words: str, expected: str) -> None:
    assert modality(words) == expected


def test_two_cities_in_one_sentence_keep_their_own_figures(tmp_path_factory: pytest.TempPathFactory) -> None:
    document = made_document("宿迁市建成职工学堂18家；淮安市建成职工学堂29家。")
    with made_library(tmp_path_factory.mktemp("pair") / "index", [document]) as library:
        assert {cell.place: cell.figure for cell in matrix(library)} == {"宿迁市": "18", "淮安市": "29"}


def test_two_measures_in_one_clause_keep_their_own_figures(tmp_path_factory: pytest.TempPathFactory) -> None:
    document = made_document("建成工匠学院31家、产业学院8家。", "常州市")
    with made_library(tmp_path_factory.mktemp("list") / "index", [document]) as library:
        assert {cell.measure: cell.figure for cell in matrix(library)} == {"工匠学院": "31", "产业学院": "8"}


def test_a_grade_beside_the_whole_does_not_speak_for_the_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    document = made_document("镇江市有市级工匠学院19家，另有区级工匠学院6家。", "镇江市")
    with made_library(tmp_path_factory.mktemp("grade") / "index", [document]) as library:
        assert [(cell.figure, cell.best.quote) for cell in matrix(library)] == [("19", "镇江市有市级工匠学院19家，")]
