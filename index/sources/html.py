"""Web pages: all visible text in the page's order, less what stands where pages keep menus; trafilatura votes on the rest."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from index.errors import EmptySourceError, SourceError
from index.sources.authors import find_author
from index.sources.blocks import Block, join_blocks
from index.sources.document_number import find_number
from index.sources.encoding import decode
from index.sources.headings import find_headings
from index.sources.html_attributes import without_floods
from index.sources.html_blocks import PageBlock, page_blocks
from index.sources.html_main import main_blocks
from index.sources.html_meta import Stated, stated
from index.sources.metadata import TITLE_MOST, find_published, find_source, tidy_title
from index.sources.page import Page
from index.types import Heading

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
SHORT = 80
# All tags that can hold others; what they say is lost with them, and the text stays.
NESTING = re.compile(r"</?(?!(?:html|head|body|title|meta|script|style|br)\b)([a-zA-Z][\w:-]{0,30})[^<>]*>")
INLINE = frozenset(("a", "b", "i", "u", "em", "strong", "font", "span", "small", "big", "o:p", "label", "img"))
# Ordinary pages have a few thousand elements some twenty deep; the extractor takes about two seconds for this much.
DEPTHS_MOST = 500_000
# A page of more tags is a dump of a database, and its tree would take gigabytes.
TAGS_MOST = 600_000
FRAME_DEPTH = 3
FRAMES_MOST = 50
FRAMES_NAMED = 5
# How far into the text the heading of the article may stand.
OPENING = 200
NUMBERED_HEADING = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|第[一二三四五六七八九十]{1,3}[章节部篇编]"
)
BLANKS = re.compile(r"\s+")


def read_html(data: bytes, name: str) -> Page:
    """The page of an `.html` file; offsets are of the extracted text.

    Raises:
        EmptySourceError: the page has no text.
        SourceError: the page cannot be parsed or is too large, its encoding is unknown, or its text lies in other files.
    """
    declared = CHARSET.search(data[:4096])
    markup = decode(data, name, declared.group(1).decode("ascii") if declared else "")
    if (tags := markup.count("<")) > TAGS_MOST:
        raise SourceError(f"网页 {name} 有 {tags} 个标签，超过上限 {TAGS_MOST}；请拆分，或把正文另存为文本后重试。")
    tree = _parse(without_floods(markup), name)
    _open_inner_pages(tree, FRAME_DEPTH)
    article, blocks = _seen_page(tree, name)
    everything = _joined(blocks)[0]
    if not everything:
        raise _without_text(tree, name)
    text, tagged = _joined(main_blocks(blocks, _main_text(article)))
    # Where the choice leaves a fragment of an oddly built page, all visible text is better.
    if len(text) < SHORT or len(text) * 8 < len(everything):
        text, tagged = _joined(blocks)
    page = stated(tree)
    return Page(
        text=text,
        title=_title(page, text, tagged),
        source=find_source(text) or find_source(everything) or page.source,
        published=page.published or find_published(text) or find_published(everything),
        headings=_headings(text, tagged),
        author=find_author(text) or page.author or find_author(everything),
        number=find_number(text) or find_number(everything),
    )


def _parse(markup: str, name: str) -> Any:
    import lxml.etree
    import lxml.html

    # lxml refuses a str with an encoding declaration, and a NUL ends the parse.
    cleaned = _undeclared(markup)
    parser = lxml.html.HTMLParser()
    try:
        tree = lxml.html.document_fromstring(cleaned, parser=parser)
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            # Tags that are opened and never closed nest without end, and the parser stops at its limit of depth.
            # The same limits hold for the length of a text, so they are lifted for the page that is flat now.
            flat = lxml.html.HTMLParser(huge_tree=True)
            tree = lxml.html.document_fromstring(NESTING.sub(_flat, cleaned), parser=flat)
    except lxml.etree.ParserError as error:
        raise EmptySourceError(f"网页 {name} 里没有正文文字；请换一个有内容的网页。") from error
    except ValueError as error:
        raise SourceError(f"网页 {name} 无法解析；请在浏览器里另存为 UTF-8 网页后重试。") from error
    else:
        return tree


def _undeclared(markup: str) -> str:
    declared = XML_DECLARATION.match(markup)
    return markup[declared.end() if declared else 0 :].replace("\x00", "")


def _flat(tag: re.Match[str]) -> str:
    return "<br>" if tag.group(1).lower() not in INLINE else ""


def _open_inner_pages(tree: Any, depth: int) -> None:
    """Puts the pages that iframes carry in themselves (`srcdoc`) in the place of the iframes."""
    import lxml.etree
    import lxml.html

    for frame in list(tree.iter("iframe"))[:FRAMES_MOST]:
        markup = _undeclared(frame.get("srcdoc") or "")
        if not markup.strip() or depth == 0 or frame.getparent() is None:
            continue
        try:
            inner = lxml.html.document_fromstring(without_floods(markup))
        except lxml.etree.ParserError:
            continue  # An iframe with nothing in it.
        _open_inner_pages(inner, depth - 1)
        body = inner.find("body")
        place = lxml.html.Element("div")
        place.extend(list(body) if body is not None else [])
        place.text = body.text if body is not None else None
        place.tail = frame.tail
        frame.getparent().replace(frame, place)


def _seen_page(tree: Any, name: str) -> tuple[Any, list[PageBlock]]:
    """The page with its blocks, or what a page of frames holds for browsers without frames, where that is an article."""
    body = tree.find("body")
    blocks = page_blocks(body if body is not None else tree)
    if tree.find(".//frameset") is None:
        return tree, blocks
    for spare in tree.iter("noframes"):
        # The parser takes what stands there for plain text.
        inner = _parse(spare.text_content() or " ", name)
        body = inner.find("body")
        inside = page_blocks(body) if body is not None else []
        if sum(len(block.text) for block in inside) >= SHORT:
            return inner, inside
    return tree, []


def _title(page: Stated, text: str, tagged: Sequence[Heading]) -> str:
    """The title that the page gives, or the heading that the article opens with where the article does not show that title.

    A heading that the browser's title holds behind the article's is the name of the site.
    """
    opening = tidy_title(tagged[0].text) if tagged and tagged[0].start < OPENING and tagged[0].level <= 3 else ""
    if not 4 <= len(opening) <= TITLE_MOST or NUMBERED_HEADING.match(opening) or opening in page.window:
        return page.title
    return page.title if page.title and BLANKS.sub("", page.title) in BLANKS.sub("", text) else opening


def _without_text(tree: Any, name: str) -> SourceError:
    """The error of a page without visible text: frames that lie in other files, or nothing at all."""
    files = [frame.get("src").strip() for frame in tree.iter("frame", "iframe") if (frame.get("src") or "").strip()]
    if files:
        named = "、".join(file.rsplit("/", 1)[-1][:60] or file[:60] for file in files[:FRAMES_NAMED])
        return SourceError(f"网页 {name} 只有框架，正文在另外的文件（{named}）里；请打开并另存那些框架页后重试。")
    return EmptySourceError(f"网页 {name} 里没有正文文字；请换一个有内容的网页。")


def _main_text(tree: Any) -> str:
    """What trafilatura takes for the article, as plain lines; "" for a page so large and deep that it would take minutes."""
    import trafilatura

    if _depths(tree) > DEPTHS_MOST:
        return ""
    found = trafilatura.extract(
        copy.deepcopy(tree), include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    return found or ""


def _depths(tree: Any) -> int:
    """The depths of all elements together: what trafilatura's time grows with."""
    import lxml.etree

    total = depth = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        total += depth
    return total


def _joined(blocks: Sequence[PageBlock]) -> tuple[str, tuple[Heading, ...]]:
    return join_blocks(Block(block.text, block.level) for block in blocks)


def _headings(text: str, tagged: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings by tag, and between them those that only their number or form tells."""
    taken = {heading.start for heading in tagged}
    found = [heading for heading in find_headings(text) if heading.start not in taken]
    return tuple(sorted((*tagged, *found), key=lambda heading: heading.start))
