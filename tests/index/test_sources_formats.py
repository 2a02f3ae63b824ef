import io
from pathlib import Path

import docx
import pytest

from index.errors import EmptySourceError, SourceError
from index.sources.html import read_html
from index.sources.page import Page
from index.sources.pdf import read_pdf
from index.sources.read import Skipped, read_paths
from index.sources.word import read_word
from tests.index.pages import REPORT, pdf_bytes

PARAGRAPHS = REPORT.strip().split("\n")
HTML = f"""<!DOCTYPE html><html><head><meta charset="CHARSET"><title>甲市产改见成效-甲市新闻网</title>
<meta name="PubDate" content="2024-04-01 08:30"><meta name="ContentSource" content="甲市日报"></head><body>
<nav><a href="/">首页</a><a href="/a">要闻</a><a href="/b">专题</a></nav>
<article><h1>甲市产改见成效</h1><p>{PARAGRAPHS[0]}</p><h2>补贴的办法</h2><p>{PARAGRAPHS[1]}<br>{PARAGRAPHS[2]}</p>
<table><tr><th>年份</th><th>人数</th></tr><tr><td>2022</td><td>800</td></tr></table>
<p>{PARAGRAPHS[2]}</p></article>
<footer>版权所有 甲市新闻网</footer><script>var a = "不要这个";</script></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gb2312"])
def test_a_web_page_gives_its_article_with_headings(charset: str) -> None:
    page = read_html(HTML.replace("CHARSET", charset).encode(charset), "页.html")
    assert (page.title, page.published, page.source) == ("甲市产改见成效", "2024-04-01", "甲市日报")
    assert all(paragraph in page.text for paragraph in PARAGRAPHS)
    assert "\n年份：2022；人数：800\n" in page.text
    assert "不要这个" not in page.text
    assert (2, "补贴的办法") in [(heading.level, heading.text) for heading in page.headings]
    assert all(page.text[heading.start : heading.end] == heading.text for heading in page.headings)


def test_a_very_short_web_page_is_not_lost() -> None:
    page = read_html("<html><body><div>通知</div><p>明天开会。</p></body></html>".encode(), "短.html")
    assert page.text.split("\n") == ["通知", "明天开会。"]


@pytest.mark.parametrize("markup", ["<html><body><script>1</script></body></html>", "<!-- nothing -->", "<p> </p>"])
def test_a_web_page_without_text_is_empty(markup: str) -> None:
    with pytest.raises(EmptySourceError, match="没有正文"):
        read_html(markup.encode(), "空.html")


def word_bytes(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_keeps_the_order_of_paragraphs_and_tables() -> None:
    document = docx.Document()
    document.add_heading("甲市产改见成效", level=1)
    document.add_paragraph(PARAGRAPHS[0])
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (("年份", "人数", "经费"), ("2022", "800", "")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.rows[1].cells[1].merge(table.rows[1].cells[2])
    document.add_heading("补贴的办法", level=2)
    document.add_paragraph(PARAGRAPHS[1])
    page = read_word(word_bytes(document), "甲.docx")
    assert page.text.split("\n") == [
        "甲市产改见成效",
        PARAGRAPHS[0],
        "年份：2022；人数、经费：800",
        "补贴的办法",
        PARAGRAPHS[1],
    ]
    assert [(heading.level, heading.text) for heading in page.headings] == [(1, "甲市产改见成效"), (2, "补贴的办法")]
    assert page.title == "甲市产改见成效"


def test_word_files_that_cannot_be_read_say_why() -> None:
    with pytest.raises(EmptySourceError):
        read_word(word_bytes(docx.Document()), "空.docx")
    whole = word_bytes(docx.Document())
    for data in (b"PK\x03\x04 broken", whole[: len(whole) // 2], b"text"):
        with pytest.raises(SourceError, match="损坏"):
            read_word(data, "坏.docx")
    with pytest.raises(SourceError, match=r"旧版|密码"):
        read_word(b"\xd0\xcf\x11\xe0" + bytes(600), "旧.docx")


LINES = [
    "甲市产改见成效",
    "甲市把产业工人的培训放在改革的前面，去年全市办了三十二个",
    "工种的班，一千二百余名工人拿到了新的等级证书。",
    "一、补贴的办法",
    "市总工会和人社部门一起定下补贴的办法，企业每带出一名徒弟",
]


def pdf() -> Page:
    return read_pdf(pdf_bytes([[*LINES, "- 1 -"], ["每年可以领到四千元的补助。", "第2页"]]), "甲.pdf")


def test_lines_broken_by_the_width_of_a_pdf_page_are_joined() -> None:
    page = pdf()
    assert page.text.startswith("甲市产改见成效\n甲市把产业工人")
    assert "三十二个工种的班" in page.text
    assert "\n一、补贴的办法\n" in page.text


def test_a_page_number_inside_a_sentence_is_noise_and_does_not_cut_it() -> None:
    page = pdf()
    assert [page.text[vote.start : vote.end] for vote in page.noise] == ["- 1 -", "第2页"]
    assert "一名徒弟- 1 -每年可以" in page.text


def test_running_headers_are_noise_and_text_that_stands_once_is_not() -> None:
    pages = [
        [f"甲市日报 第{number}期", *LINES[1:3], f"第{number}段的话到这里就说完了。", f"共 3 页 {number}"]
        for number in (1, 2, 3)
    ]
    page = read_pdf(pdf_bytes(pages), "甲.pdf")
    assert [page.text[vote.start : vote.end] for vote in page.noise if vote.reason == "页眉页脚"][:2] == [
        "甲市日报 第1期",
        "共 3 页 1",
    ]
    assert read_pdf(pdf_bytes([LINES, ["另一页上的话。"]]), "乙.pdf").noise == ()


def test_a_scan_is_named_as_such() -> None:
    with pytest.raises(SourceError, match=r"扫描件.*OCR"):
        read_pdf(pdf_bytes([[], []]), "扫描.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing", b"text"])
def test_a_damaged_pdf_is_named_as_such(data: bytes) -> None:
    with pytest.raises(SourceError, match="损坏"):
        read_pdf(data, "坏.pdf")


def test_damaged_files_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "1坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "2坏.docx").write_bytes(b"PK")
    (tmp_path / "3好.pdf").write_bytes(pdf_bytes([LINES]))
    read = list(read_paths([tmp_path]))
    assert [isinstance(item, Skipped) for item in read] == [True, True, False]
