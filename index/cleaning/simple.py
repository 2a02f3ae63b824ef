"""The simplified form of a text that several cleaners look at, made once."""

from __future__ import annotations

from functools import lru_cache

from index.normalise.characters import simplify


@lru_cache(maxsize=4)
def simple_form(text: str) -> str:
    """The text in simplified characters, of the same length."""
    return simplify(text)
