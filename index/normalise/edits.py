"""A text under change that remembers, for every character, which original characters it came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.types import SearchForm, Span

_MOST_COUNTED = 1 << 20
# Counting from 0 as far as any text has needed: a slice of it is copied much faster than a range is counted out.
_COUNT: list[int] = []


def _counted(start: int, end: int) -> list[int]:
    if end > len(_COUNT):
        _COUNT.extend(range(len(_COUNT), min(max(end, 2 * len(_COUNT), 4096), _MOST_COUNTED)))
    return _COUNT[start:end] if end <= len(_COUNT) else list(range(start, end))


@dataclass(slots=True)
class Draft:
    """A text and, for each of its characters, the original range [starts[i], ends[i]) behind it."""

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str, marks: Sequence[Span] | None = None) -> Draft:
        """A draft of a whole text, or of the parts of it that count, joined.

        Where the text cut out between two marks holds a line break, one line break of it stays between them.
        """
        if marks is None:
            return cls(text, _counted(0, len(text)), _counted(1, len(text) + 1))
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = -1
        for mark in marks:
            line_break = text.find("\n", last, mark.start) if last >= 0 else -1
            if line_break >= 0:
                pieces.append("\n")
                starts.append(line_break)
                ends.append(line_break + 1)
            pieces.append(text[mark.start : mark.end])
            starts += _counted(mark.start, mark.end)
            ends += _counted(mark.start + 1, mark.end + 1)
            last = mark.end
        return cls("".join(pieces), starts, ends)

    def translate(self, convert: Callable[[str], str]) -> None:
        """Replaces the text by another of the same length, character for character."""
        self.text = convert(self.text)

    def apply(self, edits: Sequence[tuple[int, int, str]]) -> bool:
        """Applies replacements (start, end, text), in order and without overlap; true when there was one.

        Every character of a replacement comes from all that it replaced.
        """
        if not edits:
            return False
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, replacement in edits:
            pieces += (self.text[done:start], replacement)
            starts += self.starts[done:start]
            ends += self.ends[done:start]
            if replacement:
                starts += [self.starts[start]] * len(replacement)
                ends += [self.ends[end - 1]] * len(replacement)
            done = end
        pieces.append(self.text[done:])
        self.text = "".join(pieces)
        self.starts = starts + self.starts[done:]
        self.ends = ends + self.ends[done:]
        return True

    def search_form(self) -> SearchForm:
        """The finished search form."""
        return SearchForm(self.text, tuple(self.starts), tuple(self.ends))
