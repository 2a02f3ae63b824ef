"""Other html extractors, in an environment of their own: pages go in as JSON on stdin, texts come out as JSON on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

Extractor = Callable[[str], tuple[str, str]]


def extractors() -> dict[str, Extractor]:
    """Each extractor under the name that the table shows, as a function from a page to its (title, text)."""
    import lxml.html
    import trafilatura

    # Absent from our own environment, where the types are checked.
    inscriptis, readability = import_module("inscriptis"), import_module("readability")

    def by_trafilatura(**options: bool) -> Extractor:
        def extract(page: str) -> tuple[str, str]:
            known = trafilatura.extract_metadata(page)
            text = trafilatura.extract(page, include_comments=False, **options)
            return (known.title or "" if known else "", text or "")

        return extract

    def by_readability(page: str) -> tuple[str, str]:
        document = readability.Document(page)
        return document.short_title() or "", lxml.html.fromstring(document.summary()).text_content()

    return {
        "trafilatura（默认）": by_trafilatura(),
        "trafilatura（偏召回）": by_trafilatura(favor_recall=True),
        "trafilatura（偏精确）": by_trafilatura(favor_precision=True),
        "readability-lxml": by_readability,
        "inscriptis": lambda page: ("", inscriptis.get_text(page)),
    }


def main() -> None:
    """Reads {name: page}, writes {extractor: {name: [title, text]}}; a page that an extractor fails on gives an empty text."""
    # The pages hold characters of every script, whatever the locale of the machine.
    pages: dict[str, str] = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    found: dict[str, Any] = {}
    for name, extract in extractors().items():
        texts: dict[str, tuple[str, str]] = {}
        for page_name, page in pages.items():
            try:
                texts[page_name] = extract(page)
            except Exception as error:
                # Whatever a page makes it raise, its share is zero, and it is told.
                sys.stderr.write(f"{name} {page_name}: {type(error).__name__} {error}\n")
                texts[page_name] = ("", "")
        found[name] = texts
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8"))


if __name__ == "__main__":
    main()
