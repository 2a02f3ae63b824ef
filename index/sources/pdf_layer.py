"""The text layer of one PDF page: its lines in reading order, and whether the page is a picture of a page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

from index.sources.columns import Box, PrintedLine, find_gutter, joined, line_height, reading_order, rows

LINE_END = re.compile(r"\r\n|\r|\n")
# pdfium marks a hyphen at the end of a line with U+FFFE; before a small letter it only says that the word goes on.
BROKEN_WORD = re.compile(r"(?<=[a-zA-Z])\ufffe[\r\n]*(?=[a-z])")
# A page with fewer characters than this under a picture of most of its size was scanned.
SCAN_TEXT_MOST = 30
SCAN_PICTURE_LEAST = 0.5
# As many drawn shapes on a page without a character are the outlines of characters.
OUTLINES_LEAST = 200
# A page with fewer characters than these has no columns, one with more was not printed.
COLUMNS_LEAST = 100
COLUMNS_MOST = 30_000
# In halves of a Chinese character: a column of a printed page holds about 40, a whole line 70 and more.
LONG_LINE = 56
WIDE = re.compile(r"[\u2e80-\uffef]")
GAP = re.compile(r"[\u2e80-\uffef]\s{1,9}[\u2e80-\uffef]")


def layer_lines(page: Any) -> list[PrintedLine]:
    """The lines of a page: down the columns where it has two, else in the order of the file."""
    layer = page.get_textpage()
    if page.get_rotation() in {90, 270} and _stands_upright(layer):
        # Shown on its side, print that is upright in the file would be read from its last line to its first.
        layer.close()
        page.set_rotation(0)
        layer = page.get_textpage()
    try:
        ordinary = _clean(layer.get_text_range())
        lines = [bare for line in LINE_END.split(ordinary) if (bare := line.strip())]
        boxes = _boxes(layer) if page.get_rotation() == 0 and _may_have_columns(lines) else []
    finally:
        layer.close()
    gutter = find_gutter(boxes)
    if gutter is not None:
        return [
            PrintedLine(line, drawn.fills)
            for drawn in reading_order(boxes, gutter)
            if (line := _clean(drawn.text).strip())
        ]
    return [PrintedLine(line) for line in lines]


def is_scanned(page: Any, characters: int) -> bool:
    """Whether a page with so many characters of text is a picture of a page, or print drawn as outlines."""
    from pypdfium2 import raw

    if characters >= SCAN_TEXT_MOST:
        return False
    size = page.get_width() * page.get_height()
    kinds = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]
    for number, drawn in enumerate(page.get_objects(filter=kinds, max_depth=3)):
        if number >= OUTLINES_LEAST:
            return characters == 0
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            if characters == 0 or (right - left) * (top - bottom) >= size * SCAN_PICTURE_LEAST:
                return True
    return False


def _may_have_columns(lines: Sequence[str]) -> bool:
    """Whether a look at where the characters stand could pay: most pages have lines too long for a column, without a gap."""
    if not COLUMNS_LEAST < sum(map(len, lines)) < COLUMNS_MOST:
        return False
    long = sum(len(line) + len(WIDE.findall(line)) >= LONG_LINE for line in lines)
    gaps = sum(GAP.search(line) is not None for line in lines)
    return long * 10 < len(lines) * 6 or gaps * 10 > len(lines) * 3


def _stands_upright(layer: Any) -> bool:
    from pypdfium2 import raw

    sample: int = min(layer.count_chars(), 50)
    level: int = sum(abs(raw.FPDFText_GetCharAngle(layer, index)) < 0.1 for index in range(sample))
    return level * 2 > sample


def _clean(text: str) -> str:
    return BROKEN_WORD.sub("", text).replace("\ufffe", "-").replace("\x00", "")


def _boxes(layer: Any) -> list[Box]:
    """The printed pieces of lines, put together from the boxes of the characters."""
    from pypdfium2 import raw

    rectangle = raw.FS_RECTF()
    pointer = ctypes.byref(rectangle)
    characters: list[Box] = []
    for index in range(layer.count_chars()):
        code = raw.FPDFText_GetUnicode(layer, index)
        if (
            code <= 0x20
            or code > 0x10FFFF
            or 0xD800 <= code < 0xE000
            or not raw.FPDFText_GetLooseCharBox(layer, index, pointer)
        ):
            continue
        # The page grows upwards; ours grow downwards.
        characters.append(Box(rectangle.left, -rectangle.top, rectangle.right, -rectangle.bottom, chr(code)))
    height = line_height(characters)
    return [piece for row in rows(characters, height) for piece in joined(row, height * 0.7)]
