"""The body of a Word document walked once, in reading order, into blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.sources.blocks import Block
from index.sources.grid import WIDTH_MOST
from index.sources.numbering import Numbering, attribute, read_numbering, whole
from index.sources.package import local_name
from index.sources.rows import Cell, spread, table_lines
from index.sources.word_styles import NO_LIST, PLAIN, Style, properties

CONTENTS = "目录"
# Wrappers whose children stand where they stand; what is deleted, moved away or only computed is passed over.
WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice"))
SKIPPED = frozenset(
    (
        "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "fldData", "Fallback",
        "rt", "rubyPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr",
    )
)  # fmt: skip
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# A heading style on a longer paragraph is a slip of formatting: a sentence runs on behind the heading.
HEADING_MOST = 80
REPEAT_MOST = 60

Found = tuple[str, Block]


class Body:
    """The walk over one document; lists count on through body, text boxes and notes."""

    def __init__(self, styles: dict[str, Style], numbering: Any) -> None:
        """`numbering` is the root of the numbering part, or None."""
        self._styles = styles
        self._numbering: Numbering = read_numbering(numbering)

    def blocks(self, container: Any, reason: str = "") -> Iterator[Found]:
        """The blocks in a body, a cell or a text box, each with the reason for which it is noise, or ""."""
        for child in container:
            kind = local_name(child)
            if kind == "p":
                # Nearly every document has paragraphs without anything in them, for the distance.
                if not len(child):
                    continue
                yield from self._paragraph(child, reason)
            elif kind == "tbl":
                yield from self._table(child, reason)
            elif kind in WRAPPERS:
                yield from self.blocks(child, CONTENTS if _is_contents(child) else reason)

    def notes(self, root: Any, tag: str, label: str) -> Iterator[Found]:
        """Footnotes or endnotes, numbered as they stand in their part; separators have a type and are no notes."""
        number = 0
        for note in root:
            if local_name(note) != tag or attribute(note, "type") not in {"", "normal"}:
                continue
            text = "\n".join(block.text for _, block in self.blocks(note)).strip()
            number += 1
            if text:
                yield "", Block(f"{label}{number}：{text}")

    def _paragraph(self, paragraph: Any, reason: str) -> Iterator[Found]:
        parts: list[str] = []
        boxes: list[Any] = []
        _gather(paragraph, parts, boxes)
        text = "".join(parts).strip()
        style = self._style(paragraph)
        # Word counts an empty paragraph of a list, too, and shows its number.
        mark = self._numbering.mark(style.list_id, style.depth or 0) if style.list_id not in {None, NO_LIST} else ""
        if text:
            level = (style.level or 0) if len(text) <= HEADING_MOST else 0
            yield (CONTENTS, Block(text)) if style.contents else (reason, Block(mark + text, level))
        for box in boxes:
            yield from self.blocks(box, reason)

    def _style(self, paragraph: Any) -> Style:
        named = ""
        for settings in paragraph:
            if local_name(settings) == "pPr":
                named = next((attribute(child, "val") for child in settings if local_name(child) == "pStyle"), "")
        return properties(paragraph).over(self._styles.get(named) or self._styles.get("", PLAIN))

    def _table(self, table: Any, reason: str) -> Iterator[Found]:
        rows = [list(_inner(row, "tc")) for row in _inner(table, "tr")]
        if all(len(row) <= 1 for row in rows):
            # A frame around text, no table: what stands in it keeps its structure.
            for row in rows:
                for tc in row:
                    yield from self.blocks(tc, reason)
            return
        above: dict[int, str] = {}
        grid: list[list[Cell]] = []
        for row in rows:
            cells: list[Cell] = []
            at = 0
            for tc in row:
                cell = self._cell(tc, above.get(at, ""))
                above[at] = cell.text if len(cell.text) <= REPEAT_MOST else ""
                cells.append(cell)
                at += cell.columns
            grid.append(cells)
        header = True if rows and _repeats_as_header(table) else None
        for line in table_lines(spread(grid), header):
            yield reason, Block(line)

    def _cell(self, tc: Any, above: str) -> Cell:
        columns, continued = 1, False
        for settings in tc:
            if local_name(settings) == "tcPr":
                for setting in settings:
                    if local_name(setting) == "gridSpan":
                        columns = max(whole(attribute(setting, "val"), WIDTH_MOST), 1)
                    elif local_name(setting) == "vMerge":
                        continued = attribute(setting, "val") in {"", "continue"}
        text = "\n".join(block.text for _, block in self.blocks(tc)).strip()
        return Cell(text or (above if continued else ""), columns)


def _gather(element: Any, parts: list[str], boxes: list[Any]) -> None:
    """Adds the text of a run or paragraph to `parts`, the text boxes anchored in it to `boxes`."""
    for child in element:
        kind = local_name(child)
        if kind == "t":
            parts.append(child.text or "")
        elif kind in SIGNS:
            parts.append(SIGNS[kind])
        elif kind == "txbxContent":
            boxes.append(child)
        elif kind not in SKIPPED:
            _gather(child, parts, boxes)


def _inner(element: Any, kind: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also behind content controls and tracked insertions."""
    for child in element:
        if local_name(child) == kind:
            yield child
        elif local_name(child) in WRAPPERS:
            yield from _inner(child, kind)


def _is_contents(element: Any) -> bool:
    """Whether a content control holds the table of contents."""
    if local_name(element) != "sdt":
        return False
    galleries = (child for child in element if local_name(child) == "sdtPr")
    return any("Table of Contents" in attribute(part, "val") for child in galleries for part in child.iter())


def _repeats_as_header(table: Any) -> bool:
    """Whether the first row is set to repeat on each page, which only a header is."""
    row = next(_inner(table, "tr"), None)
    return row is not None and any(
        local_name(setting) == "tblHeader" and attribute(setting, "val") not in {"0", "false", "off"}
        for settings in row
        if local_name(settings) == "trPr"
        for setting in settings
    )
