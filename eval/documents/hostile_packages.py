"""Archives and office files made to harm: bombs of zeros and of entities, depth, width, cycles and lies."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from eval.documents.valid_files import PARAGRAPHS, PLAIN, sheet_file, slides_file, word_file, zip_file, zipped

MEGABYTE = 2**20
Write = Callable[[Path], object]
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_A = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
BODY, SHEET, STRINGS = "word/document.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
SLIDE = "ppt/slides/slide1.xml"


def laughs(levels: int = 10) -> str:
    """A document type in which ten entities each repeat the one below ten times."""
    lines = ['<!ENTITY l0 "哈">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))]
    return f"<!DOCTYPE a [{''.join(lines)}]>"


def quadratic() -> str:
    """A document type with one large entity."""
    return f'<!DOCTYPE a [<!ENTITY l9 "{"哈" * 100_000}">]>'


def _with(package: Callable[[], bytes], part: str, make: Callable[[], str]) -> Write:
    """The package with one part put in the place of the old one."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(package())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        path.write_bytes(zipped({**parts, part: make().encode()}))

    return write


def _word(inside: Callable[[], str], before: Callable[[], str] = str) -> Write:
    return _with(word_file, BODY, lambda: f"{before()}<w:document {_W}><w:body>{inside()}</w:body></w:document>")


def _sheet(inside: Callable[[], str], before: Callable[[], str] = str) -> Write:
    return _with(sheet_file, SHEET, lambda: f"{before()}<worksheet {_S}>{inside()}</worksheet>")


def _slide(inside: Callable[[], str], before: Callable[[], str] = str) -> Write:
    return _with(
        slides_file,
        SLIDE,
        lambda: f"{before()}<p:sld {_A}><p:cSld><p:spTree>{inside()}</p:spTree></p:cSld></p:sld>",
    )


