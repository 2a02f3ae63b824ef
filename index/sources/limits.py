"""How long and with how much memory a file may be read, by its format."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

from index.sources.formats import PICTURES, suffix_of

# Our own readers are linear and done in a moment; what takes longer is no document.
_SECONDS = 10.0
# A reader of PDF stops itself after a minute, and LibreOffice is stopped after one.
_SLOW_SECONDS = 75.0
# Recognising the text of a scan takes seconds a page; its reader stops itself after half an hour.
_SCAN_SECONDS = 1_860.0
MEMORY = 1 << 30
_SCAN_MEMORY = 3 << 30


def seconds_for(name: str) -> float:
    """The seconds that reading a small file of this name may take."""
    suffix = suffix_of(name)
    if suffix in (".pdf", *PICTURES):
        return _SCAN_SECONDS if has_recognition() else _SLOW_SECONDS
    from index.sources.legacy import TARGETS

    return _SLOW_SECONDS if suffix in TARGETS or suffix == ".zip" else _SECONDS


def memory_for(name: str) -> int:
    """The bytes of private memory that reading a file of this name may take."""
    return _SCAN_MEMORY if suffix_of(name) in (".pdf", *PICTURES) and has_recognition() else MEMORY


@lru_cache(maxsize=1)
def has_recognition() -> bool:
    """Whether text recognition is installed."""
    return find_spec("rapidocr") is not None
