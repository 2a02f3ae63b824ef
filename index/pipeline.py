"""The mark of the program that read a document, so that an index knows what a newer program would read otherwise."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from index.types import Document

# What decides how a document is read, cleaned, cut and described.
_ROOMS = ("sources", "cleaning", "normalise", "places", "quality", "data", "ranks")
_FILES = (
    "analysis.py", "chunking.py", "counted.py", "forms.py", "numerals.py", "passages.py", "prepare.py", "sentences.py",
    "tables.py", "token_counter.py", "tokens.py", "types.py",
)  # fmt: skip
# The measures of the matrix are no part of what is read: their evidence is found again by itself.
_NOT_READING = {"measures.tsv"}
_SUFFIXES = {".py", ".tsv", ".txt", ".npz", ".tiktoken"}


@lru_cache(maxsize=1)
def pipeline_mark() -> str:
    """Eight hexadecimal digits that change with the program and the data files that reading rests on."""
    home = Path(__file__).parent
    paths = [home / name for name in _FILES]
    paths += [path for room in _ROOMS for path in sorted((home / room).rglob("*")) if path.suffix in _SUFFIXES]
    digest = hashlib.blake2b(digest_size=4)
    for path in paths:
        if path.is_file() and path.name not in _NOT_READING:
            digest.update(path.relative_to(home).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def fingerprint(document: Document) -> str:
    """What a reader was given for one document, and which program read it: equal only when nothing would change.

    A file's is that of its bytes; a record of a corpus has its own, because the file changes with any of its lines.
    """
    given = document.sha256
    if document.record:
        fields = (document.text, document.title, document.source, document.published, document.file)
        given = hashlib.blake2b(repr(fields).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()
    return f"{pipeline_mark()}:{given[:16]}"


def is_of_this_program(fingerprint: str) -> bool:
    """Whether the program that made a fingerprint is the one that runs."""
    return fingerprint.startswith(f"{pipeline_mark()}:")
