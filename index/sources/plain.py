"""Plain text and Markdown files."""

from __future__ import annotations

import re

from index.errors import EmptySourceError
from index.sources.dates import iso_date
from index.sources.encoding import decode
from index.sources.front_matter import read_front_matter
from index.sources.headings import table_rules, without_closing
from index.sources.page import Page
from index.types import Noise

FIRST_HEADING = re.compile(r"^[ \t]{0,3}#{1,2}[ \t]+([^\s#].*)$", re.MULTILINE)


def read_plain(data: bytes, name: str) -> Page:
    """The page of a `.txt` or `.md` file: all its text; front matter and the rules of Markdown tables are marked as noise."""
    text = decode(data, name)
    front = read_front_matter(text)
    if front is None:
        heading = FIRST_HEADING.search(text)
        return Page(text=text, title=without_closing(heading.group(1)) if heading else "", noise=table_rules(text))
    if not text[front.end :].strip():
        raise EmptySourceError(f"文件 {name} 只有文件头信息，没有正文；请补上正文后重试。")
    heading = FIRST_HEADING.search(text, front.end)
    dates = sorted(filter(None, (iso_date(publication.date) for publication in front.based_on)))
    return Page(
        text=text,
        title=front.title or (without_closing(heading.group(1)) if heading else ""),
        source=front.source or front.publications,
        published=iso_date(front.published) or (dates[-1] if dates else None),
        place=front.place,
        card=front.card,
        noise=(Noise(0, front.end, "文件头信息"), *(rule for rule in table_rules(text) if rule.start >= front.end)),
    )
