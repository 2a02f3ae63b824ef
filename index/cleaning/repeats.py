"""Passages that a file holds more than once: the first occurrence stays, later ones are voted out."""

from __future__ import annotations

from collections.abc import Iterator

from index.cleaning.grams import repeats_window
from index.types import Noise

SHINGLE = 24
LEAST_PARAGRAPH = 30
LEAST_SENTENCES = 60
SENTENCE_ENDS = "。！？!?"
CLOSERS = "”’」』）)》】\"'"


def _compact(text: str) -> tuple[str, list[int], set[int], set[int], set[int]]:
    """The text without white space, where each character stood, where a sentence may begin or end, and paragraph borders.

    A blank line begins a paragraph; a single line end does not, since scraped lines break inside words.
    """
    characters: list[str] = []
    positions: list[int] = []
    begins, ends, paragraphs = {0}, set(), {0}
    newlines = 2
    for at, character in enumerate(text):
        if character.isspace():
            newlines += character == "\n"
            continue
        here = len(characters)
        if newlines >= 2 or (characters and _ends_sentence(characters, character)):
            begins.add(here)
            ends.add(here)
            paragraphs |= {here} if newlines else set()
        newlines = 0
        characters.append(character)
        positions.append(at)
    ends.add(len(characters))
    paragraphs.add(len(characters))
    return "".join(characters), positions, begins, ends, paragraphs


def _ends_sentence(characters: list[str], following: str) -> bool:
    if following in CLOSERS or following in SENTENCE_ENDS:
        return False
    at = len(characters) - 1
    while at >= 0 and characters[at] in CLOSERS:
        at -= 1
    return at >= 0 and characters[at] in SENTENCE_ENDS


def find_repeats(text: str) -> Iterator[Noise]:
    """Later copies of whole sentences or paragraphs (30 visible characters for a paragraph, 60 for sentences)."""
    bare = "".join(text.split())
    if len(bare) < 2 * LEAST_PARAGRAPH or not repeats_window(bare, SHINGLE):
        return
    compact, positions, begins, ends, paragraphs = _compact(text)
    for start, end in _copies(compact):
        first = next((at for at in range(start, end) if at in begins), None)
        last = next((at for at in range(end, start, -1) if at in ends), None)
        if first is None or last is None:
            continue
        whole = first in paragraphs and last in paragraphs
        if last - first >= (LEAST_PARAGRAPH if whole else LEAST_SENTENCES):
            yield Noise(positions[first], positions[last - 1] + 1, "重复段落")


def _copies(compact: str) -> Iterator[tuple[int, int]]:
    """Maximal ranges of `compact` of which every part also stands earlier in it, perhaps in other order."""
    seen: dict[str, int] = {}
    start = end = 0
    for at in range(len(compact) - SHINGLE + 1):
        if seen.setdefault(compact[at : at + SHINGLE], at) + SHINGLE > at:
            continue
        if at > end:
            yield start, end
            start = at
        end = at + SHINGLE
    yield start, end
