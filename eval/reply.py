"""What a system gave to one question, and its line in an answers file; other systems write the same lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from eval.json_lines import bad_field, json_lines
from eval.reply_fields import ANSWER_FIELDS, CITATION_FIELDS, is_number, is_offset
from index.errors import DatasetError
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


# What the laboratory notes beside an answer.
NOTED = ("id", "error", "elapsed_ms", "peak_mb", "hits", "passages")


class Found(NamedTuple):
    """A hit: a document (its id, record or file) and the passage it was found by, [start, end) of its text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question as JSON (None when the system failed, then `error` says why), with its cost.

    `hits` are documents, best first, each once; `passages` are what the answer was chosen from; both are None where a
    system does not tell them. `peak_mb` is the largest resident size of the process so far, in MiB. `model_failed` says
    that the LLM could not be had, and something else stands in its place.
    """

    id: str
    answer: Mapping[str, Any] | None
    error: str = ""
    elapsed_ms: float = 0.0
    hits: tuple[Found, ...] | None = None
    passages: tuple[Found, ...] | None = None
    peak_mb: float = 0.0
    model_failed: bool = False

    @property
    def lasting(self) -> bool:
        """Whether a later run may take it as it is; an error, or an extract in place of a failed LLM, is asked again."""
        return not self.error and not self.model_failed


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
    seen: dict[str, str] = {}
    for where, row in json_lines(path, "答案文件", cut):
        reply = _reply(_clean(row), where)
        if reply.id in seen:
            raise DatasetError(f"{where}：字段 id 的值「{reply.id}」与{seen[reply.id]}重复，请只留一行。")
        seen[reply.id] = where
        yield reply


def _clean(value: Any) -> Any:
    """The value with every half surrogate replaced, which JSON can hold and no normal form or file takes."""
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {well_formed(key): _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


def _reply(row: Mapping[str, Any], where: str) -> Reply:
    name = row.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int) or name == "":
        raise bad_field(where, "id", "题目的编号", name)
    error = row.get("error") or ""
    given = None
    # A question that asks for retrieval alone has hits and no answer.
    if not error and ("answer" in row or "hits" not in row):
        given = _answer({key: value for key, value in row.items() if key not in NOTED}, where)
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
        bool(given and given.get("model_failed")),
    )


def _answer(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    answer = {**_ABSENT, **row}
    for field, wanted, holds in ANSWER_FIELDS:
        if not holds(answer.get(field)):
            raise bad_field(where, field, wanted, answer.get(field))
    if not isinstance(answer["raw_text"], str):
        answer["raw_text"] = answer["answer"]
    answer["citations"] = [_citation(each, at, where) for at, each in enumerate(answer["citations"])]
    numbers = [each["number"] for each in answer["citations"]]
    if len(set(numbers)) < len(numbers):
        raise DatasetError(f"{where}：字段 citations 的 number 有重复（{numbers}），请改成各不相同的编号。")
    return answer


def _citation(value: Any, at: int, where: str) -> dict[str, Any]:
    field = f"citations[{at}]"
    if not isinstance(value, dict):
        raise bad_field(where, field, "一个对象", value)
    named = value.get("document_id") or value.get("record") or value.get("file") or value.get("document")
    citation = {"number": at + 1, "start": None, "end": None, "marks": None, "context": [], **value}
    citation |= {"document_id": named, "context": citation["context"] or []}
    for name, wanted, holds in CITATION_FIELDS:
        if not holds(citation.get(name)):
            raise bad_field(where, f"{field}.{name}", wanted, citation.get(name))
    return citation


def _hits(row: Mapping[str, Any], field: str, where: str) -> tuple[Found, ...] | None:
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, list):
        raise bad_field(where, field, "列表", value)
    found = []
    for at, hit in enumerate(value):
        place = {"start": 0, "end": 0, **hit} if isinstance(hit, dict) else {"start": 0, "end": 0, "file": hit}
        named = _name(place)
        if not named or not isinstance(named, str):
            raise bad_field(where, f"{field}[{at}]", "含 document_id、record 或 file 的对象", hit)
        if not (is_offset(place["start"]) and is_offset(place["end"])):
            raise bad_field(where, f"{field}[{at}].start", "不小于 0 的整数", place["start"])
        found.append(Found(named, place["start"], place["end"]))
    return tuple(found)


def _name(hit: Mapping[str, Any]) -> Any:
    return hit.get("document_id") or hit.get("record") or hit.get("file") or ""


def _number(value: Any, where: str, field: str) -> float:
    if not is_number(value) or value < 0:
        raise bad_field(where, field, "不小于 0 的数字", value)
    return float(value)


def reply_line(reply: Reply) -> str:
    """The line of an answers file, with its line feed."""
    return json.dumps(reply_json(reply), ensure_ascii=False) + "\n"
