"""Reading the texts of the data folder, and the plain form that the model is trained on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.normalise import search_form


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a `.jsonl` or `.jsonl.gz` file, in its order."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def texts(path: Path, every: int = 1) -> Iterator[str]:
    """The `text` field (with its title, where there is one) of every `every`-th record of a corpus file."""
    for number, record in enumerate(records(path)):
        if number % every == 0:
            yield titled(record)


def titled(record: dict[str, Any]) -> str:
    """The title, or the law's name, on a line of its own above the text; the text alone without either."""
    title = record.get("title") or record.get("law") or ""
    return f"{title}\n{record['text']}" if title else str(record["text"])


def plain(text: str) -> str:
    """The search form, in which every text and question reaches the model."""
    return search_form(text)
