from __future__ import annotations

import datetime as dt
import io
import os
import signal
import stat
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.opc.package import Part as SlidePart
from pptx.opc.packuri import PackURI as SlideURI

from index.errors import EmptySourceError, SourceError
from index.sources.legacy import convert
from index.sources.numbering import chinese
from index.sources.office import read_office
from index.sources.page import Page
from index.sources.rows import SPANNED, Cell, spread, table_lines
from index.sources.sheets import read_csv, read_sheet
from index.sources.shown import shown
from index.sources.slides import read_slides
from index.sources.word import read_word

OVER = SPANNED


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["城市", "产业学院"], ["常州市", "3家"]], ["城市：常州市；产业学院：3家"]),
        ([["年份", "人数", "经费"], ["2022", "800", ""]], ["年份：2022；人数：800"]),
        ([["", "2021年", "2022年"], ["培训人数", "10", "20"]], ["培训人数；2021年：10；2022年：20"]),
        ([["市", "校", "长"], ["甲市", "乙", "丙"], ["丁市", "戊", "己"]], ["市：甲市；校：乙；长：丙", "市：丁市；校：戊；长：己"]),
        ([["甲省一览", OVER], ["城市", "人数"], ["乙市", "8"]], ["甲省一览", "城市：乙市；人数：8"]),
        ([["城市", "人数"], ["苏南", OVER], ["乙市", "8"], ["城市", "人数"]], ["苏南", "城市：乙市；人数：8"]),
        (
            [["城市", "培训", OVER], ["城市", "人数", "班次"], ["甲市", "8", "2"], ["合计", "8", OVER]],
            ["城市：甲市；培训人数：8；培训班次：2", "城市：合计；培训人数、培训班次：8"],
        ),
        ([["城市", "举措", OVER], ["甲市", "办班", "带徒"]], ["城市：甲市；举措：办班；举措：带徒"]),
        ([["姓名", "张三", "性别", "男"], ["单位", "甲厂", "职务", "钳工"]], ["姓名：张三；性别：男", "单位：甲厂；职务：钳工"]),
        ([["职工人数", "800"], ["班次", "32"]], ["职工人数：800", "班次：32"]),
        ([["2022", "800"], ["2023", "900"]], ["2022\t800", "2023\t900"]),
        ([["左边的\n两行", "右边"]], ["左边的", "两行", "右边"]),
        ([["只有一列"], [""], ["第二行"]], ["只有一列", "第二行"]),
        ([["城市", "人数"]], ["城市\t人数"]),
        ([["城市", "人数"], ["城市", "人数"]], ["城市\t人数"]),
        ([[], [OVER], ["", ""]], []),
    ],
)  # fmt: skip
def test_a_row_is_understood_alone(rows: list[list[str]], lines: list[str]) -> None:
    assert table_lines(rows) == lines


def test_the_caller_may_know_whether_there_is_a_header() -> None:
    rows = [["甲", "乙"], ["丙", "丁"]]
    assert table_lines(rows) == ["甲\t乙", "丙\t丁"]
    assert table_lines(rows, header=True) == ["甲：丙；乙：丁"]
    assert table_lines([["城市", "人数"], ["甲市", "8"]], header=False) == ["城市\t人数", "甲市\t8"]


def test_a_giant_header_is_written_once() -> None:
    lines = table_lines([["长" * 5000, "数"], *([str(at), "1"] for at in range(200))], header=True)
    assert lines[0].startswith("长" * 5000)
    assert sum(map(len, lines)) < 25_000


def test_spans_fill_the_grid_and_are_bounded() -> None:
    assert spread([[Cell("甲", 1, 2), Cell("乙", 2)], [Cell("丙"), Cell("丁")]]) == [
        ["甲", "乙", OVER],
        ["甲", "丙", "丁"],
    ]
    wide = spread([[Cell("甲", 10**9, 10**9), Cell("乙")], [Cell("丙")]])
    assert [len(row) for row in wide] == [1000, 1000]


