"""Web pages: the main text by trafilatura, its headings, the title and the date that the page states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.errors import EmptySourceError, SourceError
from index.sources.blocks import Block, join_blocks
from index.sources.dates import iso_date
from index.sources.encoding import decode
from index.sources.metadata import find_published, find_source, tidy_title
from index.sources.page import Page

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
DATE_NAMES = frozenset(
    (
        "pubdate", "publishdate", "publish_date", "publishtime", "article:published_time",
        "datepublished", "dc.date", "date", "weibo:article:create_at",
    )
)  # fmt: skip
SOURCE_NAMES = frozenset(
    (
        "contentsource", "source", "og:site_name", "mediaid",
    )
)  # fmt: skip
BLOCK_TAGS = frozenset(
    (
        "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
        "blockquote", "table", "ul", "ol", "br",
    )
)  # fmt: skip
SKIPPED_TAGS = frozenset(
    (
        "script", "style", "noscript", "template", "head", "nav", "footer", "iframe", "svg", "form",
        "button", "select",
    )
)  # fmt: skip


def read_html(data: bytes, name: str) -> Page:
    """The page of an `.html` file; offsets are of the extracted text.

    Raises:
        EmptySourceError: the page has no text.
        SourceError: the page cannot be parsed, or its encoding is unknown.
    """
    declared = CHARSET.search(data[:4096])
    markup = decode(data, name, declared.group(1).decode("ascii") if declared else "")
    tree = _parse(markup, name)
    text, headings = join_blocks(_main_blocks(markup))
    everything, every_heading = join_blocks(_blocks(tree))
    # Trafilatura drops the body of very short or oddly built pages; then all visible text is better than a fragment.
    if len(text) < 80 or len(text) * 8 < len(everything):
        text, headings = everything, every_heading
    if not text.strip():
        raise EmptySourceError(f"网页 {name} 里没有正文文字；请换一个有内容的网页。")
    meta = _meta(tree)
    return Page(
        text=text,
        title=_title(tree),
        source=find_source(text) or find_source(everything) or _first(meta, SOURCE_NAMES),
        published=iso_date(_first(meta, DATE_NAMES)) or find_published(text) or find_published(everything),
        headings=headings,
    )


def _parse(markup: str, name: str) -> Any:
    import lxml.etree
    import lxml.html

    # lxml refuses a str with an encoding declaration, and a NUL ends the parse.
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup).replace("\x00", "")
    try:
        return lxml.html.document_fromstring(cleaned)
    except lxml.etree.ParserError as error:
        raise EmptySourceError(f"网页 {name} 里没有正文文字；请换一个有内容的网页。") from error
    except ValueError as error:
        raise SourceError(f"网页 {name} 无法解析；请在浏览器里另存为 UTF-8 网页后重试。") from error


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _title(tree: Any) -> str:
    for path in ("//h1", "//meta[@property='og:title']/@content", "//title"):
        for found in tree.xpath(path):
            title = tidy_title(_squeeze(found if isinstance(found, str) else found.text_content()))
            if len(title) >= 2:
                return title
    return ""


def _meta(tree: Any) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag in tree.xpath("//meta[@content]"):
        key = (tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower()
        fields.setdefault(key, tag.get("content").strip())
    return fields


def _first(meta: dict[str, str], names: frozenset[str]) -> str:
    return next((value for key, value in meta.items() if key in names and value), "")


def _main_blocks(markup: str) -> Iterator[Block]:
    import lxml.etree
    import trafilatura

    xml = trafilatura.extract(
        markup, output_format="xml", include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    if not xml:
        return
    root = lxml.etree.fromstring(xml.encode("utf-8"))
    for part in root.iter("head", "p", "item", "row", "quote", "code"):
        if any(above.tag in {"row", "p", "item", "head"} for above in part.iterancestors()):
            continue
        if part.tag == "row":
            yield Block("\t".join(_squeeze("".join(cell.itertext())) for cell in part.iter("cell")))
        elif part.tag == "head":
            yield Block(_squeeze("".join(part.itertext())), _level(part.get("rend") or ""))
        elif part.tag != "quote" or not any(below.tag == "p" for below in part.iter()):
            for line_break in part.iter("lb"):
                line_break.tail = "\n" + (line_break.tail or "")
            yield Block("".join(part.itertext()))


def _level(rend: str) -> int:
    digits = re.sub(r"\D", "", rend)
    return min(int(digits), 6) if digits else 2


def _blocks(tree: Any) -> Iterator[Block]:
    """All visible text of the page, one block an element that starts a line."""
    parts: list[str] = []
    level = 0

    def flush() -> Iterator[Block]:
        nonlocal level
        text = _squeeze("".join(parts))
        parts.clear()
        if text:
            yield Block(text, level)
        level = 0

    def walk(element: Any) -> Iterator[Block]:
        nonlocal level
        tag = element.tag if isinstance(element.tag, str) else ""
        breaks = tag in BLOCK_TAGS
        if breaks:
            yield from flush()
            level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
        if tag and tag not in SKIPPED_TAGS:
            parts.append(element.text or "")
            for child in element:
                yield from walk(child)
                parts.append(child.tail or "")
        if tag in {"td", "th"}:
            parts.append("\t")
        if breaks:
            yield from flush()

    body = tree.find("body")
    yield from walk(body if body is not None else tree)
    yield from flush()
