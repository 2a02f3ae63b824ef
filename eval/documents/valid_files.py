"""Small valid files of every format that a reader may meet, made in code: what the fuzzer starts from."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import Any

PARAGRAPHS = (
    "红星机械厂今年办了六期夜校，报名的车工和焊工一共一百八十三人，厂工会出了教材钱。",
    "夜校的先生是两位退休的老技师，讲的都是图纸上看不出来的门道，听的人越来越多。",
    "到2024年10月，有47人考过了高级工，合1.5万元的奖金已经发到手里。",
)
TRADITIONAL = "紅星機械廠的夜校辦到第三年，鄰近幾家工廠的職員也來聽課，產(chǎn)業(yè)工人隊伍越來越有本領。"
PLAIN = "红星机械厂夜校办学记\n\n一、办学的由来\n" + "\n".join(PARAGRAPHS) + "\n（一）学员\n" + TRADITIONAL + "\n"
MARKDOWN = (
    f"---\ntitle: 夜校办学记\npublished: 2024-10-08\n---\n# 夜校办学记\n\n## 由来\n\n{PARAGRAPHS[0]}\n\n"
    f"- {PARAGRAPHS[1]}\n- 第二条\n\n| 年份 | 人数 |\n|---|---|\n| 2023 | 91 |\n| 2024 | 183 |\n\n{PARAGRAPHS[2]}\n"
)
HTML = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>夜校办学记-红星厂网</title>'
    '<meta name="PubDate" content="2024-10-08 09:00"></head><body><nav><a href="/">首页</a> | <a href="/a">要闻</a></nav>'
    f"<article><h1>夜校办学记</h1><p>{PARAGRAPHS[0]}</p><h2>学员&nbsp;</h2><p>{PARAGRAPHS[1]}<br>{PARAGRAPHS[2]}</p>"
    '<table><tr><th>年份</th><th colspan="2">人数</th></tr><tr><td>2023</td><td>91</td><td>3</td></tr></table>'
    f"<p>{TRADITIONAL}</p></article><footer>版权所有 <script>var a=1</script></footer></body></html>"
)
ROWS = (("年份", "人数", "备注"), ("2023", "91", "第一年"), ("2024", "183", "，含\n两家工厂"))
_MOMENT = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def pdf_file(pages: int = 2) -> bytes:
    """A PDF with a text layer: the characters of the paragraphs under codes that a ToUnicode table explains."""
    letters = sorted(set("".join(PARAGRAPHS)))
    codes = {letter: f"{number:04X}" for number, letter in enumerate(letters, start=1)}
    rows = [f"<{code}> <{ord(letter):04X}>" for letter, code in codes.items()]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    table = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{table}endcmap end end"
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(pages))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for number in range(pages):
        code = "".join(codes[letter] for letter in PARAGRAPHS[number % len(PARAGRAPHS)])
        drawn = f"BT /F1 12 Tf 60 700 Td <{code}> Tj ET"
        bodies.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {7 + 2 * number} 0 R >>"
        )
        bodies.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    return pdf_of([body.encode("ascii") for body in bodies])


def pdf_of(bodies: list[bytes]) -> bytes:
    """A PDF of these object bodies, numbered from 1; the first is the catalog."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))
    return out.getvalue()


