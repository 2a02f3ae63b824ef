"""Gold of places: passages of the shared documents with the places they name and speak of, stored as offsets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.json_lines import json_lines
from index.errors import DatasetError

FOLDER = Path(__file__).resolve().parent.parent / "data" / "places"
SPLITS = ("dev", "test")
NEWS = "domain_news.jsonl"
SEEDS = "seeds"


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """One passage, [start, end) of its document's text.

    `mentions` are the full names of the places that it names as places, each at the narrowest level of its expression;
    `about` those that its statements are about. A name in `either` is neither demanded nor held for an error, because
    careful readers may part over it. `enterprise` is the enterprise whose doings it tells, or "". `hard` is the kind of
    difficulty, or "".
    """

    document: str
    sha256: str
    start: int
    end: int
    mentions: frozenset[str]
    about: frozenset[str]
    either: frozenset[str]
    enterprise: str
    hard: str

    @property
    def id(self) -> str:
        """How a list of errors names the passage."""
        return f"{self.document}:{self.start}"


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document: the levels (中央, 省, 市, 县, 企业 or "") that are right for it, and the places it is about."""

    document: str
    sha256: str
    levels: tuple[str, ...]
    places: frozenset[str]
    either: frozenset[str]


def gold_passages(split: str, folder: Path = FOLDER) -> list[GoldPassage]:
    """The passages of a half in the order of the file; DatasetError when a line is not in the documented form."""
    return [
        GoldPassage(
            document=_text(row, "document", where),
            sha256=_text(row, "sha256", where),
            start=_count(row, "start", where),
            end=_count(row, "end", where),
            mentions=frozenset(_names(row, "mentions", where)),
            about=frozenset(_names(row, "about", where)),
            either=frozenset(_names(row, "either", where)),
            enterprise=_text(row, "enterprise", where),
            hard=_text(row, "hard", where),
        )
        for where, row in json_lines(folder / f"{split}.jsonl", "地点题库")
    ]


def gold_documents(split: str, folder: Path = FOLDER) -> list[GoldDocument]:
    """The documents of a half in the order of the file; DatasetError when a line is not in the documented form."""
    return [
        GoldDocument(
            document=_text(row, "document", where),
            sha256=_text(row, "sha256", where),
            levels=tuple(_names(row, "levels", where)),
            places=frozenset(_names(row, "places", where)),
            either=frozenset(_names(row, "either", where)),
        )
        for where, row in json_lines(folder / f"documents_{split}.jsonl", "地点题库")
    ]


def shared_texts(shared: Path) -> dict[str, str]:
    """The texts that the gold points into: an article by its id, a seed page by its file name.

    They are read past the readers of the index, so that a change of a reader cannot move the offsets.

    Raises:
        DatasetError: when the news or the seeds are not below `shared`.
    """
    corpus = shared / "corpus"
    news, seeds = corpus / NEWS, corpus / SEEDS
    if not news.is_file() or not seeds.is_dir():
        raise DatasetError(
            f"目录 {shared} 下没有 corpus/{NEWS} 或 corpus/{SEEDS}；请用 --shared 指出共享资料所在的目录。"
        )
    records = (json.loads(line) for line in news.read_text(encoding="utf-8").split("\n") if line.strip())
    texts = {record["id"]: record["text"] for record in records}
    for page in sorted(seeds.glob("*.txt")):
        # Line ends stay as they are, because offsets count them.
        texts[page.name] = page.read_bytes().decode("utf-8")
    return texts


def require_same_texts(gold: Sequence[GoldPassage | GoldDocument], texts: Mapping[str, str]) -> None:
    """DatasetError when a document of the gold is absent from the texts or reads otherwise than when it was labelled."""
    for each in gold:
        text = texts.get(each.document)
        if text is None:
            raise DatasetError(f"共享资料里没有题库引用的文档 {each.document}；请更新共享资料。")
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != each.sha256:
            raise DatasetError(f"文档 {each.document} 与标注时不同（校验和不符）；请更新共享资料或重新标注。")


def _text(row: Mapping[str, Any], field: str, where: str) -> str:
    value = row.get(field)
    if not isinstance(value, str):
        raise DatasetError(f"{where}：字段 {field} 应为字符串，实为 {value!r}。")
    return value


def _count(row: Mapping[str, Any], field: str, where: str) -> int:
    value = row.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise DatasetError(f"{where}：字段 {field} 应为非负整数，实为 {value!r}。")
    return value


def _names(row: Mapping[str, Any], field: str, where: str) -> list[str]:
    value = row.get(field)
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise DatasetError(f"{where}：字段 {field} 应为字符串列表，实为 {value!r}。")
    return value
