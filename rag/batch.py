"""Questions from files: a conversation's history, and batches with one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import DatasetError


def read_history(path: str) -> list[dict[str, str]]:
    """The turns of a conversation from a JSON file."""
    try:
        turns = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"对话记录 {path} 读不出来（{error}）；应为 JSON 列表，每项有 role 和 content。") from error
    if not isinstance(turns, list) or not all(isinstance(turn, dict) and "content" in turn for turn in turns):
        raise DatasetError(f"对话记录 {path} 的格式不对；应为 JSON 列表，每项有 role 和 content。")
    return turns


def batch_rows(path: str) -> Iterator[dict[str, Any]]:
    """The rows of a batch file; a line that is not in its form comes as a row with `error`."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"批量文件 {path} 读不出来（{error}）；应为 UTF-8 的 .jsonl 文件。") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield {**row, "id": row.get("id", str(number)), "question": str(row["question"])}
        except (ValueError, KeyError, TypeError, AttributeError):
            yield {"id": str(number), "error": f"第 {number} 行不是带 question 字段的 JSON 对象"}
