"""Headings of plain text: Markdown, numbered, bold and short standalone lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.cleaning.lines import Line, text_lines
from index.sources.metadata import BREADCRUMB, BYLINE, METADATA_LINE
from index.types import Heading, Noise

MARKDOWN = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")
BOLD = re.compile(r"^\s*(?:\*\*|__)([^*_]{2,60})(?:\*\*|__)[:：]?\s*$")
NUMBERED = (
    (re.compile(r"^\s*第[一二三四五六七八九十百零〇\d]+[编篇部章]"), 1),
    (re.compile(r"^\s*第[一二三四五六七八九十百零〇\d]+节"), 2),
    (re.compile(r"^\s*[一二三四五六七八九十]{1,3}、"), 2),
    (re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[）)]"), 3),
)
FINAL = "。！？!?；;…"
CLOSERS = "”’」』）)》】\"'"
OPEN_END = "，,、：:；;（(“「"
NUMBERED_MOST = 50
STANDALONE_MOST = 36


def _ends_sentence(line: str) -> bool:
    """Whether a line ends as prose does, closing quotes aside."""
    bare = line.rstrip(CLOSERS)
    return bool(bare) and bare[-1] in FINAL


def _kept_lines(text: str, noise: Sequence[Noise]) -> list[Line]:
    """Non-blank lines of which something counts."""
    return [
        line
        for line in text_lines(text)
        if not any(vote.start <= line.start and line.end <= vote.end for vote in noise)
    ]


def find_headings(text: str, noise: Sequence[Noise] = ()) -> tuple[Heading, ...]:
    """The headings in order; `text[h.start:h.end] == h.text`, so marks such as `##` and `**` stay outside the span.

    A short line counts as a heading only between a finished sentence and a paragraph: lines broken by a scraper in
    mid-sentence are short, too.
    """
    lines = _kept_lines(text, noise)
    found: list[Heading] = []
    for index, line in enumerate(lines):
        heading = _marked(line) or _numbered(line, lines, index) or _overline(lines, index)
        if heading is None and _stands_alone(lines, index, found):
            heading = Heading(line.start, line.end, 2, line.bare)
        if heading:
            found.append(heading)
    return tuple(found)


def _marked(line: Line) -> Heading | None:
    markdown = MARKDOWN.match(line.bare)
    if markdown:
        start = line.start + markdown.start(2)
        return Heading(start, start + len(markdown.group(2)), len(markdown.group(1)), markdown.group(2))
    bold = BOLD.match(line.bare)
    if bold and not _ends_sentence(bold.group(1)):
        start = line.start + bold.start(1)
        return Heading(start, start + len(bold.group(1)), 3, bold.group(1))
    return None


def _overline(lines: list[Line], index: int) -> Heading | None:
    """A short line directly above a marked heading is the line over a headline; it stands one level higher."""
    line = lines[index]
    if index == 0 or index + 1 >= len(lines) or not _is_title_like(line.bare):
        return None
    below = _marked(lines[index + 1]) if _ends_sentence(lines[index - 1].bare) else None
    return Heading(line.start, line.end, max(below.level - 1, 1), line.bare) if below else None


def _numbered(line: Line, lines: list[Line], index: int) -> Heading | None:
    if len(line.bare) > NUMBERED_MOST or _ends_sentence(line.bare) or line.bare[-1] in OPEN_END:
        return None
    if index + 1 == len(lines):
        return None
    for pattern, level in NUMBERED:
        if pattern.match(line.bare):
            return Heading(line.start, line.end, level, line.bare)
    return None


def _stands_alone(lines: list[Line], index: int, found: list[Heading]) -> bool:
    if not 0 < index < len(lines) - 1 or not _is_title_like(lines[index].bare):
        return False
    bare = lines[index].bare
    before, after = lines[index - 1], lines[index + 1]
    is_open = not _ends_sentence(before.bare) and not BYLINE.match(before.bare) and not METADATA_LINE.match(before.bare)
    if is_open and not (found and found[-1].end >= before.end):
        return False
    return len(after.bare) >= len(bare) + 8 and (len(after.bare) > STANDALONE_MOST or _ends_sentence(after.bare))


def _is_title_like(bare: str) -> bool:
    """Whether a line could be a heading by its own looks: short, without a full stop, no byline, date line or list item."""
    if not 4 <= len(bare) <= STANDALONE_MOST or not re.search(r"[一-鿿]{2}", bare):
        return False
    if any(mark in bare for mark in "。；;") or bare[-1] in OPEN_END + "！？!?":
        return False
    return not (
        METADATA_LINE.match(bare) or BYLINE.match(bare) or BREADCRUMB.match(bare) or re.match(r"[-*•·|(（]", bare)
    )
