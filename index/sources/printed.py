"""Printed pages as one text: lines that only the page's width broke are joined, running lines and page numbers voted out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.sources.columns import PrintedLine
from index.types import Noise

PAGE_NUMBER = re.compile(r"^\s*(?:[-—–－·]\s*)?(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?(?:\s*[-—–－·])?\s*$")
SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)》】\"']*$")
LIST_START = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十百\d]{1,6}[章节条编]|[•·●■◆—])"
)
FULL_LINE = 0.85
RUNNING_MOST = 50
WIDTH_LEAST = 12


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of printed pages, what of it is page numbers and running lines, and where each page begins."""

    text: str
    noise: tuple[Noise, ...]
    pages: tuple[int, ...]


def join_pages(pages: Sequence[Sequence[PrintedLine]]) -> Printed:
    """The pages as one text; `Printed.pages` has an offset a page, that of the following text for an empty page."""
    width = max(_width(pages), WIDTH_LEAST)
    parts: list[str] = []
    noise: list[Noise] = []
    begins: list[int] = []
    at = 0
    previous: PrintedLine | None = None
    for number, line, reason in _marked(pages):
        # A page number or a running line cuts a sentence, so it never ends one: it stands between the lines that it parts.
        gap = _joiner(previous, line, width) if previous else ""
        if reason:
            gap = "\n" if previous and SENTENCE_END.search(previous.text) else ""
        parts.append(gap + line.text)
        at += len(gap)
        begins += [at] * (number + 1 - len(begins))
        if reason:
            noise.append(Noise(at, at + len(line.text), reason))
        else:
            previous = line
        at += len(line.text)
    begins += [at] * (len(pages) - len(begins))
    return Printed("".join(parts), tuple(noise), tuple(begins))


def _width(pages: Sequence[Sequence[PrintedLine]]) -> int:
    """The usual length of a full line: the 90th percentile, so that headings and last lines do not count."""
    lengths = sorted(len(line.text) for page in pages for line in page)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _joiner(line: PrintedLine, following: PrintedLine, width: int) -> str:
    """What stands between a line and the next: nothing where the page width broke it, else a line end."""
    is_full = line.fills if line.fills is not None else len(line.text) >= width * FULL_LINE
    if not is_full or SENTENCE_END.search(line.text) or LIST_START.match(following.text) or "\t" in line.text:
        return "\n"
    before, after = line.text[-1], following.text[0]
    latin = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return " " if latin else ""


def _edges(count: int) -> set[int]:
    """The lines where a header, a footer or a page number may stand: the first two and the last three."""
    return {index for index in (0, 1, count - 3, count - 2, count - 1) if 0 <= index < count}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _running_lines(pages: Sequence[Sequence[PrintedLine]]) -> set[str]:
    """Shapes (figures aside) that stand at the edge of at least half of the pages, and of two, and are no prose."""
    counts = Counter(shape for lines in pages for shape in {_shape(lines[index].text) for index in _edges(len(lines))})
    return {
        shape
        for shape, count in counts.items()
        if count >= max(2, len(pages) / 2) and len(shape) <= RUNNING_MOST and not re.search(r"[，。；！？]", shape)
    }


def _marked(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[tuple[int, PrintedLine, str]]:
    """Each line with the number of its page (from 0) and the reason to vote it out, or an empty string."""
    running = _running_lines(pages)
    for number, lines in enumerate(pages):
        edges = _edges(len(lines))
        for index, line in enumerate(lines):
            reason = ""
            if index in edges:
                is_number = PAGE_NUMBER.match(line.text) is not None
                reason = "页码" if is_number else "页眉页脚" if _shape(line.text) in running else ""
            yield number, line, reason
