"""One door for office files: the reader is chosen by what the bytes are, since names lie (html saved as `.doc`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from index.errors import SourceError, UnknownFormatError
from index.sources.archive import open_zip
from index.sources.html import read_html
from index.sources.legacy import SHEET, SLIDES, TARGETS, WORD, convert
from index.sources.mail import read_mhtml
from index.sources.ofd import read_ofd
from index.sources.page import Page
from index.sources.pdf import read_pdf
from index.sources.plain import read_plain
from index.sources.sheets import read_csv, read_sheet
from index.sources.slides import read_slides
from index.sources.word import read_word

MODERN = {".docx": read_word, ".xlsx": read_sheet, ".pptx": read_slides, ".ofd": read_ofd}
# Every file name ending that `read_office` answers to.
OFFICE_SUFFIXES = (*MODERN, ".xlsm", ".pptm", ".ppsx", *TARGETS)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div|p|title|\?xml)[\s>]", re.IGNORECASE)
MIME = re.compile(
    rb"(?:mime-version|from|content-type|date|subject|message-id|snapshot-content-location):", re.IGNORECASE
)
OPENING = 2_048
# What stands in the table of contents of a compound file, by the format it makes.
STREAMS = (
    ("EncryptedPackage", ""),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
    ("PowerPoint Document", ".ppt"),
)
FOLDERS = (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx"), ("OFD.xml", ".ofd"))
# The XML that Office 2003 and many web exports save under `.xls` and `.doc`.
OFFICE_2003 = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", ".xls"),
    (b"schemas.microsoft.com/office/word/2003", ".doc"),
)
OPEN_DOCUMENTS = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".odp"}


def read_office(data: bytes, name: str) -> Page:
    """The page of an office file, old or new, whatever its name claims.

    Raises:
        SourceError: as the reader of the real format; or it is an old one, and LibreOffice is not installed.
    """
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    opening = data[:OPENING].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if opening.startswith(b"PK"):
        return _package(data, name, suffix)
    if data.startswith(COMPOUND[:4]):
        return _converted(data, name, _compound(data, name, suffix))
    if opening.startswith(b"{\\rtf"):
        return _converted(data, name, ".rtf")
    for mark, real in OFFICE_2003:
        if mark in opening:
            return _converted(data, name, real)
    return _text_reader(opening.replace(b"\x00", b""), suffix)(data, name)


def _package(data: bytes, name: str, suffix: str) -> Page:
    if suffix in {".docm", ".dotx", ".dotm"}:
        return _converted(data, name, suffix)
    try:
        archive = open_zip(data, name)
    except SourceError:
        # The reader that the name asks for says what is wrong in its own terms.
        if suffix in MODERN:
            return MODERN[suffix](data, name)
        raise
    with archive:
        names = archive.namelist()
        mark = names[0] == "mimetype" and archive.getinfo("mimetype").file_size < OPENING if names else False
        kind = archive.read("mimetype").rpartition(b".")[2].strip() if mark else b""
    for folder, real in FOLDERS:
        if any(inside.startswith(folder) for inside in names):
            return MODERN[real](data, name)
    if kind in OPEN_DOCUMENTS:
        return _converted(data, name, OPEN_DOCUMENTS[kind])
    raise UnknownFormatError(f"文件 {name} 是压缩包，不是办公文档；请把扩展名改为 .zip 或解压后重试。")


def _compound(data: bytes, name: str, suffix: str) -> str:
    """The format inside a compound file: by its streams, else by the name."""
    for stream, real in STREAMS:
        if stream.encode("utf-16-le") in data:
            if not real:
                raise SourceError(f"文件 {name} 加了密码；请用 Word 或 WPS 去掉密码并另存后重试。")
            # WPS writes the same streams under its own names, and LibreOffice goes by the name.
            family = next((family for family in (WORD, SHEET, SLIDES) if real in family), ())
            return suffix if suffix in family else real
    return suffix if suffix in TARGETS else ".doc"


def _converted(data: bytes, name: str, suffix: str) -> Page:
    return MODERN[f".{TARGETS[suffix]}"](convert(data, name, suffix), name)


def _text_reader(opening: bytes, suffix: str) -> Callable[[bytes, str], Page]:
    """The reader for what is neither an archive nor a compound file."""
    if opening.startswith(b"%PDF-"):
        return read_pdf
    if MIME.match(opening) and b"\n" in opening:
        return read_mhtml
    if MARKUP.search(opening):
        return read_html
    if suffix in MODERN:
        return MODERN[suffix]
    return read_csv if suffix in SHEET or suffix == ".xlsm" else read_plain
