"""Presentations (`.pptx`): a slide is a page under its title, with its bullets, tables, diagrams and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from index.errors import EmptySourceError, SourceError
from index.sources.blocks import Block
from index.sources.package import checked_package, local_name, parse_part
from index.sources.page import Page
from index.sources.rows import Cell, spread, table_lines
from index.sources.sections import Section, join_sections

DIAGRAM = "/diagramData"
FOOTERS = frozenset(("sldNum", "dt", "ftr", "hdr"))


def read_slides(data: bytes, name: str) -> Page:
    """The page of a `.pptx` file; `Page.pages` holds where each slide begins.

    Raises:
        EmptySourceError: no slide has text.
        SourceError: damaged, locked, or over the limits.
    """
    import pptx
    from lxml.etree import LxmlError
    from pptx.exc import PythonPptxError

    try:
        checked_package(data, name).close()
        # A slide that the list names again and again is read once.
        slides = list({slide.part: slide for slide in pptx.Presentation(io.BytesIO(data)).slides}.values())
        joined = join_sections(Section(tuple(_blocks(slide, at == 0))) for at, slide in enumerate(slides))
    except (
        # The library trusts the parts that it is given; a hostile one may break it at any attribute.
        *(PythonPptxError, LxmlError, KeyError, ValueError, OSError, EOFError, AttributeError, TypeError),
        *(IndexError, NotImplementedError, RecursionError),
    ) as error:
        raise SourceError(f"文件 {name} 已损坏或不是演示文稿；请用 PowerPoint 打开并另存后重试。") from error
    if not joined.text:
        raise EmptySourceError(f"文件 {name} 的幻灯片里没有文字（可能全是图片）；请换一个有文字的文件。")
    title = joined.headings[0].text if joined.headings and joined.headings[0].level == 1 else ""
    return Page(joined.text, title, headings=joined.headings, pages=joined.starts)


def _blocks(slide: Any, first: bool) -> Iterator[Block]:
    """The title of a slide, then its other shapes in their order, then its notes."""
    tree = slide.shapes._spTree
    titles = [shape for shape in tree.iter() if _placeholder(shape) in {"title", "ctrTitle"}]
    for title in titles:
        yield Block(" ".join(" ".join(_paragraphs(title)).split()), 1 if first else 2)
    related = {key: relation for key, relation in slide.part.rels.items() if not relation.is_external}
    yield from _shapes(tree, related)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    text = notes.text.strip() if notes is not None else ""
    if text:
        yield Block(f"备注：{text}")


def _shapes(group: Any, related: dict[str, Any]) -> Iterator[Block]:
    for shape in group:
        kind = local_name(shape)
        if kind in {"grpSp", "AlternateContent", "Choice"}:
            yield from _shapes(shape, related)
        elif kind == "sp" and _placeholder(shape) not in {"title", "ctrTitle"} | FOOTERS:
            yield from map(Block, _paragraphs(shape))
        elif kind == "graphicFrame":
            for table in _named(shape, "tbl"):
                yield from map(Block, table_lines(spread([_row(row) for row in _named(table, "tr")])))
            for diagram in _named(shape, "relIds"):
                yield from _diagram(diagram, related)


def _diagram(diagram: Any, related: dict[str, Any]) -> Iterator[Block]:
    """The texts of a SmartArt diagram, which stand in a part of their own."""
    for key in diagram.attrib.values():
        # Taken out, so that each diagram is read once, however often a slide names it.
        relation = related.pop(key, None)
        if relation is not None and relation.reltype.endswith(DIAGRAM):
            yield from map(Block, _paragraphs(parse_part(relation.target_part.blob)))


def _row(row: Any) -> list[Cell]:
    """The cells of a table row; what a cell to the left or above covers is not listed, as in html."""
    return [
        Cell(" ".join(_paragraphs(cell)), int(cell.get("gridSpan", "1")), int(cell.get("rowSpan", "1")))
        for cell in _named(row, "tc")
        if cell.get("hMerge") not in {"1", "true"} and cell.get("vMerge") not in {"1", "true"}
    ]


def _paragraphs(element: Any) -> Iterator[str]:
    for paragraph in _named(element, "p"):
        pieces = (
            part.text or "" if local_name(part) == "t" else "\n"
            for part in paragraph.iter()
            if local_name(part) in {"t", "br"}
        )
        text = "".join(pieces).replace("\v", "\n").strip()
        if text:
            yield text


def _named(element: Any, kind: str) -> Iterator[Any]:
    return (part for part in element.iter() if local_name(part) == kind)


def _placeholder(shape: Any) -> str:
    """The kind of placeholder that a shape is (title, body, sldNum), or ""."""
    if local_name(shape) != "sp":
        return ""
    properties = (part for child in shape if local_name(child) == "nvSpPr" for part in child.iter())
    return next((part.get("type") or "body" for part in properties if local_name(part) == "ph"), "")
