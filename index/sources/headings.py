"""Headings of plain text: Markdown, numbered, bold and short standalone lines, articles of a law, header rows of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.cleaning.lines import Line, text_lines
from index.sources.metadata import BREADCRUMB, BYLINE, METADATA_LINE
from index.types import Heading, Noise

MARKDOWN = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+([^\s#].*)$", re.MULTILINE)
BOLD = re.compile(r"^\s*(?:\*\*|__)([^*_]{2,60})(?:\*\*|__)[:：]?\s*$")
NUMBERED = (
    (re.compile(r"^\s*第[一二三四五六七八九十百零〇\d]+[编篇部章]"), 1),
    (re.compile(r"^\s*第[一二三四五六七八九十百零〇\d]+节"), 2),
    (re.compile(r"^\s*[一二三四五六七八九十]{1,3}、"), 2),
    (re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[）)]"), 3),
)
# The number of an article counts where blanks or a colon part it from its text: 「第一条生产线」 is prose.
ARTICLE = re.compile(
    r"^(?:\*\*|__)?(第[一二三四五六七八九十百千零〇\d]{1,9}条(?:之[一二三四五六七八九十]{1,2})?)(?=[\s\u3000:：【（(*_]|$)"
)
BOOK = re.compile(r"^\s*第[一二三四五六七八九十\d]{1,4}(?:分)?编")
DIVISION = re.compile(r"^\s*第[一二三四五六七八九十百零〇\d]{1,7}[章节]")
ITEM = re.compile(r"^(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)])")
TABLE_RULE = re.compile(r"^\|?[ \t]{0,8}:?-{2,}:?[ \t]{0,8}(?:\|[ \t]{0,8}:?-{2,}:?[ \t]{0,8})*\|?$")
ARTICLE_LEVEL = 4
ITEM_LEVEL = 4
TABLE_LEVEL = 6
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
    """Non-blank lines of which something counts; `noise` is in order of its starts."""
    lines, at = [], 0
    for line in text_lines(text):
        while at < len(noise) and noise[at].end < line.end:
            at += 1
        if at == len(noise) or noise[at].start > line.start:
            lines.append(line)
    return lines


def find_headings(text: str, noise: Sequence[Noise] = ()) -> tuple[Heading, ...]:
    """The headings in order; `text[h.start:h.end] == h.text`, so marks such as `##` and `**` stay outside the span.

    A short line counts as a heading only between a finished sentence and a paragraph: lines broken by a scraper in
    mid-sentence are short, too. Of an article of a law only its number (第十二条) is the heading, at level 4; the header
    row of a Markdown table is one at level 6, so that each row carries it in its heading path.
    """
    lines = _kept_lines(text, noise)
    if len(lines) < 2:
        return ()
    has_tables = "|" in text and "--" in text
    found: list[Heading] = []
    for index, line in enumerate(lines):
        heading = _marked(line) or _article(line) or _numbered(line, lines, index) or _overline(lines, index)
        if heading is None and has_tables and _is_table_head(text, line):
            heading = Heading(line.start, line.end, TABLE_LEVEL, line.bare)
        if heading is None and _stands_alone(lines, index, found):
            heading = Heading(line.start, line.end, ITEM_LEVEL if ITEM.match(line.bare) else 2, line.bare)
        if heading:
            found.append(heading)
    return _below_books(found)


def table_rules(text: str) -> tuple[Noise, ...]:
    """The lines |---|---| below the header rows of Markdown tables, which are layout and no text."""
    if "|" not in text or "--" not in text:
        return ()
    lines = text_lines(text)
    return tuple(
        Noise(line.start, line.end, "表格线")
        for above, line in pairwise(lines)
        if TABLE_RULE.match(line.bare) and "|" in line.bare and "|" in above.bare
    )


def _below_books(found: Sequence[Heading]) -> tuple[Heading, ...]:
    """Chapters and sections one level lower where the law has books (编) above them."""
    if not any(heading.level == 1 and BOOK.match(heading.text) for heading in found):
        return tuple(found)
    return tuple(
        Heading(heading.start, heading.end, heading.level + 1, heading.text)
        if DIVISION.match(heading.text) and heading.level <= 2
        else heading
        for heading in found
    )


def _is_table_head(text: str, line: Line) -> bool:
    """Whether the line below, which is voted out as layout, is the rule of a table."""
    if "|" not in line.bare or TABLE_RULE.match(line.bare):
        return False
    begin = text.find("\n", line.end) + 1
    stop = text.find("\n", begin)
    rule = text[begin : stop if stop >= 0 else len(text)].strip() if begin else ""
    return "|" in rule and TABLE_RULE.match(rule) is not None


def _article(line: Line) -> Heading | None:
    article = ARTICLE.match(line.bare)
    if article is None:
        return None
    start = line.start + article.start(1)
    return Heading(start, start + len(article.group(1)), ARTICLE_LEVEL, article.group(1))


def without_closing(title: str) -> str:
    """The title of a Markdown heading without the blanks and the `##` that may close it."""
    return title.rstrip().rstrip("#").rstrip()


def _marked(line: Line) -> Heading | None:
    markdown = MARKDOWN.match(line.bare)
    if markdown:
        start, title = line.start + markdown.start(2), without_closing(markdown.group(2))
        return Heading(start, start + len(title), len(markdown.group(1)), title)
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
    if any(mark in bare for mark in "。；;|\t") or bare[-1] in OPEN_END + "！？!?":
        return False
    return not (
        METADATA_LINE.match(bare) or BYLINE.match(bare) or BREADCRUMB.match(bare) or re.match(r"[-*•·|(（]", bare)
    )
