"""A page becomes a document: its noise, headings, places, quality and what it says about itself are found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from index.cleaning import find_holes, find_noise, merge_noise
from index.cleaning.site import find_site_noise
from index.forms import counted_form, short_form
from index.places import document_places_of, mentions_in, titled_places
from index.places.level import document_level
from index.quality import quality_findings
from index.sources.authors import find_author
from index.sources.document_number import find_number
from index.sources.headings import find_headings, table_rules
from index.sources.metadata import find_published, find_source, find_title
from index.sources.page import Page
from index.types import Document, Heading, Noise

_HEAD = 600


def make_document(
    page: Page, origin: str, file: str, record: str, sha256: str, shell: frozenset[str] = frozenset()
) -> Document:
    """The complete document of a page, its title never empty; `shell` are the lines that the pages of its site share."""
    text = page.text
    noise = merge_noise((*page.noise, *find_noise(text), *find_site_noise(text, shell)), len(text))
    headings = page.headings or find_headings(text, noise)
    noise = merge_noise((*noise, *table_rules(text), *_heading_marks(text, headings)), len(text))
    title = page.title or find_title(text, noise)
    source = page.source or find_source(text)
    number = page.number or find_number(text)
    findings = (*quality_findings(text, noise), *_holes(text, noise))
    form = counted_form(text, noise, any(code == "spun" for code, _ in findings)).text
    # As `Passages` asks for it, so that it is made once.
    title_form = short_form(title, False)
    places = _places(page, title_form, form)
    return Document(
        id=hashlib.blake2b(origin.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        text=text,
        title=title,
        source=source,
        published=page.published or find_published(text),
        origin=origin,
        file=file,
        record=record,
        sha256=sha256,
        headings=headings,
        noise=noise,
        places=places,
        quality=tuple(code for code, _ in findings),
        card=page.card,
        author=page.author or find_author(text),
        number=number,
        level=document_level(title_form, source, form[:_HEAD], places, number),
        pages=page.pages,
        reasons=findings,
    )


def _places(page: Page, title: str, form: str) -> tuple[str, ...]:
    if page.place.strip():
        return document_places_of((), (), "", page.place)
    titled = mentions_in(title)
    return document_places_of(titled, mentions_in(form, titled_places(titled)), form)


def _holes(text: str, noise: Sequence[Noise]) -> tuple[tuple[str, str], ...]:
    """The finding that figures or names were taken out of sentences, which then must not be quoted as if whole."""
    holes = [
        span for span in find_holes(text) if not any(one.start <= span.start and span.end <= one.end for one in noise)
    ]
    if not holes:
        return ()
    shown = text[holes[0].start : holes[0].end].strip()[:20]
    return (("holes", f"有 {len(holes)} 句被删去或遮盖了数字、名称（如“{shown}…”）"),)


def _heading_marks(text: str, headings: Sequence[Heading]) -> Iterator[Noise]:
    """The Markdown signs around headings on their lines (`## `, `**`), which are layout and no text."""
    for heading in headings:
        begin = text.rfind("\n", 0, heading.start) + 1
        stop = text.find("\n", heading.end)
        for start, end in ((begin, heading.start), (heading.end, len(text) if stop < 0 else stop)):
            if text[start:end].strip() and not text[start:end].strip(" \t\r#*_"):
                yield Noise(start, end, "标题符号")
