"""Which documents a person means: by id, path, file or title."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from index.errors import UnknownDocumentError


def path_text(path: Path) -> str:
    """The path as text that every store takes: a byte that is no UTF-8, as in names out of old archives, in hexadecimal."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def named_documents(known: Sequence[tuple[str, str, str, str]], names: Sequence[str]) -> tuple[str, ...]:
    """The ids of the documents that the names stand for, each once.

    `known` holds (id, origin, file, title) of every document. A name is tried as an id, as the path of a
    file or folder, as the base name of a file and as a title, and the first that fits counts. Raises
    UnknownDocumentError when none fits, or when a base name or title fits documents of several files.
    """
    return tuple(dict.fromkeys(document_id for name in names for document_id in _named(known, name)))


def _named(known: Sequence[tuple[str, str, str, str]], name: str) -> list[str]:
    path = path_text(Path(name).resolve())
    exact = [row[0] for row in known if row[0] == name] or [
        row[0] for row in known if row[1] in {name, path} or row[1].startswith((f"{path}#", f"{path}!", f"{path}/"))
    ]
    if exact:
        return exact
    fitting = [row for row in known if row[2] == name] or [row for row in known if row[3] == name]
    if not fitting:
        raise UnknownDocumentError(f"索引里没有「{name}」；请用 changai list 查看编号、文件名和标题。")
    files = list(dict.fromkeys(row[1].split("#")[0] for row in fitting))
    if len(files) > 1:
        raise UnknownDocumentError(
            f"「{name}」对应 {len(files)} 个文件（{'，'.join(files[:3])} 等）；请用编号或完整路径指明是哪一个。"
        )
    return [row[0] for row in fitting]
