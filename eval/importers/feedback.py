"""Thumbs-down feedback of the page: what a person says the answer should have been becomes a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from eval.importers.files import Line, object_lines, plain
from eval.importers.options import ImportOptions
from eval.importers.records import Asked, Imported, LeftOut, Skipped, Todo
from eval.json_lines import shown
from eval.normal import normal

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Vote:
    line: Line
    key: Key
    moment: datetime


def read_feedback(path: Path, options: ImportOptions) -> Iterator[Imported]:
    """The lines `{time, question, history?, answer, vote, comment?, expected?, right_source?}`, newest word a question.

    Of one question (in the normal form, with its history) asked several times the newest vote counts, and of equal
    times the later line. A down vote that says what was `expected` becomes a question of the type feedback, its
    `right_source` the evidence; one that does not is written for staff to complete; an up vote is only counted.
    """
    newest: dict[Key, _Vote] = {}
    for line in object_lines(path):
        if isinstance(line, Skipped):
            yield line
            continue
        vote = _vote(line)
        if isinstance(vote, Skipped):
            yield vote
            continue
        older = newest.get(vote.key)
        if older is not None:
            yield LeftOut("同一问题的较早反馈")
        if older is None or vote.moment >= older.moment:
            newest[vote.key] = vote
    for vote in newest.values():
        where, row = vote.line
        if row["vote"] == "up":
            yield LeftOut("点赞的反馈")
        elif plain(row.get("expected")):
            yield Asked(where, _question(row, _name(vote.key)))
        else:
            yield Todo(_todo(row, _name(vote.key)))


def _vote(line: Line) -> _Vote | Skipped:
    where, row = line
    question, history = plain(row.get("question")), row.get("history") or []
    if not question:
        return Skipped(where, "字段 question 是空的")
    if row.get("vote") not in ("up", "down"):
        return Skipped(where, f"字段 vote 应为 up 或 down，实为「{shown(row.get('vote'))}」")
    if not isinstance(history, list) or not all(isinstance(turn, dict) for turn in history):
        return Skipped(where, "字段 history 应为含 role 和 content 的对象的列表")
    moment = _moment(row.get("time"))
    if moment is None:
        return Skipped(where, f"字段 time 应为 ISO 时间，实为「{shown(row.get('time'))}」")
    said = [question, *(plain(turn.get("content")) for turn in history)]
    return _Vote(line, tuple(normal(each) or each for each in said), moment)


def _moment(value: Any) -> datetime | None:
    """A time as the page writes it: ISO text, or seconds since 1970; without a zone it is taken as UTC."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        found = datetime.fromisoformat(plain(value))
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _name(key: Key) -> str:
    digest = blake2b("\n".join(key).encode(), digest_size=5)
    return f"feedback-{digest.hexdigest()}"


def _question(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    source = plain(row.get("right_source"))
    return {
        "id": name,
        "question": plain(row.get("question")),
        "type": "feedback",
        "answers": [[plain(row.get("expected"))]],
        "evidence": [{"document": source}] if source else [],
        "history": row.get("history") or [],
    }


def _todo(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The vote with an empty `expected`: filled in, the line is feedback that can be imported."""
    kept = ("time", "question", "history", "answer", "vote", "comment", "right_source")
    return {"id": name} | {field: row[field] for field in kept if row.get(field)} | {"expected": ""}
