"""Titles that people gave to documents, kept beside the generations of an index for when the files are read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

TITLES_FILE = "titles.json"


def load_titles(index: Path) -> dict[str, str]:
    """The given titles by the ids of the documents; none where there are none."""
    try:
        known = json.loads((index / TITLES_FILE).read_bytes())
        return {str(document_id): str(title) for document_id, title in known.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError):
        # The documents keep the titles that they have; only a file that is read again takes its own.
        return {}


def save_titles(index: Path, titles: Mapping[str, str]) -> None:
    """Writes the given titles; OSError when the disk refuses."""
    if not titles and not (index / TITLES_FILE).exists():
        return
    beside = index / f"{TITLES_FILE}.new"
    beside.write_text(
        json.dumps(dict(titles), ensure_ascii=False, indent=1), encoding="utf-8", errors="backslashreplace"
    )
    beside.replace(index / TITLES_FILE)
