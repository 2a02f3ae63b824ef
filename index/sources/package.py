"""Packages (`.docx`, `.xlsx`, `.pptx`, `.ofd`): archives of XML parts, checked before any library unpacks them."""

from __future__ import annotations

import zipfile
from typing import Any

from index.errors import SourceError
from index.sources.archive import MEGABYTE, Budget, open_zip, read_member

# A parsed part takes about ten times its size in memory. Sheets of a workbook are read row by row and may be longer.
MOST_PARSED = 32 * MEGABYTE
MOST_TAGS = 2_000_000
MOST_PARTS = 20_000
# No office program writes a document type into a part; a bomb of entities needs one.
FOREIGN = (".svg", ".htm", ".html", ".xhtml")
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def checked_package(data: bytes, name: str, streamed: str = "") -> zipfile.ZipFile:
    """The package once every part has been unpacked within the limits; parts under the folder `streamed` may be large.

    Zipfile gives no more bytes of a part than its table of contents says, and that size was found true here.

    Raises:
        SourceError: damaged, locked, over a limit, or with a document type inside.
    """
    archive = open_zip(data, name)
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise SourceError(
            f"文件 {name} 由 {len(entries)} 个部件组成，超过上限 {MOST_PARTS} 个，可能有问题；请另存后重试。"
        )
    budget = Budget()
    for entry in entries:
        try:
            part = read_member(archive, entry, budget)
        except SourceError as error:
            raise SourceError(f"文件 {name} 的内容{error}。") from error
        if not part[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
            continue
        whole = not (streamed and entry.filename.startswith(streamed))
        if whole and (len(part) > MOST_PARSED or part.count(b"<") > MOST_TAGS):
            limit = f"{MOST_PARSED // MEGABYTE} MB 或 {MOST_TAGS // 10_000} 万个标签"
            raise SourceError(f"文件 {name} 的正文有 {len(part) // MEGABYTE} MB，超过上限 {limit}；请拆分后重试。")
        if not entry.filename.lower().endswith(FOREIGN) and any(doctype in part for doctype in DOCTYPES):
            raise SourceError(f"文件 {name} 里有不该出现的 XML 声明（DOCTYPE），可能有害；请用办公软件另存后重试。")
    return archive


def parse_part(part: bytes) -> Any:
    """The root element of an XML part; entities stay as they are and nothing is fetched.

    Raises:
        SourceError: not well-formed, or nested deeper than libxml2 allows.
    """
    import lxml.etree

    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return lxml.etree.fromstring(part, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("XML 已损坏") from error


def local_name(element: Any) -> str:
    """The tag of an element without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
