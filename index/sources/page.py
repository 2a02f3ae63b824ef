"""What a reader found in one file, before the document is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Heading, Noise


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one file (or one line of a corpus) with what the format itself states about it.

    Empty fields mean that the format does not say; `index.sources.metadata` then looks into the text. `place` is a
    declared place such as 「安徽省蚌埠市」. `noise` holds spans that only the reader can know (front matter, page numbers).
    `pages` holds where each printed page begins in `text`; () for a format without pages. `remarks` are lines for the person
    about parts that could not be read (Chinese).
    """

    text: str
    title: str = ""
    source: str = ""
    published: str | None = None
    place: str = ""
    card: str = ""
    headings: tuple[Heading, ...] = ()
    noise: tuple[Noise, ...] = ()
    author: str = ""
    number: str = ""
    pages: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
