"""A run on disk: one line a question in `results.jsonl`, the measures in `summary.json`; each file whole or absent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from eval.measures import Measures, Ratio
from eval.report import Report
from eval.result import Result
from index.errors import DatasetError

RESULTS_FILE = "results.jsonl"
SUMMARY_FILE = "summary.json"


def save(report: Report, datasets: Sequence[Path], folder: Path) -> None:
    """Writes both files, the summary last; DatasetError when the folder cannot be written."""
    lines = "".join(f"{json.dumps(result_json(each), ensure_ascii=False)}\n" for each in report.run.results)
    summary = json.dumps(summary_json(report, datasets), ensure_ascii=False, indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / RESULTS_FILE, lines)
        _write(folder / SUMMARY_FILE, summary)
    except OSError as error:
        raise DatasetError(f"评测结果无法写入 {folder}（{error.strerror}），请换一个文件夹。") from error


def result_json(result: Result) -> dict[str, Any]:
    """One question of a run: its gold, its answer, the ranks at which its proof was found, and its score."""
    question = {name: value for name, value in asdict(result.question).items() if value not in ((), None, "")}
    return {
        **question,
        "failed": result.failed,
        "answer": result.answer,
        "error": result.error,
        "elapsed_ms": round(result.elapsed_ms, 2),
        "evidence_ranks": list(result.ranks),
        "score": asdict(result.score),
    }


def summary_json(report: Report, datasets: Sequence[Path]) -> dict[str, Any]:
    """What was run on what, and the measures of all questions and of each type."""
    return {
        "datasets": [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in datasets],
        "index": report.run.fingerprint,
        "problems": list(report.run.problems),
        "overall": measures_json(report.overall),
        "types": {name: measures_json(each) for name, each in report.by_type.items()},
    }


def measures_json(measures: Measures) -> dict[str, Any]:
    """The measures as plain JSON; a share is {value, met, of}, and `value` is 0 where `of` is 0."""
    return {name: _plain(getattr(measures, name)) for name in Measures.__dataclass_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, Ratio):
        return {"value": round(value.value, 4), "met": value.met, "of": value.of}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return round(value, 2) if isinstance(value, float) else value


def _write(path: Path, text: str) -> None:
    """The whole file in one step: a reader sees the old one or the new one, never half of it."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}-", delete=False) as draft:
        written = Path(draft.name)
        try:
            draft.write(text)
            draft.flush()
            # The draft is private to its writer; a result is a file like any other.
            written.chmod(0o644)
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)
