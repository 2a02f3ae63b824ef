"""The document of an index that an unknown file stands for: one that was moved, or an older state of the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from index.base import Base
from index.part import read_signatures
from index.prepare import Prepared
from index.quality import likeness
from index.store import Held

# Two files of one title and one source are two states of one document when they share this much.
_SAME_DOCUMENT = 0.3
# Titles with fewer characters (通知, 工作总结) name no document.
_LEAST_TITLE = 6


def predecessor(prepared: Prepared, base: Base, is_free: Callable[[Held], bool]) -> Held | None:
    """The held document that a file from a new place takes the place of, or None.

    One of the same bytes whose file is gone was moved. One of the same title and source, and of much of the same text,
    is an older state. Records of a corpus have ids of their own and are never guessed at; `is_free` refuses documents
    that something else was said about.
    """
    if prepared.record:
        return None
    alike = [one for one in base.store.held_alike(prepared.sha256, prepared.title) if not one.record and is_free(one)]
    for one in alike:
        if one.sha256 == prepared.sha256 and not Path(one.origin).exists():
            return one
    if not prepared.source or len(re.sub(r"\W", "", prepared.title)) < _LEAST_TITLE:
        return None
    return next((one for one in alike if _is_older_state(one, prepared, base)), None)


def _is_older_state(held: Held, prepared: Prepared, base: Base) -> bool:
    if (held.title, held.source) != (prepared.title, prepared.source) or held.sha256 == prepared.sha256:
        return False
    row = base.store.row_of(held)
    signatures = read_signatures(base.parts[held.part].folder)
    return float(likeness(prepared.signature, signatures[row : row + 1])[0]) >= _SAME_DOCUMENT
