"""The non-blank lines of a text, with offsets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it: `text[start:end] == bare`."""

    start: int
    end: int
    bare: str


def text_lines(text: str) -> list[Line]:
    """The non-blank lines of `text` in order; any Unicode line end ends a line."""
    lines = []
    at = 0
    for raw in text.splitlines(keepends=True):
        bare = raw.strip()
        if bare:
            start = at + raw.index(bare)
            lines.append(Line(start, start + len(bare), bare))
        at += len(raw)
    return lines
