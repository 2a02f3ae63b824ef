"""The gold of messy files: pieces of real text, of noise and of neither, in the order in which a page shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.json_lines import bad_field, json_lines
from index.errors import DatasetError

HOME = Path(__file__).resolve().parent.parent / "data" / "messy"
GOLD = HOME / "gold.jsonl"
SEEDS = "seeds/"
SPLITS = ("dev", "test")
TEXT, EITHER = "text", "either"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file under one label: `text`, `either` or a kind of noise."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class MessyFile:
    """A file of the gold: where it lies, what it shows and what in it is text.

    `never` holds strings that no reader of the page sees. `made` is False for a real page from outside the project.
    """

    name: str
    path: Path
    split: str
    kinds: tuple[str, ...]
    encoding: str
    pieces: tuple[Piece, ...]
    never: tuple[str, ...]
    made: bool

    def decoded(self) -> str:
        """The file's text in its true encoding, tags and all."""
        return self.path.read_bytes().decode(self.encoding)


def read_gold(split: str | None = None, seeds: Path | None = None, gold: Path = GOLD) -> Iterator[MessyFile]:
    """The files of one half (of both without `split`), checked against their sums; real pages only where `seeds` is given.

    Raises:
        DatasetError: for a row that is not in form, a file that is missing or one whose bytes have changed.
    """
    for where, row in json_lines(gold, "混乱文件标注"):
        if split is not None and row.get("split") != split:
            continue
        name = _string(where, row, "file")
        made = not name.startswith(SEEDS)
        if made:
            yield _file(where, row, gold.parent / name, made)
        elif seeds is not None:
            yield _file(where, row, seeds / name.removeprefix(SEEDS), made)


def _file(where: str, row: Mapping[str, Any], path: Path, made: bool) -> MessyFile:
    encoding = _string(where, row, "encoding")
    pieces = _pieces(where, row) if made else _marked(row, _checked(row, path).decode(encoding))
    _checked(row, path)
    name, split, kinds = _string(where, row, "file"), _string(where, row, "split"), tuple(row.get("kinds", ()))
    return MessyFile(name, path, split, kinds, encoding, tuple(pieces), tuple(row.get("never", ())), made)


def _checked(row: Mapping[str, Any], path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DatasetError(f"标注提到的文件 {path.name} 无法读取（{error.strerror}），请检查路径。") from error
    if hashlib.sha256(data).hexdigest() != row.get("sha256"):
        raise DatasetError(f"文件 {path.name} 与标注时的内容不同（sha256 不符），请恢复原文件或重新标注。")
    return data


def _pieces(where: str, row: Mapping[str, Any]) -> Iterator[Piece]:
    waiting = {
        "t": iter([Piece(TEXT, each) for each in row.get("text", ())]),
        "n": iter([Piece(kind, each) for each, kind in row.get("noise", ())]),
        "e": iter([Piece(EITHER, each) for each in row.get("either", ())]),
    }
    order = _string(where, row, "order")
    for letter in order:
        piece = next(waiting[letter], None) if letter in waiting else None
        if piece is None:
            raise bad_field(where, "order", "与各片段一一对应的 t、n、e", order)
        yield piece
    if any(next(rest, None) is not None for rest in waiting.values()):
        raise bad_field(where, "order", "与各片段一一对应的 t、n、e", order)


def _marked(row: Mapping[str, Any], text: str) -> Iterator[Piece]:
    at = 0
    for start, end, kind in row.get("noise_spans", ()):
        yield Piece(TEXT, text[at:start])
        yield Piece(kind, text[start:end])
        at = end
    yield Piece(TEXT, text[at:])


def _string(where: str, row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    if not isinstance(value, str):
        raise bad_field(where, field, "字符串", value)
    return value
