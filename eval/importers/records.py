"""What an importer yields, one record at a time, and the report of a whole import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """A document of the corpus that the questions are put to."""

    id: str
    title: str
    text: str
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a row of `qa.jsonl`, and where it came from (in Chinese, for messages)."""

    where: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Todo:
    """A row for staff to complete; it becomes a line of `todo.jsonl`."""

    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something faulty that was not taken over: where it stands and what is wrong with it, in Chinese."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was taken over but that a person should know of."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something sound that was not asked for, counted by its reason (Chinese)."""

    reason: str


Imported = Passage | Asked | Todo | Skipped | Notice | LeftOut


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import wrote and what it did not; `unanswerable` and `retrieval_only` are among the `questions`."""

    format: str
    questions: int
    unanswerable: int
    retrieval_only: int
    passages: int
    todo: int
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[Notice, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    files: tuple[Path, ...] = ()

    def lines(self, shown: int = 20) -> Iterator[str]:
        """The report in Chinese, a line a fact, with at most `shown` of the skipped and of the notices."""
        yield (
            f"导入 {self.questions} 题（不可答 {self.unanswerable}，只测检索 {self.retrieval_only}），"
            f"资料 {self.passages} 篇，待补 {self.todo} 条。"
        )
        for reason, count in self.left_out.items():
            yield f"未取 {count} 条：{reason}。"
        if self.skipped:
            yield f"跳过 {len(self.skipped)} 条有误的："
        yield from (f"  {each.where}：{each.reason}" for each in self.skipped[:shown])
        if len(self.skipped) > shown:
            yield f"  ……另有 {len(self.skipped) - shown} 条"
        if self.notices:
            yield f"提醒 {len(self.notices)} 条："
        yield from (f"  {each.where}：{each.text}" for each in self.notices[:shown])
        if len(self.notices) > shown:
            yield f"  ……另有 {len(self.notices) - shown} 条"
        yield from (f"已写入 {path}" for path in self.files)
