"""The runs of a folder, one line each, the newest last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.folder import SCORES, RunFolder, RunRecord
from eval.measures import all_measures
from eval.reports.terminal import aligned
from eval.reports.wording import written
from eval.scores import ScoredQuestion, read_scores
from eval.statistics import SUMS, columns
from index.errors import DatasetError

SHOWN = ("accuracy", "wrong_figure", "citation_precision", "refusal_recall", "refused_wrongly", "hit_1")


def runs(folder: Path) -> list[tuple[Path, RunRecord]]:
    """The runs in a folder, by when they began; DatasetError when there is no such folder."""
    if not folder.is_dir():
        raise DatasetError(f"没有评测目录 {folder}；请先运行 changai eval run，或在命令后写上目录。")
    found = []
    for path in sorted(folder.iterdir()):
        try:
            record = RunFolder(path).record() if path.is_dir() else None
        except DatasetError:
            # One damaged record must not hide the other runs; it is listed as what it is.
            record = RunRecord({"system": "记录损坏"}, (), "", "", "")
        if record is not None:
            found.append((path, record))
    return sorted(found, key=lambda each: each[1].begun)


def runs_json(folder: Path) -> list[dict[str, Any]]:
    """The runs as plain JSON."""
    return [
        {
            "folder": str(path),
            "begun": record.begun,
            "finished": record.finished,
            "identity": dict(record.identity),
            "datasets": list(record.datasets),
            "questions": len(scored := _scored(path)),
            "measures": {key: _value(key, scored) for key in all_measures()},
        }
        for path, record in runs(folder)
    ]


def runs_text(folder: Path) -> str:
    """The runs as an aligned table."""
    found = runs_json(folder)
    if not found:
        return f"{folder} 里还没有评测；请先运行 changai eval run。"
    names = [all_measures()[key] for key in SHOWN]
    rows: list[Sequence[str]] = [("目录", "开始", "系统", "题数", *(each.name for each in names))]
    for run in found:
        cells = [written(run["measures"][each.key], each.unit) for each in names]
        asked = str(run["questions"]) if run["finished"] else "未跑完"
        rows.append((Path(run["folder"]).name, run["begun"][:16], run["identity"]["system"], asked, *cells))
    return aligned(rows)


def _scored(path: Path) -> list[ScoredQuestion]:
    return list(read_scores(path).values()) if (path / SCORES).is_file() else []


def _value(key: str, scored: Sequence[ScoredQuestion]) -> float | None:
    table = columns([row for each in scored if (row := each.readings.get(key)) is not None])
    if not len(table):
        return None
    from numpy import ones

    return float(SUMS[all_measures()[key].sum](table, ones((1, len(table))))[0])
