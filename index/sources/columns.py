"""Pieces of print in reading order: a page of two columns is read down the left one, then down the right one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# The gutter lies in the middle part of the print and is at least this share of a line's height wide.
MIDDLE = (0.3, 0.7)
GUTTER_LEAST = 0.8
# Share of the lines that may cross the gutter: titles and pictures across both columns.
CROSSING_MOST = 0.25
LINES_LEAST = 5
# Columns of prose are filled by their lines; the cells of a table are short and ragged.
FILL_LEAST = 0.6
LONG_LEAST = 6.0


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of one printed line, in units of the page that grow to the right and downwards."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        """The height on the page at which the line stands."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """The height of the piece itself."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of print and whether it reaches the right edge of its column (None where the page does not tell)."""

    text: str
    fills: bool | None = None


def line_height(boxes: Sequence[Box]) -> float:
    """The usual height of a line; 1 where there is none."""
    heights = [box.height for box in boxes if box.height > 0]
    return median(heights) if heights else 1.0


def rows(boxes: Sequence[Box], height: float) -> list[list[Box]]:
    """The pieces that stand beside each other, row by row from the top, each row from the left."""
    found: list[list[Box]] = []
    for box in sorted(boxes, key=lambda piece: (piece.middle, piece.left)):
        if found and abs(box.middle - found[-1][0].middle) < height * 0.5:
            found[-1].append(box)
        else:
            found.append([box])
    return [sorted(row, key=lambda piece: piece.left) for row in found]


def joined(row: Sequence[Box], gap: float) -> list[Box]:
    """The pieces of a row with those put together that are less than `gap` apart; a blank stands where Latin words part."""
    found: list[Box] = []
    for box in row:
        last = found[-1] if found else None
        if last is None or box.left - last.right >= gap:
            found.append(box)
            continue
        is_latin = last.text[-1:].isascii() and box.text[:1].isascii()
        blank = " " if is_latin and box.left - last.right > line_height([box]) * 0.15 else ""
        found[-1] = Box(
            last.left,
            min(last.top, box.top),
            max(last.right, box.right),
            max(last.bottom, box.bottom),
            last.text + blank + box.text,
        )
    return found


def find_gutter(boxes: Sequence[Box]) -> float | None:
    """Where the empty stripe between two columns of prose stands, or None for a page of one column, a table, a short text."""
    height = line_height(boxes)
    if len(boxes) < 2 * LINES_LEAST:
        return None
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    width = right - left
    if width <= 0:
        return None
    middle = _widest_gap(boxes, left + width * MIDDLE[0], left + width * MIDDLE[1], height)
    if middle is None:
        return None
    on_left = [box for box in boxes if box.right <= middle]
    on_right = [box for box in boxes if box.left >= middle]
    return middle if _is_column(on_left, height) and _is_column(on_right, height) else None


def _widest_gap(boxes: Sequence[Box], start: float, end: float, height: float) -> float | None:
    """The middle of the widest stripe within [start, end] that few boxes cross."""
    most = len(boxes) * CROSSING_MOST
    edges = sorted([(box.left, 1) for box in boxes] + [(box.right, -1) for box in boxes])
    crossing, best, best_width = 0, None, height * GUTTER_LEAST
    for (at, change), (following, _) in pairwise(edges):
        crossing += change
        low, high = max(at, start), min(following, end)
        if crossing <= most and high - low > best_width:
            best, best_width = (low + high) / 2, high - low
    return best


def _is_column(boxes: Sequence[Box], height: float) -> bool:
    if len(boxes) < LINES_LEAST:
        return False
    width = max(box.right for box in boxes) - min(box.left for box in boxes)
    usual = median(box.right - box.left for box in boxes)
    return usual >= width * FILL_LEAST and usual >= height * LONG_LEAST


def reading_order(boxes: Sequence[Box], gutter: float | None) -> list[PrintedLine]:
    """The lines in the order in which they are read; what crosses the gutter parts the columns into bands."""
    height, whole = line_height(boxes), _edge(boxes)
    if gutter is None:
        return _lines(boxes, height, whole)
    across = [box for box in boxes if box.left < gutter - height * 0.3 and box.right > gutter + height * 0.3]
    crossing = set(map(id, across))
    rest = sorted((box for box in boxes if id(box) not in crossing), key=lambda piece: piece.middle)
    columns = [
        [box for box in rest if (box.left + box.right) / 2 < gutter],
        [box for box in rest if (box.left + box.right) / 2 >= gutter],
    ]
    edges = [_edge(column) for column in columns]
    found: list[PrintedLine] = []
    read = [0, 0]
    for row in [*rows(across, height), []]:
        for side, column in enumerate(columns):
            end = bisect_left(column, row[0].middle, key=lambda piece: piece.middle) if row else len(column)
            found += _lines(column[read[side] : end], height, edges[side])
            read[side] = max(end, read[side])
        found += _lines(row, height, whole)
    return found


def _edge(boxes: Sequence[Box]) -> float:
    """Where full lines end; the few that stand out further do not count."""
    ends = sorted(box.right for box in boxes)
    return ends[int((len(ends) - 1) * 0.9)] if ends else 0.0


def _lines(boxes: Sequence[Box], height: float, edge: float) -> list[PrintedLine]:
    return [
        PrintedLine("\t".join(box.text for box in row), row[-1].right >= edge - height * 1.6)
        for row in rows(boxes, height)
    ]
