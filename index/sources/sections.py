"""Sections of one file (slides, sheets, a table of contents) put together, with where each begins and what is noise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.sources.blocks import Block, join_blocks
from index.types import Heading, Noise


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that belong together; `reason` says in Chinese why they are noise, or is empty."""

    blocks: tuple[Block, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of all sections; `starts` holds where each of them begins, empty ones included."""

    text: str = ""
    headings: tuple[Heading, ...] = ()
    noise: tuple[Noise, ...] = ()
    starts: tuple[int, ...] = ()


def join_sections(sections: Iterable[Section]) -> Joined:
    """The sections one under another, a line end between two that are not empty."""
    parts: list[str] = []
    headings: list[Heading] = []
    noise: list[Noise] = []
    starts: list[int] = []
    at = 0
    for section in sections:
        text, found = join_blocks(section.blocks)
        starts.append(at)
        if not text:
            continue
        headings += [
            Heading(at + part.start, at + part.end, part.level, part.text) for part in found if not section.reason
        ]
        if section.reason:
            noise.append(Noise(at, at + len(text), section.reason))
        parts.append(text)
        at += len(text) + 1
    end = max(at - 1, 0)
    return Joined("\n".join(parts), tuple(headings), tuple(noise), tuple(min(start, end) for start in starts))
