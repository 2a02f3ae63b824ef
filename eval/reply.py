"""What a system gave to one question, and its line in an answers file; other systems write the same lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from eval.json_lines import bad_field, json_lines
from index.sources.encoding import well_formed

# The fields of an answer in the design's contract that a line may leave out, with what they then are.
_ABSENT: Mapping[str, Any] = {
    "refused": False,
    "reason": None,
    "confidence": None,
    "raw_text": None,
    "citations": (),
    "table": None,
}


class Found(NamedTuple):
    """A hit: a document (its id, record or file) and the passage it was found by, [start, end) of its text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question as JSON (None when the system failed, then `error` says why), with its cost.

    `hits` are documents, best first, each once; `passages` are what the answer was chosen from; both are None where a
    system does not tell them. `peak_mb` is the largest resident size of the process so far, in MiB.
    """

    id: str
    answer: Mapping[str, Any] | None
    error: str = ""
    elapsed_ms: float = 0.0
    hits: tuple[Found, ...] | None = None
    passages: tuple[Found, ...] | None = None
    peak_mb: float = 0.0


def reply_json(reply: Reply) -> dict[str, Any]:
    """The line of a reply: the answer's own fields, and beside them what the laboratory notes."""
    line: dict[str, Any] = {"id": reply.id, **(reply.answer or {})}
    if reply.error:
        line["error"] = reply.error
    line["elapsed_ms"] = round(reply.elapsed_ms, 2)
    line["peak_mb"] = round(reply.peak_mb, 1)
    for name, found in (("hits", reply.hits), ("passages", reply.passages)):
        if found is not None:
            line[name] = [{"document_id": each.document, "start": each.start, "end": each.end} for each in found]
    return line


def read_replies(path: Path, cut: bool = False) -> Iterator[Reply]:
    """The replies of an answers file (`changai ask --json --batch`, a run, or any system in the design's form).

    With `cut`, a last line that is not whole is left out: a process may have died while it wrote. Raises DatasetError
    with file, line and field.
    """
    for where, row in json_lines(path, "答案文件", cut):
        yield _reply(row, where)


def _reply(row: Mapping[str, Any], where: str) -> Reply:
    name = row.get("id")
    if not isinstance(name, str | int) or name == "":
        raise bad_field(where, "id", "题目的编号", name)
    error = row.get("error") or ""
    noted = ("id", "error", "elapsed_ms", "peak_mb", "hits", "passages")
    given = None
    if not error:
        given = _answer({key: value for key, value in row.items() if key not in noted}, where)
    timings = row.get("timings_ms")
    total = timings.get("total", 0.0) if isinstance(timings, Mapping) else 0.0
    return Reply(
        str(name),
        given,
        str(error),
        _number(row.get("elapsed_ms", total), where, "elapsed_ms"),
        _hits(row, "hits", where),
        _hits(row, "passages", where),
        _number(row.get("peak_mb", 0.0), where, "peak_mb"),
    )


def _answer(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    answer = {**_ABSENT, **row}
    checks: tuple[tuple[str, str, Callable[[Any], bool]], ...] = (
        ("answer", "文字", lambda value: isinstance(value, str)),
        ("refused", " true 或 false", lambda value: isinstance(value, bool)),
        ("confidence", "数字", lambda value: value is None or isinstance(value, int | float)),
        ("table", "含 columns 和 rows 的对象", lambda value: value is None or isinstance(value, dict)),
        ("citations", "列表", lambda value: isinstance(value, list | tuple)),
    )
    for field, wanted, holds in checks:
        if not holds(answer.get(field)):
            raise bad_field(where, field, wanted, answer.get(field))
    # A half surrogate, which JSON can hold, is a letter that no normal form takes.
    answer["answer"] = well_formed(answer["answer"])
    raw = answer["raw_text"]
    answer["raw_text"] = well_formed(raw) if isinstance(raw, str) else answer["answer"]
    answer["citations"] = [
        _citation(each, at, f"{where}", f"citations[{at}]") for at, each in enumerate(answer["citations"])
    ]
    return answer


def _citation(value: Any, at: int, where: str, field: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise bad_field(where, field, "一个对象", value)
    quote = value.get("quote")
    if not isinstance(quote, str):
        raise bad_field(where, f"{field}.quote", "文字", quote)
    named = value.get("document_id") or value.get("record") or value.get("file") or value.get("document")
    if not isinstance(named, str):
        raise bad_field(where, f"{field}.document_id", "资料的编号、记录号或文件名", named)
    start, end = value.get("start"), value.get("end")
    if not all(each is None or type(each) is int for each in (start, end)):
        raise bad_field(where, f"{field}.start", "整数", start)
    marks = value.get("marks")
    if marks is not None and not (isinstance(marks, list) and all(map(_is_mark, marks))):
        raise bad_field(where, f"{field}.marks", "[起, 止] 的列表", marks)
    return {"number": at + 1, **value, "quote": well_formed(quote), "document_id": named, "start": start, "end": end}


def _is_mark(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)


def _hits(row: Mapping[str, Any], field: str, where: str) -> tuple[Found, ...] | None:
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, list):
        raise bad_field(where, field, "列表", value)
    found = []
    for at, hit in enumerate(value):
        named = hit if isinstance(hit, str) else isinstance(hit, dict) and _name(hit)
        if not named:
            raise bad_field(where, f"{field}[{at}]", "含 document_id、record 或 file 的对象", hit)
        start, end = (hit.get("start", 0), hit.get("end", 0)) if isinstance(hit, dict) else (0, 0)
        found.append(Found(str(named), start, end))
    return tuple(found)


def _name(hit: Mapping[str, Any]) -> str:
    return hit.get("document_id") or hit.get("record") or hit.get("file") or ""


def _number(value: Any, where: str, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise bad_field(where, field, "数字", value)
    return float(value)


def reply_line(reply: Reply) -> str:
    """The line of an answers file, with its line feed."""
    return json.dumps(reply_json(reply), ensure_ascii=False) + "\n"
