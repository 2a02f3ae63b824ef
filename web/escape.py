"""Text of documents, people and models made inert: it can be neither HTML nor Markdown."""

from __future__ import annotations

import string

# Every ASCII sign that HTML or Markdown could read becomes an entity, so one function serves both; blank lines would
# end an HTML block of Markdown, so a line end becomes a tag; other control characters have no look and are left out.
CONTROLS = dict.fromkeys((*range(32), 127, *range(128, 160)), "")
INERT = CONTROLS | {ord("\t"): " ", ord("\n"): "<br>"} | {ord(sign): f"&#{ord(sign)};" for sign in string.punctuation}


def escape(text: str) -> str:
    """The text as it may stand in HTML or Markdown, on one line."""
    return text.replace("\r\n", "\n").translate(INERT)
