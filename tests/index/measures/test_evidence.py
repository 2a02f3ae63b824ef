"""Evidence in an index: found at build, kept with its part, gone with its document, found again when the taxonomy changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.library import made_document, made_library
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import build, remove, repair
from index.chunking import chunk_document
from index.library import Library
from index.measures import Cell, choose_taxonomy, matrix
from index.measures.evidence import evidence_of
from index.measures.evidence_file import EVIDENCE_FILE
from index.settings import Settings
from index.types import Document

OWN = "技能形成\t职工夜校\t\t家\t\t\t\n"


@pytest.fixture(autouse=True)
def shipped_taxonomy() -> Iterator[None]:
    yield
    choose_taxonomy(None)


def found(document: Document) -> list[tuple[str, str, str, str]]:
    pieces = chunk_document(document, Settings())
    return [(one.place, one.measure, one.level, one.modality) for one in evidence_of(document, pieces)]


def cell_of(library: Library, place: str, measure: str) -> Cell:
    return next(cell for cell in matrix(library) if (cell.place, cell.measure) == (place, measure))


def test_every_quote_is_the_documents_own_clause() -> None:
    document = made_document("2022年，常州市建成工匠学院31家，赌博广告培训职工4200人次。", "常州市", noise=["赌博广告"])
    evidence = evidence_of(document, chunk_document(document, Settings()))
    assert [(one.measure, one.figure, one.year) for one in evidence] == [("工匠学院", "31", "2022")]
    assert all(document.text[one.start : one.end] == one.quote for one in evidence)


def test_a_clause_speaks_of_the_place_that_it_names() -> None:
    text = "宿迁市建成职工学堂18家，淮安市建成工匠学院29家，盐城市大丰区建成产业学院2家。"
    places = {measure: place for place, measure, _, _ in found(made_document(text))}
    assert places == {"职工学堂": "宿迁市", "工匠学院": "淮安市", "产业学院": "大丰区"}


def test_a_venue_is_no_place_of_a_deed() -> None:
    assert found(made_document("安徽省职业技能大赛在合肥市举行。")) == [
        ("安徽省", "劳动和技能竞赛", "province", "done")
    ]
    assert found(made_document("全国职业技能大赛在合肥市举行。")) == []


def test_a_deed_of_the_whole_province_is_not_the_citys() -> None:
    assert ("江苏省", "工匠学院", "province", "done") in found(made_document("全省建成工匠学院31家。", "常州市"))


def test_an_enterprises_deed_is_told_from_the_citys() -> None:
    text = "常州市某某机械公司建立劳模创新工作室3个。常州市总工会建成工匠学院2家。"
    assert found(made_document(text, "常州市")) == [
        ("常州市", "劳模工匠创新工作室", "enterprise", "done"),
        ("常州市", "工匠学院", "city", "done"),
    ]


def test_a_document_without_a_place_and_a_heading_give_nothing() -> None:
    assert found(made_document("要建设工匠学院。", name="综述")) == []
    assert found(made_document("## 工匠学院31家\n\n全市重视。", "常州市")) == []


def test_what_directions_say_is_no_deed() -> None:
    document = made_document("各级工会要建立工匠学院。", "常州市", title="常州市关于推进产业工人队伍建设改革的实施意见")
    assert [modality for *_, modality in found(document)] == ["required"]


def test_a_removed_document_takes_its_evidence_along(tmp_path: Path) -> None:
    documents = [
        made_document("建成工匠学院31家。", "常州市"),
        made_document("建成工匠学院8家。", "徐州市"),
    ]
    with made_library(tmp_path / "index", documents) as library:
        assert {cell.place for cell in matrix(library)} == {"常州市", "徐州市"}
    remove(Settings(folder=tmp_path / "index"), ["常州市.md"])
    with Library.open(Settings(folder=tmp_path / "index")) as library:
        assert [cell.place for cell in matrix(library)] == ["徐州市"]
        assert library.has_fresh_evidence()


def test_another_taxonomy_finds_evidence_again_without_new_vectors(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "index")
    with made_library(
        settings.folder, [made_document("常州市总工会建成工匠学院31家，办职工夜校2家。", "常州市")]
    ) as library:
        vectors = {path.stat().st_ino for path in settings.folder.rglob("vectors.faiss")}
    own = tmp_path / "own.tsv"
    own.write_text(OWN, encoding="utf-8")
    choose_taxonomy(own)
    with Library.open(settings) as library:
        # Nothing is written for a reader; what it needs is found beside the index.
        assert not library.has_fresh_evidence()
        assert cell_of(library, "常州市", "职工夜校").figure == "2"
    told: list[str] = []
    repair(settings, lambda done, total, what: told.append(what))
    assert "整理各地举措" in told
    with Library.open(settings) as library:
        assert library.has_fresh_evidence()
        assert [cell.measure for cell in matrix(library)] == ["职工夜校"]
    assert vectors <= {path.stat().st_ino for path in settings.folder.rglob("vectors.faiss")}


def test_evidence_that_is_damaged_or_missing_is_made_again(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "index")
    with made_library(settings.folder, [made_document("建成工匠学院31家。", "常州市")]):
        pass
    for path in settings.folder.rglob(EVIDENCE_FILE):
        path.write_bytes(b"broken")
    with Library.open(settings) as library:
        assert EVIDENCE_FILE in library.notice[0]
        assert cell_of(library, "常州市", "工匠学院").figure == "31"


def test_a_real_build_keeps_evidence_through_reading_processes(tmp_path: Path) -> None:
    sources = tmp_path / "docs"
    sources.mkdir()
    for number in range(30):
        text = f"---\ntitle: 甲{number}\nplace: 常州市\n---\n常州市第{number}次举办技能竞赛{number + 1}场。\n"
        (sources / f"{number}.md").write_text(text, encoding="utf-8")
    settings = Settings(folder=tmp_path / "index")
    build(settings, [sources])
    with Library.open(settings) as library:
        assert library.has_fresh_evidence()
        assert len(cell_of(library, "常州市", "劳动和技能竞赛").evidence) == 30


@given(st.text(st.sampled_from("常州市江苏省工匠学院技能竞赛建成拟全3一家，。；：“”（）\n# 在举行为a"), max_size=80))
@settings(deadline=None, max_examples=60)
def test_whatever_the_text_a_quote_is_verbatim_and_its_place_is_named_or_the_documents(text: str) -> None:
    document = made_document(f"{text}。", "常州市")
    for one in evidence_of(document, chunk_document(document, Settings())):
        assert document.text[one.start : one.end] == one.quote
        assert one.quote
        assert one.place in {"常州市", "江苏省"}
