"""OFD files (`.ofd`, the national layout format): the text layer of each page, put back into lines and paragraphs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from index.errors import EmptySourceError, SourceError
from index.sources.blocks import Block
from index.sources.package import checked_package, local_name, parse_part
from index.sources.page import Page
from index.sources.sections import Section, join_sections

MOST_PAGES = 10_000
NUMBER = re.compile(r"[-+]?\d{1,9}(?:\.\d{1,9})?")
SENTENCE_END = ("。", "！", "？", "；", "：", ".", "!", "?", ":", "”", "）")
# How far two pieces may differ in height on one line, and how far right a line must reach to run on, as parts of
# the widest line and of the paper.
SAME_LINE = 0.5
FULL_LINE = 0.9
FULL_PAGE = 0.7
NAME_SHOWN = 40
ADVICE = "请用阅读器导出为 PDF 后重试"


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of text on a page: its left and upper edge, width and height (millimetres)."""

    left: float
    top: float
    width: float
    height: float
    text: str


def read_ofd(data: bytes, name: str) -> Page:
    """The page of an `.ofd` file; `Page.pages` holds where each printed page begins.

    Raises:
        EmptySourceError: no page has a text layer.
        SourceError: damaged, locked, or over the limits.
    """
    with checked_package(data, name) as package:
        try:
            root = _parsed(package, "OFD.xml")
            sections = [Section(tuple(_blocks(package, page, width))) for page, width in _pages(package, root).items()]
        except SourceError as error:
            raise SourceError(f"文件 {name} {error}；{ADVICE}。") from error
    title = " ".join(next(iter(_texts(root, "Title")), "").split())
    joined = join_sections(sections)
    if not joined.text:
        raise EmptySourceError(f"文件 {name} 里没有文字层（可能是扫描件）；{ADVICE}。")
    sensible = 4 <= len(title) <= 80 and title.replace(" ", "") in joined.text[:1000].replace("\n", "").replace(" ", "")
    return Page(joined.text, title if sensible else "", pages=joined.starts)


def _parsed(package: zipfile.ZipFile, path: str) -> Any:
    try:
        part = package.read(path)
    except KeyError as error:
        # What a damaged file calls a part may be any string, so only its beginning is told, without line ends.
        raise SourceError(f"缺少部件 {' '.join(path[:NAME_SHOWN].split())}") from error
    return parse_part(part)


def _pages(package: zipfile.ZipFile, root: Any) -> dict[str, float]:
    """The parts of all pages in order, each once, with the width of the paper."""
    pages: dict[str, float] = {}
    for location in dict.fromkeys(_texts(root, "DocRoot")):
        path = _path("", location)
        document = _parsed(package, path)
        box = NUMBER.findall(next(iter(_texts(document, "PhysicalBox")), ""))
        for part in document.iter():
            if local_name(part) == "Page":
                pages[_path(path, part.get("BaseLoc") or "")] = float(box[2]) if len(box) == 4 else 0.0
    if len(pages) > MOST_PAGES:
        raise SourceError(f"有 {len(pages)} 页，超过上限 {MOST_PAGES} 页，请拆分")
    return pages


def _path(base: str, location: str) -> str:
    return location.lstrip("/") if location.startswith("/") else normpath(join(dirname(base), location))


def _texts(root: Any, kind: str) -> list[str]:
    return [(part.text or "").strip() for part in root.iter() if local_name(part) == kind]


def _blocks(package: zipfile.ZipFile, path: str, width: float) -> Iterator[Block]:
    """The paragraphs of a page: pieces of one height joined to lines, and a line that the margin broke to the next."""
    lines = list(_lines(list(_pieces(_parsed(package, path)))))
    full = max(max((right for _, right in lines), default=0.0) * FULL_LINE, width * FULL_PAGE)
    paragraph = ""
    for text, right in lines:
        paragraph += text
        if right < full or text.endswith(SENTENCE_END):
            yield Block(paragraph)
            paragraph = ""
    if paragraph:
        yield Block(paragraph)


def _pieces(page: Any) -> Iterator[Piece]:
    for part in page.iter():
        if local_name(part) == "TextObject":
            text = "".join(_texts(part, "TextCode"))
            box = [float(number) for number in NUMBER.findall(part.get("Boundary") or "")]
            if text and len(box) == 4:
                yield Piece(box[0], box[1], box[2], box[3], text)


def _lines(pieces: list[Piece]) -> Iterator[tuple[str, float]]:
    """Each line from top to bottom with its right edge."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        if row and piece.top - row[0].top > max(row[0].height, 1) * SAME_LINE:
            yield _joined(row)
            row = []
        row.append(piece)
    if row:
        yield _joined(row)


def _joined(row: list[Piece]) -> tuple[str, float]:
    row = sorted(row, key=lambda piece: piece.left)
    return "".join(piece.text for piece in row), max(piece.left + piece.width for piece in row)