def _zeros(package: Callable[[], bytes], part: str, size: int) -> Write:
    """The package with one part of so many zeros, which pack a thousand times smaller."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(package())) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                if name != part:
                    new.writestr(name, old.read(name))
            with new.open(part, "w", force_zip64=True) as stream:
                for _ in range(size // MEGABYTE):
                    stream.write(bytes(MEGABYTE))

    return write


def _nested(depth: int, width: int = 1, size: int = MEGABYTE) -> bytes:
    """An archive in an archive, so deep; each holds the one below so many times."""
    data = zipped({"一.txt": bytes(size)})
    for level in range(depth):
        data = zipped({f"{level}-{number}.zip": data for number in range(width)})
    return data


def _overlapping(copies: int) -> bytes:
    """An archive whose table of contents names the same bytes again and again under other names."""
    data = zipped({"0000000.txt": ("一" * (2 * MEGABYTE)).encode()})
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.index(b"PK\x05\x06")], data[data.index(b"PK\x05\x06") :]
    table = b"".join(entry.replace(b"0000000", b"%07d" % number) for number in range(copies))
    counts = copies.to_bytes(2, "little") * 2
    return (
        data[:start]
        + table
        + end[:8]
        + counts
        + len(table).to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + b"\0\0"
    )


def _many(names: Iterable[str]) -> Write:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), PLAIN)

    return write


def _lying(claimed: int) -> bytes:
    """An archive whose only member says that it is so large."""
    data = bytearray(zipped({"一.txt": PLAIN.encode()}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + offset
        data[place : place + 4] = claimed.to_bytes(4, "little")
    return bytes(data)


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + _paragraph("一") + "</w:tc></w:tr></w:tbl>" * depth


def _rows(number: int) -> str:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>一</t></is></c></row>' for row in range(1, number)
    )
    return f"<sheetData>{rows}</sheetData>"


def _groups(depth: int) -> str:
    return "<p:grpSp>" * depth + "</p:grpSp>" * depth


_XXE = '<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'
_FAR = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
_STYLES = f"<w:styles {_W}>" + "".join(
    f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 3}"/></w:style>' for n in range(3)
) + "</w:styles>"  # fmt: skip

PACKAGES: Mapping[str, Write] = {
    "laughs.docx": _word(lambda: _paragraph("&l9;"), laughs),
    "quadratic.docx": _word(lambda: _paragraph("&l9;" * 10_000), quadratic),
    "foreign-entity.docx": _word(lambda: _paragraph("&l9;"), lambda: _XXE),
    "zeros-2gb.docx": _zeros(word_file, BODY, 2048 * MEGABYTE),
    "media-zeros-2gb.docx": _zeros(word_file, "word/media/image1.png", 2048 * MEGABYTE),
    "tables-60.docx": _word(lambda: _tables(60)),
    "tables-10k.docx": _word(lambda: _tables(10_000)),
    "runs-10k-deep.docx": _word(lambda: f"<w:p>{'<w:ins>' * 10_000}{'</w:ins>' * 10_000}</w:p>"),
    "paragraphs-200k.docx": _word(lambda: _paragraph(PARAGRAPHS[0]) * 200_000),
    "cells-200k.docx": _word(lambda: f"<w:tbl><w:tr>{f'<w:tc>{_paragraph(str(1))}</w:tc>' * 200_000}</w:tr></w:tbl>"),
    "span-huge.docx": _word(
        lambda: '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + _paragraph("一") + "</w:tc></w:tr></w:tbl>"
    ),
    "styles-cycle.docx": _with(word_file, "word/styles.xml", lambda: _STYLES),
    "laughs.xlsx": _with(sheet_file, STRINGS, lambda: f"{laughs()}<sst {_S}><si><t>&l9;</t></si></sst>"),
    "laughs-sheet.xlsx": _sheet(lambda: '<sheetData><row r="1"><c r="A1" t="str"><v>&l9;</v></c></row></sheetData>', laughs),
    "far-cell.xlsx": _sheet(lambda: _FAR),
    "rows-600k.xlsx": _sheet(lambda: _rows(600_000)),
    "merge-all.xlsx": _sheet(lambda: _rows(3) + '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "merges-50k.xlsx": _sheet(lambda: f"{_rows(3)}<mergeCells>" + '<mergeCell ref="A1:C9"/>' * 50_000 + "</mergeCells>"),
    "string-number.xlsx": _sheet(lambda: '<sheetData><row r="1"><c r="A1" t="s"><v>99999999999</v></c></row></sheetData>'),
    "date-number.xlsx": _sheet(lambda: '<sheetData><row r="0"><c r="ZZZZ1" t="d"><v>1e999</v></c></row></sheetData>'),
    "zeros-2gb.xlsx": _zeros(sheet_file, SHEET, 2048 * MEGABYTE),
    "laughs.pptx": _slide(lambda: "<p:sp><p:txBody><a:p><a:r><a:t>&l9;</a:t></a:r></a:p></p:txBody></p:sp>", laughs),
    "groups-10k.pptx": _slide(lambda: _groups(10_000)),
    "groups-100.pptx": _slide(lambda: _groups(100)),
    "zeros-2gb.pptx": _zeros(slides_file, SLIDE, 2048 * MEGABYTE),
    "zeros-2gb.zip": _zeros(zip_file, "零.txt", 2048 * MEGABYTE),
    "zeros-10mb-x400.zip": lambda path: path.write_bytes(zipped({f"{n}.txt": bytes(10 * MEGABYTE) for n in range(400)})),
    "depth-40.zip": lambda path: path.write_bytes(_nested(40)),
    "width-8-depth-6.zip": lambda path: path.write_bytes(_nested(6, 8, 10 * MEGABYTE)),
    "overlapping-20k.zip": lambda path: path.write_bytes(_overlapping(20_000)),
    "members-60k.zip": _many(f"{number}.txt" for number in range(60_000)),
    "members-150k.zip": _many(f"{number}.bin" for number in range(150_000)),
    "names.zip": _many(["../../a.txt", "/etc/a.txt", "C:\\a.txt", "a\nb.txt", "一" * 5_000 + ".txt", ".txt", "a//b/../c.txt"]),
    "lying-4gb.zip": lambda path: path.write_bytes(_lying(2**32 - 2)),
    "lying-small.zip": lambda path: path.write_bytes(_lying(3)),
    "bombs-inside.zip": lambda path: path.write_bytes(zipped({
        "深.html": ("<div>" * 10_000).encode(), "宽.csv": ("一," * 300_000).encode(), "信.eml": zip_file(), "书.docx": zip_file(),
    })),
}  # fmt: skip
