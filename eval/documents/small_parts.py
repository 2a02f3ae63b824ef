"""One change of an index with parts so small that a kill finds some of them finished and a few files make many of them.

Run as `python -m eval.documents.small_parts build|scan INDEX PATH…`: a large library in little, for the killing of resumed
builds, and of keyword files that two generations share.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

PART = 8


def make_small() -> None:
    """Makes the parts of all writing in this process small, and lets even a small index share its keyword files."""
    from index import keyword_draft, parts_draft

    vars(parts_draft).update(MOST_DOCUMENTS=PART)
    vars(keyword_draft).update(_FEW_CHUNKS=0)


def main(arguments: Sequence[str]) -> int:
    """Makes the change; each step of it is a line on stderr."""
    from index.build import build, scan
    from index.settings import Settings

    make_small()
    action, folder, *paths = arguments
    {"build": build, "scan": scan}[action](Settings(folder=Path(folder)), [Path(path) for path in paths], _told)
    return 0


def _told(done: int, total: int | None, what: str) -> None:
    sys.stderr.write(f"{what} {done}/{total}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
