"""What a person may ask of an import; each format uses some of it and refuses the rest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path

from index.errors import DatasetError


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The choices of an import; what is left at its default is not asked for.

    `split` names a part of the set (dev, test); `limit` keeps the first questions; `noise_rate` is the share of
    negatives among the passages of a query, from 0 up to but not 1, and `passages_per_query` their number;
    `negatives_only` keeps negatives alone, so that every question is unanswerable; `retrieval_only` drops answers
    (True), keeps them (False) or drops those that no passage holds (None); `self_contained` keeps the questions
    marked so; `corpus` is the file of passages where it does not lie beside the questions; `sheet` names a worksheet;
    `overwrite` replaces files of an earlier import.
    """

    split: str | None = None
    limit: int | None = None
    noise_rate: float | None = None
    passages_per_query: int | None = None
    negatives_only: bool = False
    retrieval_only: bool | None = None
    self_contained: bool = False
    corpus: Path | None = None
    sheet: str | None = None
    overwrite: bool = False

    def check(self, format_name: str, used: Collection[str]) -> None:
        """DatasetError when a value is out of its range, or asked of a format that does not use it."""
        for field in fields(self):
            given = getattr(self, field.name)
            if given != field.default and field.name not in {*used, "overwrite"}:
                usable = "、".join(flag(name) for name in sorted(used)) or "无"
                raise DatasetError(f"格式 {format_name} 不使用选项 {flag(field.name)}（可用：{usable}），请去掉它。")
        for name in ("limit", "passages_per_query"):
            number = getattr(self, name)
            if number is not None and number < 1:
                raise DatasetError(f"选项 {flag(name)} 应不小于 1，实为 {number}。")
        if self.noise_rate is not None and not 0 <= self.noise_rate < 1:
            raise DatasetError(
                f"选项 --noise-rate 应不小于 0 且小于 1，实为 {self.noise_rate}；只要负例请用 --negatives-only。"
            )


def flag(name: str) -> str:
    """The option as the command line writes it."""
    return f"--{name.replace('_', '-')}"