CELLS = st.one_of(
    st.text(st.characters(exclude_characters=OVER), max_size=8),
    st.sampled_from([OVER, "城市", "8", "注：无", "", "2021年"]),
)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=12))
def test_no_record_is_lost_and_no_mark_gets_out(rows: list[list[str]]) -> None:
    text = "\n".join(table_lines(rows))
    assert OVER not in text
    kept = "".join(text.split())
    cells = {tuple("".join(cell.split()).rstrip("：:") for cell in row if cell != OVER) for row in rows}
    # Only a header may go unsaid, of two rows at most: the name of a column in which nothing stands.
    assert sum(any(cell not in kept for cell in row) for row in cells) <= 2


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def headings(page: Page) -> list[tuple[int, str]]:
    assert all(page.text[heading.start : heading.end] == heading.text for heading in page.headings)
    return [(heading.level, heading.text) for heading in page.headings]


def noise(page: Page) -> list[tuple[str, str]]:
    return [(page.text[vote.start : vote.end], vote.reason) for vote in page.noise]


def add_list(document: Any, levels: list[tuple[str, str]]) -> str:
    """Adds an automatic list to a document, a (format, text) pair a level, and gives its id."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{inner}</w:abstractNum>')
    numbering.insert(0, abstract)
    return str(numbering.add_num(77).numId)


def numbered(document: Any, text: str, list_id: str, depth: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = int(list_id)
    properties.get_or_add_ilvl().val = depth


def fill(table: Any, rows: list[list[str]]) -> None:
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value


def test_automatic_numbers_are_counted_as_word_counts_them() -> None:
    document = docx.Document()
    own = add_list(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
    for text, depth in (("办班", 0), ("谁来教", 1), ("谁来学", 1), ("", 1), ("细目", 2), ("带徒", 0), ("再说", 1)):
        numbered(document, text, own, depth)
    document.add_paragraph("带点的", style="List Bullet")
    assert read_word(saved(document), "单.docx").text.split("\n") == [
        "一、办班",
        "（一）谁来教",
        "（二）谁来学",
        "1. 细目",
        "二、带徒",
        "（一）再说",
        "• 带点的",
    ]
    assert [chinese(number) for number in (1, 10, 12, 20, 105, 110, 1010)] == [
        "一",
        "十",
        "十二",
        "二十",
        "一百零五",
        "一百一十",
        "一千零一十",
    ]


def test_headings_come_from_styles_and_outline_levels() -> None:
    document = docx.Document()
    document.add_heading("甲市的做法", 0)
    document.add_heading("办班", 2)
    outlined = document.add_paragraph("带徒")._p.get_or_add_pPr()
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "2")
    outlined.append(level)
    own = document.styles.add_style("自定", 1)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("评定", style="自定")
    document.add_heading("这一段用了标题的样式，" + "其实是正文，一句话很长很长。" * 8, 2)
    page = read_word(saved(document), "题.docx")
    assert headings(page) == [(1, "甲市的做法"), (2, "办班"), (3, "带徒"), (3, "评定")]
    assert page.title == "甲市的做法"


def test_merged_cells_of_a_word_table_repeat_their_value() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    fill(table, [["城市", "学院", "人数"], ["甲市", "乙学院", "8"], ["", "丙学院", "9"], ["", "", ""]])
    table.rows[1].cells[0].merge(table.rows[2].cells[0])
    table.rows[3].cells[0].merge(table.rows[3].cells[2]).text = "以上数据截至年底。"
    assert read_word(saved(document), "表.docx").text.split("\n") == [
        "城市：甲市；学院：乙学院；人数：8",
        "城市：甲市；学院：丙学院；人数：9",
        "以上数据截至年底。",
    ]


def test_a_frame_of_one_cell_keeps_the_structure_inside() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.paragraphs[0].text = "框里的话。"
    cell.add_paragraph("小标题", style="Heading 2")
    fill(cell.add_table(2, 2), [["城市", "人数"], ["甲市", "8"]])
    page = read_word(saved(document), "框.docx")
    assert page.text.split("\n") == ["框里的话。", "小标题", "城市：甲市；人数：8"]
    assert headings(page) == [(2, "小标题")]


def test_deeply_nested_tables_are_bounded() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=2).rows[0].cells[0]
    for _ in range(60):
        cell.text = "层"
        cell = cell.add_table(1, 2).rows[0].cells[0]
    cell.text = "最里面的话"
    started = time.monotonic()
    assert "最里面的话" in read_word(saved(document), "套.docx").text
    assert time.monotonic() - started < 10


BOX = """<w:r {0}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>框中的话。</w:t>
</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""
CONTENTS = """<w:sdt {0}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>
<w:p><w:r><w:t>办班</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>3</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
RUBY = """<w:r {0}><w:ruby><w:rt><w:r><w:t>chǎn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>產</w:t></w:r></w:rubyBase></w:ruby></w:r>"""
DELETED = """<w:del {0}><w:r><w:delText>删掉的话</w:delText></w:r></w:del>"""


def test_what_stands_beside_the_paragraphs() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉上的话"
    document.sections[0].footer.paragraphs[0].text = "页脚上的话"
    document.element.body.insert(0, parse_xml(CONTENTS.format(nsdecls("w"))))
    paragraph = document.add_paragraph("正文")._p
    for part in (BOX, RUBY, DELETED):
        paragraph.append(parse_xml(part.format(nsdecls("w"))))
    page = read_word(saved(document), "旁.docx")
    assert page.text.split("\n") == ["办班\t3", "正文產", "框中的话。"]
    assert noise(page) == [("办班\t3", "目录")]


NOTES = """<w:footnotes {0}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>引自年度总结。</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def test_footnotes_stand_at_the_end() -> None:
    document = docx.Document()
    document.add_paragraph("全市办了三十二个班。")
    part = Part(
        PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, NOTES.format(nsdecls("w")).encode(), document.part.package
    )
    document.part.relate_to(part, RT.FOOTNOTES)
    document.add_paragraph("来了八百人。")
    assert read_word(saved(document), "注.docx").text.split("\n") == [
        "全市办了三十二个班。",
        "来了八百人。",
        "注1：引自年度总结。",
    ]


