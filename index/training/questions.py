"""Questions that were written for this project: an id of a text in the data folder, and what people would ask to find it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from index.training.texts import plain, records, titled

FOLDER = Path(__file__).parent / "questions"
# Which corpus the ids of a file belong to.
_CORPORA = {
    "law": ("data/stard/corpus.jsonl.gz",),
    "news": ("data/crud/passages.jsonl.gz",),
    "domain": ("corpus/domain_news.jsonl", "corpus/domain_laws.jsonl"),
}
_PARTS = 5


def written(name: str) -> list[tuple[str, str]]:
    """The (id, question) pairs of `law`, `news` or `domain`."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(text_id, question) for text_id, question in rows]


def answered(name: str, shared: Path, held_out: bool) -> Iterator[tuple[str, str]]:
    """Question and text in plain form; with `held_out`, without the fifth that the ranker is trained on."""
    paths = [shared / path for path in _CORPORA[name]]
    texts = {record["id"]: titled(record) for path in paths for record in records(path)}
    for text_id, question in written(name):
        if not (held_out and is_held_out(text_id)):
            yield plain(question), plain(texts[text_id])


def is_held_out(key: str) -> bool:
    """Whether what has this id is in the fifth that the embedding model of the ranker's training never sees."""
    return int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest(), 16) % _PARTS == 0
