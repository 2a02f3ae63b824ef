"""The visible text of a web page as blocks, in the order of the page: paragraphs, headings, list points, rows of tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.sources.html_tables import data_table_lines

BREAKING = frozenset(
    (
        "p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "aside", "nav",
        "main", "header", "footer", "blockquote", "table", "tbody", "thead", "caption", "ul", "ol", "dl", "dt", "dd",
        "br", "hr", "pre", "figure", "figcaption", "center", "form", "fieldset", "address", "details", "summary",
        "option",
    )
)  # fmt: skip
UNSEEN = frozenset(
    (
        "script", "style", "noscript", "template", "head", "iframe", "frame", "frameset", "noframes", "svg", "math",
        "object", "embed", "applet", "canvas", "audio", "video", "map", "select", "textarea", "button", "datalist", "rt",
        "rp", "input",
    )
)  # fmt: skip
# Where a page keeps its menus and its imprint, whatever it says there.
SHELL_TAGS = frozenset(
    (
        "nav", "footer", "form", "aside", "menu",
    )
)  # fmt: skip
SHELL_ROLES = frozenset(
    (
        "navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog",
    )
)  # fmt: skip
SHELL_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|foot|footer|copyright|breadcrumbs?|crumbs?|sidebar|share|bdsharebuttonbox|relat(?:ed|ion)|recommend"
    r"|hotnews|rank(?:ing)?|pager?|paging|friendlinks?|qrcode|toolbar|comments?|login|search|cookies?|advert|ads?|beian|weizhi|location)(?:$|[\s_-])",
    re.IGNORECASE,
)
HIDDEN_STYLE = re.compile(
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|font-size\s{0,4}:\s{0,4}0(?![.\d])|opacity\s{0,4}:\s{0,4}0(?![.\d])"
    r"|(?:left|top|text-indent)\s{0,4}:\s{0,4}-\d{3,5}",
    re.IGNORECASE,
)
HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]")
MARKED = re.compile(r"[\d(（一二三四五六七八九十第]")
ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
MARKUP = re.compile(r"</?(?:p|div|br|li|tr|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
INLINE_MARKUP = re.compile(
    r"</?(?:span|strong|b|em|i|u|font|a|img|td|th|table|tbody|ul|ol|o:p)\b[^<>]{0,200}>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One line of a page: its text, its heading level (0 for prose), how many of its characters are links.

    `container` tells apart the elements that hold blocks; `is_shell` says that it stands where pages keep menus and imprints.
    """

    text: str
    level: int
    linked: int
    container: int
    is_shell: bool
    is_row: bool = False

    @property
    def is_links(self) -> bool:
        """Whether most of it is links, as in menus and lists of other articles."""
        return self.linked * 2 > len(self.text)


def page_blocks(body: Any) -> list[PageBlock]:
    """The blocks of all that a reader of the page sees; scripts, hidden elements and pinyin above characters are left out."""
    return list(_Walk(body).blocks())