@pytest.mark.parametrize(
    ("title", "author", "expected"),
    [
        ("甲市办班的通知", "张三", ("甲市办班的通知", "张三")),
        ("Microsoft Word - 文档1", "Administrator", ("", "")),
        ("另一份旧文件的题目", "微软用户", ("", "")),
    ],
)
def test_core_properties_are_believed_when_sensible(title: str, author: str, expected: tuple[str, str]) -> None:
    document = docx.Document()
    document.add_paragraph("甲市办班的通知")
    document.core_properties.title, document.core_properties.author = title, author
    page = read_word(saved(document), "通知.docx")
    assert (page.title, page.author) == expected
    assert page.published is None


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.15, "0%", "15%"),
        (0.155, "0.0%", "15.5%"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1234.5, "#,##0.00", "1,234.50"),
        (3.0, "0.00", "3"),
        (2.5, "0", "3"),
        (3, '0"家"', "3家"),
        (-8, "#,##0;[Red]-#,##0", "-8"),
        (1e20, "General", "1e+20"),
        (float("inf"), "0", "inf"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        (dt.datetime(2021, 10, 22), "yyyy-mm-dd", "2021-10-22"),
        (dt.datetime(2021, 10, 22, 10, 17), "yyyy-mm-dd hh:mm", "2021-10-22 10:17"),
        (dt.datetime(2021, 10, 1), 'yyyy"年"m"月"', "2021年10月"),
        (dt.time(8, 30), "hh:mm", "08:30"),
    ],
)
def test_a_value_is_shown_as_its_cell_shows_it(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text


@settings(deadline=None)
@given(st.one_of(st.floats(), st.integers(-(10**300), 10**300)), st.text(max_size=30))
def test_any_value_is_shown_in_any_format(value: float, form: str) -> None:
    assert len(shown(value, form)) < 2000


def workbook() -> Any:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "培训情况"
    for row in (
        ["甲省培训统计表"],
        ["填报单位：甲省总工会", "", "", "日期：2024年1月"],
        ["城市", "培训", "", "完成率"],
        ["", "人数", "班次", ""],
        ["甲市", 1200.0, 12, 0.15],
        ["", 800, "=SUM(1,2)", 0.155],
        [],
        ["院校", "日期"],
        ["乙校", dt.datetime(2021, 10, 22)],
    ):
        sheet.append(row)
    for area in ("A1:D1", "B3:C3", "A3:A4", "D3:D4", "A5:A6"):
        sheet.merge_cells(area)
    sheet["D5"].number_format, sheet["D6"].number_format = "0%", "0.0%"
    return book


def test_a_sheet_gives_records_under_their_header() -> None:
    book = workbook()
    hidden = book.create_sheet("选项")
    hidden.append(["甲"])
    hidden.sheet_state = "hidden"
    page = read_sheet(saved(book), "表.xlsx")
    assert page.text.split("\n") == [
        "培训情况",
        "甲省培训统计表",
        "填报单位：甲省总工会\t日期：2024年1月",
        "城市：甲市；培训人数：1200；培训班次：12；完成率：15%",
        "城市：甲市；培训人数：800；完成率：15.5%",
        "院校：乙校；日期：2021-10-22",
        "工作表 培训情况 有 1 个公式没有保存计算结果",
        "选项",
        "甲",
    ]
    assert headings(page) == [(1, "培训情况")]
    assert page.title == "甲省培训统计表"
    assert [reason for _, reason in noise(page)] == ["没有保存结果的公式", "隐藏的工作表"]


def test_sheets_that_hold_nothing_say_why() -> None:
    book = openpyxl.Workbook()
    with pytest.raises(EmptySourceError, match="没有数据"):
        read_sheet(saved(book), "空.xlsx")
    book.active["A1"] = "=1+2"
    with pytest.raises(SourceError, match="1 个公式没有保存"):
        read_sheet(saved(book), "式.xlsx")
    whole = saved(workbook())
    for data in (b"PK\x03\x04", whole[: len(whole) // 2], b"text"):
        with pytest.raises(SourceError, match="损坏"):
            read_sheet(data, "坏.xlsx")


def test_far_away_cells_do_not_blow_up() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "近处", "远处"
    assert read_sheet(saved(book), "远.xlsx").text == "近处\n远处"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_any_encoding_and_with_any_mark(encoding: str, mark: str) -> None:
    text = f'姓名{mark}工种{mark}说明\r\n张三{mark}钳工{mark}"他说：""好""\n又说"\r\n李四{mark}焊工{mark}\r\n'
    page = read_csv(text.encode(encoding), "工人.csv")
    assert page.text.split("\n") == ['姓名：张三；工种：钳工；说明：他说："好" 又说', "姓名：李四；工种：焊工"]
    assert page.title == "工人"


@pytest.mark.parametrize("rows", ["年份,人数\n" + "2024,183\n" * 500_000, 'a,"' + "b,\n" * 3_100_000])
def test_a_csv_beyond_the_limit_of_a_document_is_refused_before_its_rows_are_made(rows: str) -> None:
    start = time.process_time()
    with pytest.raises(SourceError, match=r"^文件 库\.csv 的正文有 3[0-9]{6} 字，超过上限 300 万字；请拆分后重试。$"):
        read_csv(rows.encode(), "库.csv")
    assert time.process_time() - start < 2


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    text = '城市,人数\n"甲市,8\n' + "".join(f"第{at}市,{at}\n" for at in range(90_000))
    lines = read_csv(text.encode(), "引.csv").text.split("\n")
    assert len(lines) == 90_001
    assert lines[-1] == "城市：第89999市；人数：89999"


def test_slides_are_pages_under_their_titles() -> None:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "甲市的做法"
    second = deck.slides.add_slide(deck.slide_layouts[1])
    second.shapes.title.text, second.placeholders[1].text = "办班", "办了三十二个班\n来了八百人"
    second.notes_slide.notes_text_frame.text = "这里要讲慢一些"
    deck.slides.add_slide(deck.slide_layouts[6])
    last = deck.slides.add_slide(deck.slide_layouts[6])
    table = last.shapes.add_table(3, 3, 0, 0, 999, 999).table
    fill(table, [["城市", "学院", "人数"], ["甲市", "乙学院", "8"], ["", "丙学院", "9"]])
    table.cell(1, 0).merge(table.cell(2, 0))
    box = last.shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9)
    box.text_frame.text = "组里的话"
    page = read_slides(saved(deck), "片.pptx")
    assert page.text.split("\n") == [
        "甲市的做法",
        "办班",
        "办了三十二个班",
        "来了八百人",
        "备注：这里要讲慢一些",
        "城市：甲市；学院：乙学院；人数：8",
        "城市：甲市；学院：丙学院；人数：9",
        "组里的话",
    ]
    assert headings(page) == [(1, "甲市的做法"), (2, "办班")]
    assert page.title == "甲市的做法"
    begins = [page.text[start:].split("\n")[0] for start in page.pages]
    assert begins == ["甲市的做法", "办班", "城市：甲市；学院：乙学院；人数：8", "城市：甲市；学院：乙学院；人数：8"]


def test_the_words_of_a_diagram_are_read() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    drawing, diagram = (f"http://schemas.openxmlformats.org/drawingml/2006/{kind}" for kind in ("main", "diagram"))
    blob = f'<d:dataModel xmlns:d="{diagram}" xmlns:a="{drawing}"><d:t><a:p><a:r><a:t>先培训</a:t></a:r></a:p></d:t></d:dataModel>'
    part = SlidePart(SlideURI("/ppt/diagrams/data1.xml"), "application/xml", slide.part.package, blob.encode())
    key = slide.part.relate_to(part, f"{RT.OFFICE_DOCUMENT.rpartition('/')[0]}/diagramData")
    frame = slide.shapes.add_table(1, 1, 0, 0, 9, 9)._element
    frame.append(frame.makeelement(f"{{{diagram}}}relIds", {"dm": key}))
    assert read_slides(saved(deck), "图.pptx").text == "先培训"


def test_slides_that_cannot_be_read_say_why() -> None:
    with pytest.raises(EmptySourceError, match="没有文字"):
        read_slides(saved(pptx.Presentation()), "空.pptx")
    with pytest.raises(SourceError, match="损坏"):
        read_slides(b"PK\x03\x04", "坏.pptx")


def letter() -> bytes:
    document = docx.Document()
    document.add_paragraph("转换过来的话。")
    return saved(document)


def fake_office(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program named soffice that runs `script` with $out as the folder to write to."""
    find = 'while [ "$1" != --outdir ]; do shift; done; out=$2'
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{find}\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize("name", ["旧.doc", "旧.wps", "其实是旧的.docx"])
def test_an_old_file_is_converted(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(letter())
    fake_office(tmp_path, monkeypatch, f'cp "{tmp_path}/made.docx" "$out/source.docx"')
    assert read_office(OLD, name).text == "转换过来的话。"


@pytest.mark.parametrize("script", ["exit 1", "true", 'touch "$out/source.docx"'])
def test_a_conversion_that_gives_nothing_says_so(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, monkeypatch, script)
    with pytest.raises(SourceError, match=r"旧\.doc 转换失败.*另存为 \.docx"):
        read_office(OLD, "旧.doc")


def test_a_conversion_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, monkeypatch, f'sleep 300 & echo $! > "{tmp_path}/child"\nwait')
    started = time.monotonic()
    with pytest.raises(SourceError, match="没有转换完"):
        convert(OLD, "旧.doc", ".doc", seconds=1)
    assert time.monotonic() - started < 30
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            break
        # A zombie that nobody has collected yet is dead, too.
        if (Path("/proc") / str(child) / "stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.05)
    else:
        os.kill(child, signal.SIGKILL)
        pytest.fail("the child outlived the conversion")


@pytest.mark.parametrize(
    ("name", "target"), [("旧.doc", "docx"), ("旧.et", "xlsx"), ("旧.dps", "pptx"), ("字.wps", "docx")]
)
def test_without_the_program_one_line_says_what_to_do(
    name: str, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match=rf"安装 LibreOffice.*另存为 \.{target}") as caught:
        read_office(OLD, name)
    assert "\n" not in str(caught.value)


def test_a_locked_file_is_named_as_such() -> None:
    with pytest.raises(SourceError, match="加了密码"):
        read_office(OLD + "EncryptedPackage".encode("utf-16-le"), "锁.docx")


MARKUP = "<html><head><meta charset='gb2312'></head><body><p>甲市的工人都来参加了培训，一共八百人。</p></body></html>"
ARCHIVED = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=gb2312\r\n\r\n" + MARKUP


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (MARKUP.encode("gb18030"), "网页.doc"),
        (MARKUP.encode("gb18030"), "网页.xls"),
        (MARKUP.encode("gb18030"), "网页.docx"),
        (ARCHIVED.encode("gb18030"), "单页.doc"),
        ("甲市的工人都来参加了培训，一共八百人。".encode("gb18030"), "文本.doc"),
        ("甲市的工人都来参加了培训，一共八百人。".encode("gb18030"), "文本.wps"),
    ],
)
def test_files_are_read_by_what_they_are(data: bytes, name: str) -> None:
    assert read_office(data, name).text.strip() == "甲市的工人都来参加了培训，一共八百人。"


def test_new_files_under_old_or_wrong_names_are_read() -> None:
    assert read_office(letter(), "信.doc").text == "转换过来的话。"
    assert read_office(letter(), "信.xlsx").text == "转换过来的话。"
    assert read_office("城市\t人数\n甲市\t8\n".encode("gb18030"), "表.xls").text == "城市：甲市；人数：8"
    with pytest.raises(SourceError, match=r"改为 \.zip"):
        read_office(b"PK\x05\x06" + bytes(18), "空.doc")


# The first example pays for the libraries that load on first use.
@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["甲.docx", "甲.xlsx", "甲.pptx", "甲.ofd", "甲.csv"]))
def test_any_bytes_give_a_page_or_one_line(data: bytes, name: str) -> None:
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return
    try:
        page = read_office(data, name)
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert page.text.strip()


def slides() -> Any:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "办班", "八百人"
    fill(slide.shapes.add_table(2, 2, 0, 0, 9, 9).table, [["城市", "人数"], ["甲市", "8"]])
    return deck


def table_document() -> Any:
    document = docx.Document()
    numbered(document, "条", add_list(document, [("chineseCounting", "%1、")]), 0)
    fill(document.add_table(2, 2), [["城市", "人数"], ["甲市", "8"]])
    return document


SOUND = {"甲.docx": saved(table_document()), "甲.xlsx": saved(workbook()), "甲.pptx": saved(slides())}
DAMAGE = st.sampled_from([b"", b"<", b"-1", b"99999999999", b'""', b"</w:p>", "甲".encode(), b"../x"])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.floats(0, 0.999), st.floats(0, 0.999), st.integers(0, 40), DAMAGE)
def test_a_damaged_part_gives_a_page_or_one_line(name: str, which: float, where: float, cut: int, put: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(SOUND[name])) as package:
        parts = {path: package.read(path) for path in package.namelist()}
    paths = [
        path for path in parts if path.endswith((".xml", ".rels")) and "theme" not in path and "Layout" not in path
    ]
    path = paths[int(which * len(paths))]
    at = int(where * len(parts[path]))
    parts[path] = parts[path][:at] + put + parts[path][at + cut :]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for inside, part in parts.items():
            package.writestr(inside, part)
    try:
        page = read_office(out.getvalue(), name)
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert page.text.strip()
