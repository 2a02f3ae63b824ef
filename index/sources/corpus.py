"""A `.jsonl` corpus: one document a line, `{id, title, text, date?, source?}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import SourceError
from index.sources.dates import iso_date
from index.sources.encoding import decode, well_formed
from index.sources.page import Page


@dataclass(frozen=True, slots=True)
class Record:
    """One readable line: its id and its page."""

    id: str
    page: Page


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """One line that gave no document, by its number (from 1) and the reason in Chinese."""

    number: int
    reason: str


def read_corpus(data: bytes, name: str, first_line: int = 1) -> Iterator[Record | DamagedLine]:
    """The records of a corpus in order; a damaged line, or a second line with the same id, is passed on as such.

    `first_line` is the number of the first line where `data` is a stretch of a corpus.
    """
    seen: set[str] = set()
    for number, line in enumerate(decode(data, name).split("\n"), start=first_line):
        if not line.strip():
            continue
        try:
            record = _record(line)
        except SourceError as error:
            yield DamagedLine(number, f"第 {number} 行{error}，已跳过这一行。")
            continue
        if record.id in seen:
            yield DamagedLine(number, f"第 {number} 行的编号 {record.id} 与前面重复，已跳过这一行。")
            continue
        seen.add(record.id)
        yield record


def _record(line: str) -> Record:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError("不是完整的 JSON") from error
    if not isinstance(fields, dict):
        raise SourceError("不是一个 JSON 对象")
    identifier, text = fields.get("id"), fields.get("text")
    if not isinstance(identifier, str | int) or isinstance(identifier, bool) or not str(identifier):
        raise SourceError("缺少编号 id")
    if not isinstance(text, str) or not text.strip():
        raise SourceError("没有正文 text")
    title, date, source = (fields.get(key) for key in ("title", "date", "source"))
    return Record(
        id=well_formed(str(identifier)),
        page=Page(
            text=well_formed(text),
            title=well_formed(title).strip() if isinstance(title, str) else "",
            source=well_formed(source).strip() if isinstance(source, str) else "",
            published=iso_date(str(date)) if date else None,
        ),
    )