def is_hidden(element: Any) -> bool:
    """Whether an element is there for programs or search engines only."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and HIDDEN_STYLE.search(style))


class _Walk:
    """One pass over a page: what has been read of the block that is open, and where it stands."""

    def __init__(self, body: Any) -> None:
        self.body = body
        self.parts: list[str] = []
        self.linked = 0
        self.level = 0
        self.links = 0
        self.shells = 0
        self.verbatim = 0
        self.containers: list[tuple[Any, int]] = [(body, 0)]
        self.homes = 0
        self.counts: list[list[int]] = []
        self.mark = ""
        self.named: list[bool] = []
        self.sizes: dict[Any, int] = {}

    def blocks(self) -> Iterator[PageBlock]:
        stack: list[tuple[Any, bool]] = [(self.body, False)]
        while stack:
            element, is_left = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if is_left:
                yield from self._leave(element, tag)
            elif not tag or (tag in UNSEEN and element is not self.body) or is_hidden(element):
                pass
            elif tag == "table" and (lines := data_table_lines(element)):
                yield from self._flush()
                for line in lines:
                    yield self._block(line, 0, True)
            else:
                yield from self._enter(element, tag)
                stack.append((element, True))
                stack += [(child, False) for child in reversed(element)]
                self._read(element.text)
                continue
            if element is not self.body:
                self._read(element.tail)
        yield from self._flush()

    def _enter(self, element: Any, tag: str) -> Iterator[PageBlock]:
        if tag in BREAKING and not (tag == "br" and self.level):
            yield from self._flush()
        if tag == "br" and self.level:
            self.parts.append(" ")
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.level = int(tag[1])
        if tag in {"ol", "ul"}:
            start = element.get("start") or "1"
            self.counts.append(
                [int(start) if tag == "ol" and start.isdecimal() and len(start) < 6 else int(tag == "ol")]
            )
        if tag == "li" and self.counts and self.counts[-1][0]:
            self.mark = f"{self.counts[-1][0]}. "
            self.counts[-1][0] += 1
        if tag in {"div", "td", "section", "article", "ul", "ol", "nav", "footer", "header", "aside", "center", "main"}:
            self.homes += 1
            self.containers.append((element, self.homes))
        self.links += tag == "a"
        self.verbatim += tag == "pre"
        self.named.append(self._is_shell(element, tag))
        self.shells += self.named[-1]

    def _leave(self, element: Any, tag: str) -> Iterator[PageBlock]:
        if tag in BREAKING and tag != "br":
            yield from self._flush()
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.level = 0
        if tag in {"ol", "ul"}:
            self.counts.pop()
        if self.containers[-1][0] is element and element is not self.body:
            self.containers.pop()
        self.links -= tag == "a"
        self.verbatim -= tag == "pre"
        self.shells -= self.named.pop()

    def _is_shell(self, element: Any, tag: str) -> bool:
        if tag in SHELL_TAGS or element.get("role") in SHELL_ROLES:
            named = True
        else:
            named = tag in BREAKING and bool(
                SHELL_NAME.search(element.get("class") or "") or SHELL_NAME.search(element.get("id") or "")
            )
        # A wrapper around most of the page is no shell, whatever it is called; ASP.NET puts whole pages into a form.
        if not named or self.shells:
            return named
        self.sizes = self.sizes or _seen_characters(self.body)
        return self.sizes[element] * 2 < self.sizes[self.body]

    def _read(self, text: str | None) -> None:
        if not text:
            return
        if self.links:
            self.linked += len(text.strip())
        self.parts.append(text.replace("\n", "\x1f") if self.verbatim else text)

    def _flush(self) -> Iterator[PageBlock]:
        linked, raw = self.linked, "".join(self.parts)
        self.parts.clear()
        self.linked = 0
        for line in _lines(raw):
            if self.mark:
                marked = line if MARKED.match(line) else self.mark + line
                self.mark = ""
                yield self._block(marked, linked)
            else:
                yield self._block(line, linked)

    def _block(self, text: str, linked: int, is_row: bool = False) -> PageBlock:
        return PageBlock(text, self.level, linked, self.containers[-1][1], self.shells > 0, is_row)


def _seen_characters(body: Any) -> dict[Any, int]:
    """How many characters each element shows, those below it included, scripts and the like aside."""
    elements = list(body.iter())
    sizes = dict.fromkeys(elements, 0)
    # Those below come behind in the list, so they are counted when their parent's turn comes.
    for element in reversed(elements):
        is_seen = element is body or (isinstance(element.tag, str) and element.tag not in UNSEEN)
        sizes[element] = (sizes[element] + len((element.text or "").strip())) * is_seen
        if element is not body:
            sizes[element.getparent()] += sizes[element] + len((element.tail or "").strip())
    return sizes


def _lines(raw: str) -> Iterator[str]:
    """The lines of one block: entities that were escaped twice are read, and markup that stood there as text is taken out."""
    if "&" in raw and ENTITY.search(raw):
        raw = html.unescape(raw)
    if "<" in raw and MARKUP.search(raw):
        raw = INLINE_MARKUP.sub("", MARKUP.sub("\x1f", raw))
    for line in raw.split("\x1f"):
        squeezed = squeeze(line)
        if squeezed:
            yield squeezed


def squeeze(text: str) -> str:
    """The text with one blank for each run of blanks; a line end of the source between two Chinese characters is none."""
    return re.sub(r"\s+", _blank, text.strip())


def _blank(run: re.Match[str]) -> str:
    text, start, end = run.string, run.start(), run.end()
    if "\n" in run.group() and HAN.match(text, start - 1) and HAN.match(text, end):
        return ""
    return " "
