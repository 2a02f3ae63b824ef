"""Forms of a text that several cleaners look at; each has the length of the text, so that spans carry over."""

from __future__ import annotations

import re
from functools import lru_cache

from index.normalise.characters import simplify

SURROGATES = re.compile("[\ud800-\udfff]")


def well_formed(text: str) -> str:
    """The text with lone surrogates, which libraries refuse, replaced one by one."""
    return SURROGATES.sub("\ufffd", text)


@lru_cache(maxsize=4)
def simple_form(text: str) -> str:
    """The text in simplified characters."""
    return simplify(text)
