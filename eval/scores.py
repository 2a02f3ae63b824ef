"""The scores of a run, a line a question: all that comparing, gating and listing need, without index or answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.folder import RUN, SCORES, RunFolder, RunRecord
from eval.identity import digest
from eval.json_lines import bad_field, json_lines
from eval.measures.measure import Reading
from eval.reply_fields import is_number
from eval.result import Run
from eval.summary import readings
from index.errors import DatasetError


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """One question of a run as its scores line has it; `readings` are by measure key, absent where nothing counts."""

    id: str
    type: str
    question: str
    failed: bool
    refused: bool
    told: str
    gold: str
    readings: Mapping[str, Reading]

    def same_task(self, other: ScoredQuestion | None) -> bool:
        """Whether both were asked the same and judged by the same gold."""
        return other is not None and (self.question, self.gold) == (other.question, other.gold)


def score_lines(run: Run) -> list[dict[str, Any]]:
    """The lines of the scores file, in the order of the questions."""
    read = readings(run.results)
    return [
        {
            "id": result.question.id,
            "type": result.question.type,
            "question": result.question.question,
            "failed": result.failed,
            "refused": result.score.refused,
            "gold": digest(repr(result.question).encode()),
            "told": result.reply.error or (result.reply.answer or {}).get("answer", ""),
            "readings": {key: list(row) for key, rows in read.items() if (row := rows[at]) is not None},
        }
        for at, result in enumerate(run.results)
    ]


def scored_questions(run: Run) -> dict[str, ScoredQuestion]:
    """The scored questions of a run that is at hand, by id."""
    return {row["id"]: scored(row, "评分") for row in score_lines(run)}


def read_scores(path: Path) -> dict[str, ScoredQuestion]:
    """The scored questions of a run's folder, or of a scores file, by id; DatasetError with the line and the field."""
    file = path / SCORES if path.is_dir() else path
    if path.is_dir() and not file.is_file():
        told = "还没有跑完" if (path / RUN).is_file() else "不是一次评测的目录"
        raise DatasetError(f"{path} {told}，里面没有 {SCORES}；请先用 changai eval run 或 score 得到结果。")
    found: dict[str, ScoredQuestion] = {}
    for where, row in json_lines(file, "评分文件"):
        each = scored(row, where)
        if each.id in found:
            raise DatasetError(f"{where}：字段 id 的值「{each.id}」重复，请只留一行。")
        found[each.id] = each
    return found


def record_of(path: Path) -> RunRecord | None:
    """What the run of a folder was made with, None for a lone scores file."""
    return RunFolder(path).record() if path.is_dir() else None


def scored(row: Mapping[str, Any], where: str) -> ScoredQuestion:
    """A line of a scores file; DatasetError names the field that is not in its form."""
    for field, kind, wanted in (
        ("id", str, "题目的编号"),
        ("type", str, "题型"),
        ("question", str, "题目"),
        ("failed", bool, " true 或 false"),
        ("refused", bool, " true 或 false"),
        ("told", str, "文字"),
        ("gold", str, "标准答案的指纹"),
        ("readings", dict, "一个对象"),
    ):
        if not isinstance(row.get(field), kind):
            raise bad_field(where, field, wanted, row.get(field))
    read: dict[str, Reading] = {}
    for key, value in row["readings"].items():
        if not _is_reading(value):
            raise bad_field(where, f"readings.{key}", "两个有限的数字，后一个不小于 0", value)
        read[key] = (float(value[0]), float(value[1]))
    plain = {name: row[name] for name in ("id", "type", "question", "failed", "refused", "told", "gold")}
    return ScoredQuestion(**plain, readings=read)


def _is_reading(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_number, value)) and value[1] >= 0
