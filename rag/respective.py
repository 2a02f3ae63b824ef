"""Whose a figure is where names and figures stand in two rows (甲、乙、丙分别补贴2000元、1500元、1000元)."""

from __future__ import annotations

import re

from rag.figures import Figure
from rag.labels import longest_common
from rag.reading import Text
from rag.wording import SENTENCE_STOPS, bounds

_JOINED = frozenset({"、", "和", "及", "与"})
_RESPECTIVELY = re.compile("分别|依次|各为|对应")
_NAMES = re.compile(r"[^、，,；;：:。\n\d]{1,16}(?:(?:、|和|及|与)[^、，,；;：:。\n\d和及与]{1,16})+")
_BETWEEN = re.compile("[、和及与]")
_LETTERS = re.compile("[A-Za-z]+$|^[A-Za-z]+")
# A name is looked for in so many characters before its 、 at most.
_LONGEST = 8


def told_of(figure: Figure, text: Text, other: Figure, other_text: Text) -> bool | None:
    """Whether the figure of a sentence is given to the name that has it in the evidence; None where no row says so."""
    names, nth = _row(other, other_text)
    label = _label(figure, text)
    if not names:
        names, nth = _row(figure, text)
        label = _label(other, other_text)
    if not names:
        return None
    scores = [_score(name, label) for name in names]
    best = max(scores)
    if not best[0]:
        # What one of a row is given, and none of them is named, is told of something else.
        is_row = bool(_neighbours(figure, text)) or any(_score(name, text.plain)[0] for name in names)
        return None if is_row else False
    return scores[nth] == best if scores.count(best) == 1 else None


def _label(figure: Figure, text: Text) -> str:
    """What stands before a figure in its sentence, back to the figure before it."""
    start, _ = bounds(text.plain, figure.start, SENTENCE_STOPS)
    return text.plain[max([start, *(f.end for f in text.figures if f.end <= figure.start)]) : figure.start]


def _score(name: str, label: str) -> tuple[int, float]:
    """How much of a name stands in a label: 技师 is told of 技师 rather than of 高级技师."""
    common = longest_common(name, label) or int(len(name) == 1 and name in label)
    return common, common / len(name)


def _row(figure: Figure, text: Text) -> tuple[list[str], int]:
    """The names of which the figures of the row that holds `figure` are told, in order, and its place there."""
    row = _neighbours(figure, text)
    if not row:
        return [], 0
    start, _ = bounds(text.plain, row[0].start, SENTENCE_STOPS)
    before = text.plain[start : row[0].start]
    if not (marker := list(_RESPECTIVELY.finditer(before))):
        return [], 0
    for match in reversed(list(_NAMES.finditer(before[: marker[-1].start()]))):
        names = [name.strip() for name in _BETWEEN.split(match[0])]
        if len(names) == len(row) and all(names):
            return [_trimmed(name, at, len(names)) for at, name in enumerate(names)], row.index(figure)
    return [], 0


def _neighbours(figure: Figure, text: Text) -> list[Figure]:
    """The figures that stand in one row with a figure, itself among them; none where it stands alone."""
    row = [figure]
    at = text.figures.index(figure)
    for step in (-1, 1):
        nth = at + step
        while 0 <= nth < len(text.figures):
            near = text.figures[nth]
            left, right = (near, row[0]) if step < 0 else (row[-1], near)
            if text.plain[left.end : right.start] not in _JOINED:
                break
            row = [near, *row] if step < 0 else [*row, near]
            nth += step
    return row if len(row) > 1 else []


def _trimmed(name: str, at: int, count: int) -> str:
    """A name of a row without what leads up to the first one; the last one goes on into the sentence."""
    if letters := _LETTERS.search(name) if at == 0 else _LETTERS.match(name):
        return letters[0]
    return name[-_LONGEST:] if at == 0 else name[:_LONGEST] if at == count - 1 else name
