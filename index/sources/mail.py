"""Letters (`.eml`) and web archives (`.mhtml`): subject, date and sender, the body, and what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.utils import parseaddr, parsedate_to_datetime

from index.errors import EmptySourceError
from index.sources.archive import MEGABYTE, MOST_BYTES, MOST_MEMBERS, BrokenMember, Budget, Member, safe_path
from index.sources.blocks import Block
from index.sources.dates import iso_date
from index.sources.html import read_html
from index.sources.mime import Part, header, leaves, parse_message
from index.sources.page import Page
from index.sources.sections import Section, join_sections

FRAMESET = re.compile(r"<frameset", re.IGNORECASE)


def read_mail(data: bytes, name: str) -> Page:
    """The page of an `.eml` file: its plain text, or else its html; the sender is source and author.

    Raises:
        EmptySourceError: no body and no subject.
        SourceError: not a letter, or built so that it cannot be read.
    """
    message = parse_message(data, name)
    bodies = [part for part in leaves(message, name) if not part.attached]
    subject = header(message, "Subject")
    sender, address = parseaddr(header(message, "From"))
    text = "\n\n".join(filter(None, (part.text(name).strip() for part in bodies if part.kind == "text/plain")))
    page = (
        Page(text) if text else _web_page([part for part in bodies if part.kind == "text/html"], name) or Page(subject)
    )
    if not page.text:
        raise EmptySourceError(f"邮件 {name} 没有正文；请换一封有内容的邮件，或另存其附件。")
    return Page(
        page.text,
        title=subject or page.title,
        source=sender or address,
        published=_date(header(message, "Date")),
        headings=page.headings,
        noise=page.noise,
        author=sender or address,
    )


def mail_members(data: bytes, name: str) -> Iterator[Member | BrokenMember]:
    """The attachments of a letter, a letter inside it as one `.eml`; pictures shown in the text are no attachments.

    Raises:
        SourceError: as `read_mail`.
    """
    budget = Budget()
    for number, part in enumerate(leaves(parse_message(data, name), name), start=1):
        if not part.attached:
            continue
        path = budget.unique(safe_path(part.file_name or f"附件{number}{part.suffix}"))
        if budget.members <= 0 or budget.left < len(part.content):
            limit = f"{MOST_MEMBERS} 个或 {MOST_BYTES // MEGABYTE} MB"
            yield BrokenMember(path, f"邮件 {name} 的附件超过上限 {limit}，从 {path} 起没有读取；请另存附件后重试。")
            return
        budget.members -= 1
        budget.left -= len(part.content)
        if part.content:
            yield Member(path, part.content)
        else:
            yield BrokenMember(path, f"邮件 {name} 的附件 {path} 是空的或编码已损坏；请另存附件后重试。")


def read_mhtml(data: bytes, name: str) -> Page:
    """The page of an `.mht` or `.mhtml` file: its main web page, or all frames where that is only a set of frames.

    Raises:
        EmptySourceError: no part is a web page with text.
        SourceError: as `read_mail`.
    """
    parts = [part for part in leaves(parse_message(data, name), name) if part.kind == "text/html"]
    framed = bool(parts) and FRAMESET.search(parts[0].text(name)) is not None
    page = _web_page(parts[1:] if framed else parts[:1], name)
    if page is None:
        raise EmptySourceError(f"网页 {name} 里没有正文文字；请换一个有内容的网页。")
    return page


def _web_page(parts: Sequence[Part], name: str) -> Page | None:
    """The web pages one under another, or None where none has text."""
    pages: list[Page] = []
    for part in parts:
        try:
            # In UTF-8, so that the encoding which the part's own header states is not lost.
            pages.append(read_html(part.text(name).encode("utf-8", "replace"), name))
        except EmptySourceError:
            # A frame without text (a picture, a menu that was left out) says nothing; the others count.
            continue
    if len(pages) < 2:
        return pages[0] if pages else None
    joined = join_sections(Section((Block(page.text),)) for page in pages)
    return Page(joined.text, title=next((page.title for page in pages if page.title), ""), source=pages[0].source)


def _date(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return iso_date(text)
