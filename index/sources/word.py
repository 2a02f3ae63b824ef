"""Word documents (`.docx`): paragraphs and tables in document order, headings by style."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from index.errors import EmptySourceError, SourceError
from index.sources.blocks import Block, join_blocks
from index.sources.page import Page

HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*(\d)", re.IGNORECASE)
MOST_UNPACKED = 400 * 1024 * 1024


def read_word(data: bytes, name: str) -> Page:
    """The page of a `.docx` file; cells of a table row are joined by tabs.

    Raises:
        EmptySourceError: the document has no text.
        SourceError: the file is damaged, locked by a password, or unpacks to more than `MOST_UNPACKED` bytes.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(f"文件 {name} 是旧版 .doc 或加了密码；请用 Word 去掉密码并另存为 .docx 后重试。")
    document = _open(data, name)
    text, headings = join_blocks(_blocks(document))
    if not text:
        raise EmptySourceError(f"文件 {name} 里没有文字；请换一个有内容的文件。")
    first = next((heading.text for heading in headings if heading.level == 1), "")
    return Page(text=text, title=first, headings=headings)


def _open(data: bytes, name: str) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise SourceError(f"文件 {name} 解压后过大，可能有问题；请拆分后重试。")
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, OpcError, XMLSyntaxError, KeyError, ValueError, OSError, EOFError) as error:
        raise SourceError(f"文件 {name} 已损坏或不是 Word 文档；请用 Word 打开并另存后重试。") from error


def _blocks(document: Any) -> Iterator[Block]:
    from docx.table import Table

    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part)
        else:
            yield Block(part.text, _level(part))


def _rows(table: Any) -> Iterator[Block]:
    for row in table.rows:
        cells: list[Any] = []
        for cell in row.cells:
            # A merged cell is listed once for each column that it spans.
            if not cells or cells[-1]._tc is not cell._tc:
                cells.append(cell)
        yield Block("\t".join(re.sub(r"\s+", " ", cell.text).strip() for cell in cells))


def _level(paragraph: Any) -> int:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    found = HEADING_STYLE.match(style)
    if found:
        return min(max(int(found.group(1)), 1), 6)
    return 1 if style in {"Title", "标题"} else 0
