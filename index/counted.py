"""The counted text of a passage: its marks joined without the noise, with the way back to the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.types import Document, Span

# A shorter line without a full stop is a by-line or a caption rather than a broken sentence.
SHORTEST_BROKEN = 30
_HAN = re.compile(r"[\u3400-\u9fff]")
# What can go on with a sentence: no number of a list, no dash or mark of a new item.
_GOES_ON = re.compile(
    r"(?![一二三四五六七八九十]+[、是]|第[一二三四五六七八九十\d]+[章节条])[\u3400-\u9fff”’）)》，、；。,]"
)


@dataclass(frozen=True)
class CountedText:
    """The marks of a passage joined to one text, with a map back to the document's offsets."""

    text: str
    marks: tuple[Span, ...]

    @classmethod
    def of(cls, document: Document, marks: Sequence[Span]) -> CountedText:
        """Joins the marks of a document in their order."""
        return cls("".join(document.text[mark.start : mark.end] for mark in marks), tuple(marks))

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for mark in self.marks:
            starts.append(at)
            at += len(mark)
        return starts

    def original(self, start: int, end: int) -> tuple[Span, ...]:
        """Parts of the document behind joined characters [start, end), in order; adjoining parts are one."""
        found: list[Span] = []
        for index in range(max(0, bisect_right(self._starts, start) - 1), len(self.marks)):
            base, mark = self._starts[index], self.marks[index]
            if base >= end:
                break
            low, high = max(start, base), min(end, base + len(mark))
            if low < high:
                found.append(Span(mark.start + low - base, mark.start + high - base))
        return tuple(found)


def paragraphs(document: Document, marks: Sequence[Span]) -> list[CountedText]:
    """The counted text of marks, apart wherever a line break stands in or between them.

    A line break in the middle of a sentence, as pages cut out of a newspaper have them, parts nothing.
    """
    groups: list[list[Span]] = []
    end = 0
    for part in (part for mark in marks for part in _lines(document.text, mark)):
        if groups and ("\n" not in document.text[end : part.start] or _goes_on(document, groups[-1], part)):
            groups[-1].append(part)
        else:
            groups.append([part])
        end = part.end
    return [CountedText.of(document, group) for group in groups]


def _goes_on(document: Document, group: Sequence[Span], part: Span) -> bool:
    """Whether a line goes on with the sentence of the lines before it: they end in mid-sentence, and neither is a heading."""
    before = "".join(document.text[span.start : span.end] for span in group).rstrip()
    first, last = group[-1], before[-1:]
    if len(before) < SHORTEST_BROKEN or not (_HAN.match(last) or last in "，、；,“‘（(《"):
        return False
    if not _GOES_ON.match(document.text, part.start, part.end):
        return False
    spans = ((first.start, first.end), (part.start, part.end))
    return not any(is_heading(document, start, end) for start, end in spans)


def _lines(text: str, mark: Span) -> list[Span]:
    """The parts of a mark between its line breaks, blank ones left out."""
    found, start = [], mark.start
    for at in [*(i for i in range(mark.start, mark.end) if text[i] == "\n"), mark.end]:
        if text[start:at].strip():
            found.append(Span(start, at))
        start = at + 1
    return found


def is_heading(document: Document, start: int, end: int) -> bool:
    """Whether the text at [start, end) is a heading or the title: it names what follows and says nothing itself."""
    return any(heading.start <= start and end <= heading.end for heading in document.headings) or (
        document.text[start:end].strip("# *“”\n") == document.title.strip("“”")
    )
