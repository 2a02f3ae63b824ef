"""Text put together from blocks (paragraphs, headings, table rows) with the offsets of its headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.types import Heading

BLANKS = " \t\r\f\v\xa0"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or table row; `level` is 0 for prose, 1 to 6 for a heading."""

    text: str
    level: int = 0


def join_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[Heading, ...]]:
    """The blocks one a line, blank ones left out, and the headings among them with their offsets in that text."""
    lines: list[str] = []
    headings: list[Heading] = []
    at = 0
    for block in blocks:
        line = "\n".join(part.strip(BLANKS) for part in block.text.split("\n")).strip()
        if not line:
            continue
        if block.level:
            line = line.replace("\n", " ")
            headings.append(Heading(at, at + len(line), block.level, line))
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), tuple(headings)
