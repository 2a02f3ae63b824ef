"""A matrix over invented documents that behaves: real cells and offsets, corrections kept in memory and shown by the engine's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from index.errors import UnknownDocumentError
from index.measures import Cell, MatrixEvidence, Measure
from index.measures.corrections import Correction, corrected
from index.places import province_of
from web.matrix.source import Extent

PAYLOAD = "<script>window.hit=1</script><img src=x onerror=\"window.hit=2\">=HYPERLINK('http://evil.example')"
MEASURES = (
    Measure("思想政治引领", "党建带工建", ("党建带工建",)),
    Measure(
        "技能形成", "产业学院", ("产业学院", "现代产业学院"), ("家",), (), "院校与企业共办的产业学院。", "普通院系。"
    ),
    Measure("技能形成", "名师带徒", ("名师带徒", "师带徒"), ("对",)),
    Measure("互联网", "网上工会", ("网上工会",)),
    Measure("发展制度", "技能竞赛", ("技能竞赛",), ("场",)),
    Measure("支撑保障", "职工宿舍", ("职工宿舍",), ("套",)),
)
ASPECT_OF = {measure.name: measure.aspect for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Page:
    """A document that the matrix was read from."""

    id: str
    title: str
    text: str
    published: str | None = "2023-05-01"

    def says(self, quote: str, **more: Any) -> MatrixEvidence:
        """The evidence that a clause of the document is."""
        start = self.text.index(quote)
        given: dict[str, Any] = {"modality": "done", "year": (self.published or "")[:4]} | more
        return MatrixEvidence(
            document_id=self.id,
            file=f"{self.id}.txt",
            quote=quote,
            start=start,
            end=start + len(quote),
            title=self.title,
            published=self.published,
            **given,
        )


def cell(place: str, measure: str, *evidence: MatrixEvidence, **more: Any) -> Cell:
    """The cell of some evidence, adopted where any of it tells of a deed."""
    best = next((one for one in evidence if one.modality == "done"), evidence[0])
    state: Any = "adopted" if best.modality == "done" else "uncertain"
    given: dict[str, Any] = {"figure": best.figure, "unit": best.unit, "year": best.year, "level": best.level} | more
    copies = sum(bool(one.copy_of) for one in evidence)
    province = province_of(place)
    return Cell(place, province, measure, ASPECT_OF[measure], state, evidence=evidence, copies=copies, **given)


CHANGZHOU = Page(
    "changzhou",
    "常州的产改",
    "# 常州的产改\n\n这几年变化不小。截至2023年底，全市建成产业学院13家，受益职工很多。工会还开了网上课堂。各厂结成师徒300对。",
)
COPY = Page("copy", "转载：常州的产改", CHANGZHOU.text, "2023-06-02")
SUZHOU = Page("suzhou", "苏州的产改", "苏州市在2021年就办起产业学院8家。今后还要建职工宿舍。", "2021-10-22")
DAFENG = Page("dafeng", "大丰区的做法", "大丰区建成产业学院1.5万家。", None)
PLANT = Page("plant", "某厂的师徒", "常州某厂的车间里结成师徒20对。")
HOSTILE = Page("hostile", f"坏标题{PAYLOAD}", f"前文{PAYLOAD}无锡市办了网上工会{PAYLOAD}后文", "2022-01-01")
PAGES = (CHANGZHOU, COPY, SUZHOU, DAFENG, PLANT, HOSTILE)
CELLS = (
    cell(
        "常州市",
        "产业学院",
        CHANGZHOU.says("截至2023年底，全市建成产业学院13家，", figure="13", unit="家"),
        COPY.says("截至2023年底，全市建成产业学院13家，", figure="13", unit="家", copy_of="changzhou"),
    ),
    cell("常州市", "名师带徒", CHANGZHOU.says("各厂结成师徒300对。", figure="300", unit="对")),
    cell("常州市", "名师带徒", PLANT.says("车间里结成师徒20对。", figure="20", unit="对", level="enterprise")),
    cell("苏州市", "产业学院", SUZHOU.says("苏州市在2021年就办起产业学院8家。", figure="8", unit="家")),
    cell("苏州市", "职工宿舍", SUZHOU.says("今后还要建职工宿舍。", modality="planned")),
    cell(
        "大丰区",
        "产业学院",
        DAFENG.says("大丰区建成产业学院1.5万家。", figure="1.5万", unit="家", level="county", is_spun=True),
    ),
    cell("无锡市", "网上工会", HOSTILE.says(f"无锡市办了网上工会{PAYLOAD}")),
)


@dataclass
class FakeMatrix:
    """A source of the matrix that keeps corrections in memory; `full` makes keeping fail as a full disk does."""

    found: tuple[Cell, ...] = CELLS
    known: Sequence[Measure] = MEASURES
    pages: dict[str, str] = field(default_factory=lambda: {page.id: page.text for page in PAGES})
    kept: list[Correction] = field(default_factory=list)
    full: bool = False

    def cells(self) -> tuple[Cell, ...]:
        return corrected(self.found, {one.key: one for one in self.kept})

    def measures(self) -> Sequence[Measure]:
        return self.known

    def extent(self) -> Extent:
        return Extent(42, 7)

    def text(self, document_id: str) -> str:
        if document_id not in self.pages:
            raise UnknownDocumentError(f"索引里没有编号为「{document_id}」的资料；请用 changai list 查看。")
        return self.pages[document_id]

    def correct(self, correction: Correction) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.kept.append(correction)


def large_matrix(places: int, measures: int, every: int) -> FakeMatrix:
    """A matrix of generated places (甲市0001 …), with evidence in one of `every` squares."""
    aspects = tuple(dict.fromkeys(measure.aspect for measure in MEASURES))
    known = [
        Measure(aspects[number * 5 // measures], f"举措第{number:02d}项", (f"举措第{number:02d}项",))
        for number in range(measures)
    ]
    page = Page("one", "一份文件", "这里做了这件事12家。")
    said = page.says("这里做了这件事12家。", figure="12", unit="家")
    cells = [
        Cell(f"甲市{place:04d}", "", one.name, one.aspect, "adopted", "12", "家", "2023", (said,))
        for place in range(places)
        for number, one in enumerate(known)
        if (place * 31 + number * 17) % every == 0
    ]
    return FakeMatrix(tuple(cells), known, {"one": page.text})


def moved(source: FakeMatrix, quote: str) -> None:
    """Lets the first cell rest on other words, as after a rebuild over a changed document."""
    first, *rest = source.found
    other = replace(first, evidence=tuple(replace(one, quote=quote) for one in first.evidence))
    source.found = (other, *rest)
