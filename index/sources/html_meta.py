"""What a web page states about itself outside its text: meta tags, JSON-LD, `<time>`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.sources.authors import author_names
from index.sources.dates import iso_date
from index.sources.html_blocks import squeeze
from index.sources.metadata import tidy_title

DATE_NAMES = (
    "pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "og:published_time", "og:release_date",
    "datepublished", "firstpublishedtime", "dc.date", "dc.date.issued", "weibo:article:create_at", "createdate", "date",
)  # fmt: skip
SOURCE_NAMES = ("contentsource", "source", "article:source", "og:site_name", "mediaid", "sitename")
AUTHOR_NAMES = ("author", "article:author", "og:article:author", "dc.creator", "weibo:article:author", "byline")
TITLE_NAMES = ("articletitle", "og:title", "twitter:title")
JSON_MOST = 1_000_000
ARTICLE_KINDS = frozenset(("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "WebPage", "Report"))


@dataclass(frozen=True, slots=True)
class Stated:
    """The title, source, date (ISO) and authors that a page states; empty where it does not. `window` is the browser's title."""

    title: str = ""
    window: str = ""
    source: str = ""
    published: str | None = None
    author: str = ""


def stated(tree: Any) -> Stated:
    """What the head of the page says, meta tags before JSON-LD before `<time>`."""
    meta = _meta(tree)
    article = next(_articles(tree), {})
    written = _first(meta, DATE_NAMES) or str(article.get("datePublished") or "")
    times = (iso_date(time.get("datetime") or "") for time in tree.iter("time"))
    window = next((squeeze(found.text_content()) for found in tree.iter("title")), "")
    return Stated(
        title=_title(tree, window, meta, article),
        window=window,
        source=_first(meta, SOURCE_NAMES) or _named(article.get("publisher")),
        published=iso_date(written) or next(filter(None, times), None),
        author=_author(_first(meta, AUTHOR_NAMES)) or _author(_named(article.get("author"))),
    )


def _meta(tree: Any) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = (tag.get("name") or tag.get("property") or tag.get("itemprop") or "").strip().lower()
        if tag.get("content"):
            fields.setdefault(key, tag.get("content").strip())
    return fields


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _title(tree: Any, window: str, meta: dict[str, str], article: dict[str, Any]) -> str:
    """The title that the page gives; its `<h1>` only where the browser's title holds it, for a logo is often one, too."""
    stem = tidy_title(window)
    headings = [tidy_title(squeeze(found.text_content())) for found in tree.iter("h1")]
    fitting = [heading for heading in headings if 2 <= len(heading) <= 200 and heading in stem]
    candidates = (
        *((meta["articletitle"],) if meta.get("articletitle") else ()),
        *sorted(fitting, key=len, reverse=True),
        *(headings if len(headings) == 1 and (len(headings[0]) >= 8 or not stem) else ()),
        _first(meta, TITLE_NAMES),
        str(article.get("headline") or ""),
        stem,
        *headings,
    )
    tidied = (tidy_title(squeeze(candidate)) for candidate in candidates)
    return next((title for title in tidied if len(title) >= 2), "")


def _author(written: str) -> str:
    """A person, or a short name of a body; an account such as 「admin」 is no author."""
    names = author_names(written)
    return names or (written if 2 <= len(written) <= 20 and not written.isascii() else "")


def _named(value: Any) -> str:
    """The name in a JSON-LD value: a text, an object with a name, or a list of such."""
    if isinstance(value, list):
        return "、".join(filter(None, (_named(part) for part in value[:6] if not isinstance(part, list))))
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > JSON_MOST:
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            # Sites write broken JSON-LD; the page's text says the same.
            continue
        nested = found.get("@graph", [found]) if isinstance(found, dict) else found
        for thing in nested if isinstance(nested, list) else []:
            kinds = thing.get("@type") if isinstance(thing, dict) else None
            if any(
                kind in ARTICLE_KINDS
                for kind in (kinds if isinstance(kinds, list) else [kinds])
                if isinstance(kind, str)
            ):
                yield thing
