"""Questions from files: a conversation's history, and batches with one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from index.errors import ChangaiError, DatasetError
from index.sources.encoding import well_formed

ROLES = ("user", "assistant")
HISTORY_FORM = "应为 JSON 列表，每项有 role（user 或 assistant）和 content（文字）"
LINE_FORM = '每行应为一个 JSON 对象，形如 {"id": "1", "question": "……"}'


def read_history(path: str) -> list[dict[str, str]]:
    """The turns of a conversation from a JSON file; DatasetError when it is not in its form."""
    try:
        return _turns(json.loads(_text(path, "对话记录")), f"对话记录 {path} 的")
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"对话记录 {path} 不是完整的 JSON；{HISTORY_FORM}，请改正后重试。") from error


def batch_rows(path: str) -> Iterator[dict[str, Any]]:
    """The lines of a batch as `{id, question, history?}`, or `{id, error}` for one that is not in its form.

    A line without an id goes by its number. Raises DatasetError when the file cannot be read or holds no line.
    """
    # Only line feeds part lines: JSON strings may hold the other line ends that `splitlines` cuts at.
    lines = [each for each in enumerate(_text(path, "批量文件").split("\n"), 1) if each[1].strip()]
    if not lines:
        raise DatasetError(f"批量文件 {path} 里没有问题；{LINE_FORM}。")
    for number, line in lines:
        yield _row(number, line)


def outcome(row: dict[str, Any], work: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """What `work` makes of a row, with its id, or `{id, error}` when the row or the work failed."""
    if "error" in row:
        return row
    try:
        return {"id": row["id"], **work(row)}
    except ChangaiError as error:
        return {"id": row["id"], "error": str(error)}
    # A fault of the program at one question must not cost the questions after it.
    except Exception as error:
        return {
            "id": row["id"],
            "error": f"程序内部出错（{type(error).__name__}：{error}）；请把这个问题报告给开发者。",
        }


def _row(number: int, line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        return {"id": str(number), "error": f"第 {number} 行不是 JSON 对象；{LINE_FORM}。"}
    given, question, history = (fields.get(name) for name in ("id", "question", "history"))
    name = well_formed(given) if isinstance(given, str) else given if isinstance(given, int) else str(number)
    if not isinstance(question, str) or not question.strip():
        return {"id": name, "error": f"第 {number} 行没有 question，或它不是文字；{LINE_FORM}。"}
    try:
        turns = {} if history is None else {"history": _turns(history, f"第 {number} 行的 history ")}
    except DatasetError as error:
        return {"id": name, "error": str(error)}
    return {"id": name, "question": well_formed(question), **turns}


def _turns(value: Any, whose: str) -> list[dict[str, str]]:
    if not isinstance(value, list):
        raise DatasetError(f"{whose}格式不对；{HISTORY_FORM}。")
    turns: list[dict[str, str]] = []
    for number, turn in enumerate(value, 1):
        role, content = (turn.get("role"), turn.get("content")) if isinstance(turn, dict) else (None, None)
        if role not in ROLES or not isinstance(content, str):
            raise DatasetError(f"{whose}第 {number} 项格式不对；{HISTORY_FORM}。")
        turns.append({"role": role, "content": well_formed(content)})
    return turns


def _text(path: str, what: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DatasetError(f"{what} {path} 不存在；请检查路径后重试。") from error
    except OSError as error:
        raise DatasetError(f"{what} {path} 读不出来（{error.strerror}）；请检查路径和权限后重试。") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{what} {path} 不是 UTF-8 编码；请另存为 UTF-8 后重试。") from error