def word_file() -> bytes:
    """A `.docx` with headings, a list, a table and core properties."""
    import docx

    document = docx.Document()
    document.core_properties.title = "夜校办学记"
    document.add_heading("夜校办学记", level=1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.add_paragraph("第一条办法", style="List Number")
    table = document.add_table(rows=len(ROWS), cols=3)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return _saved(document)


def sheet_file() -> bytes:
    """A `.xlsx` with a header, merged cells, a date and a second sheet."""
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "学员"
    for row in ROWS:
        sheet.append(row)
    sheet.append([datetime.date(2024, 10, 8), 1.5, "=A2"])
    sheet.merge_cells("A5:B6")
    book.create_sheet("空表").append([PARAGRAPHS[0]])
    return _saved(book)


def slides_file() -> bytes:
    """A `.pptx` with a title, a body, notes and a table."""
    import pptx

    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "夜校办学记"
    slide.placeholders[1].text = "\n".join(PARAGRAPHS)
    slide.notes_slide.notes_text_frame.text = TRADITIONAL
    frame = show.slides.add_slide(show.slide_layouts[5]).shapes.add_table(2, 3, 0, 0, 5_000_000, 900_000)
    for row, texts in zip(frame.table.rows, ROWS, strict=False):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return _saved(show)


def mail_file() -> bytes:
    """A mail with a plain and an HTML body and two attachments."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "夜校办学记", "厂工会 <gonghui@example.com>", "all@example.com"
    mail["Date"] = "Tue, 08 Oct 2024 09:00:00 +0800"
    mail.set_content(PLAIN, cte="base64")
    mail.add_alternative(HTML, subtype="html", charset="gb18030")
    mail.add_attachment(PLAIN.encode("gb18030"), maintype="text", subtype="plain", filename="附件.txt")
    mail.add_attachment(zip_file(), maintype="application", subtype="zip", filename="打包.zip")
    return _sealed(mail)


def web_archive() -> bytes:
    """A saved web page (`.mhtml`)."""
    mail = EmailMessage()
    mail["Subject"], mail["Snapshot-Content-Location"] = "夜校办学记", "https://example.com/a.html"
    mail.set_content(HTML, subtype="html", cte="quoted-printable")
    mail.make_related()
    mail.add_related(image_file(), "image", "png", cid="<a@example.com>")
    return _sealed(mail)


def zip_file() -> bytes:
    """A `.zip` with a text, a web page, a folder and an archive inside."""
    inner = zipped({"里面/通知.txt": PLAIN.encode("gb18030")})
    return zipped({"办学记.txt": PLAIN.encode(), "页/页.html": HTML.encode(), "又一包.zip": inner})


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ofd_file() -> bytes:
    """The outline of an `.ofd`: its root, a document and a page with text."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped({
        "OFD.xml": f'<?xml version="1.0"?><ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
        "</ofd:DocBody></ofd:OFD>".encode(),
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'.encode(),
        "Doc_0/Pages/Page_0/Content.xml": (f"<ofd:Page {space}><ofd:Content><ofd:Layer>" + "".join(
            f'<ofd:TextObject Boundary="20 {20 + 8 * row} 170 6"><ofd:TextCode X="0" Y="5">{text}</ofd:TextCode>'
            "</ofd:TextObject>" for row, text in enumerate(PARAGRAPHS)
        ) + "</ofd:Layer></ofd:Content></ofd:Page>").encode(),
    })  # fmt: skip


def image_file(width: int = 4, height: int = 4) -> bytes:
    """A white grey-scale PNG that says it has this size; the rows are all there up to 64 of them."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * min(height, 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def corpus_file() -> bytes:
    """A `.jsonl` corpus of three records."""
    return "".join(
        json.dumps({"id": f"r{number}", "title": "夜校", "text": text, "date": "2024-10-08"}, ensure_ascii=False) + "\n"
        for number, text in enumerate(PARAGRAPHS)
    ).encode()


def csv_file() -> bytes:
    """The rows as comma-separated values with quotes where they are needed."""
    return "".join(",".join(f'"{cell}"' if "\n" in cell else cell for cell in row) + "\r\n" for row in ROWS).encode()


def _saved(document: Any) -> bytes:
    """The package with the moment of its making taken out, so that the same command makes the same file."""
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return zipped({
            name: _MOMENT.sub(b"2024-10-08T09:00:00Z", archive.read(name)) for name in archive.namelist()
        })  # fmt: skip


def _sealed(mail: EmailMessage) -> bytes:
    """The mail with boundaries that are the same every time."""
    parts = (part for part in mail.walk() if part.is_multipart())
    for number, part in enumerate(parts):
        part.set_boundary(f"bound{number}")
    return mail.as_bytes()


def _encoded(text: str) -> list[bytes]:
    return [text.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16")]


# An old binary file is only a head here: the converter, not the reader, would read the rest.
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)
_MAKERS: Mapping[str, Callable[[], list[bytes]]] = {
    ".txt": lambda: [*_encoded(PLAIN), TRADITIONAL.encode("big5", "ignore")],
    ".md": lambda: _encoded(MARKDOWN),
    ".html": lambda: [HTML.encode(), HTML.replace("utf-8", "gb2312").encode("gb18030")],
    ".jsonl": lambda: [corpus_file()],
    ".csv": lambda: [csv_file(), csv_file().decode().encode("gb18030"), csv_file().replace(b",", b"\t")],
    ".pdf": lambda: [pdf_file()],
    ".docx": lambda: [word_file()],
    ".xlsx": lambda: [sheet_file()],
    ".pptx": lambda: [slides_file()],
    ".eml": lambda: [mail_file()],
    ".mhtml": lambda: [web_archive()],
    ".zip": lambda: [zip_file()],
    ".ofd": lambda: [ofd_file()],
    ".png": lambda: [image_file()],
    ".doc": lambda: [_OLD],
}
_SAME = {
    ".markdown": ".md", ".htm": ".html", ".xhtml": ".html", ".tsv": ".csv", ".mht": ".mhtml", ".wps": ".doc",
    ".xls": ".doc", ".et": ".doc", ".ppt": ".doc", ".dps": ".doc", ".xlsm": ".xlsx", ".docm": ".docx", ".text": ".txt",
}  # fmt: skip


def valid_files(suffix: str) -> list[bytes]:
    """The files to start from for a suffix; a text for a suffix that is not known here."""
    return _MAKERS.get(_SAME.get(suffix, suffix), _MAKERS[".txt"])()
