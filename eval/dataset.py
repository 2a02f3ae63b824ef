"""Question sets with gold answers and gold evidence, read from `.jsonl` files and checked field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from eval.normal import normal
from index.errors import DatasetError
from index.types import Span
from rag.types import Reason, Turn

Half = Literal["dev", "test"]

_REQUIRED = ("id", "question", "type")
_FIELDS = {*_REQUIRED, "answers", "evidence", "history", "unanswerable", "reason"}
_FOLDER = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """Where the proof stands: a document's name with a verbatim quote, or with the file's digest and a span."""

    document: str
    quote: str = ""
    sha256: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its gold: `answers` are groups that must all be met, each by any one of its strings."""

    id: str
    question: str
    type: str
    answers: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[GoldEvidence, ...] = ()
    history: tuple[Turn, ...] = ()
    unanswerable: bool = False
    reason: Reason | None = None


def default_datasets(half: Half = "dev") -> tuple[Path, ...]:
    """The shipped questions over the sample corpus; the test half is run only to be reported."""
    return (_FOLDER / f"sample_{half}.jsonl",)


def load_dataset(*paths: Path) -> tuple[GoldQuestion, ...]:
    """The questions of all files in their order; DatasetError names the file, the line and the field at fault."""
    questions: list[GoldQuestion] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, line in _lines(path):
            where = f"题集 {path.name} 第 {number} 行"
            question = _question(_object(line, where), where)
            if question.id in seen:
                raise DatasetError(
                    f"{where}：字段 id 的值「{question.id}」与{seen[question.id]}重复，请改成不同的编号。"
                )
            seen[question.id] = where
            questions.append(question)
    if not questions:
        raise DatasetError(f"题集 {'、'.join(path.name for path in paths) or '（未指定）'} 中没有题目，请检查文件。")
    return tuple(questions)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DatasetError(f"找不到题集文件 {path}，请检查路径。") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"题集 {path.name} 不是 UTF-8 编码，请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise DatasetError(f"题集 {path} 无法读取（{error.strerror}），请检查路径和权限。") from error
    # Only line feeds part records: JSON strings may hold the other line ends that `splitlines` cuts at.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _object(line: str, where: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise DatasetError(f"{where}：不是合法的 JSON（第 {error.colno} 列附近），请修正。") from error
    if not isinstance(value, dict):
        raise DatasetError(f"{where}：应为一个 JSON 对象，实为「{_shown(value)}」。")
    return value


def _question(row: Mapping[str, Any], where: str) -> GoldQuestion:
    for name in row:
        if name not in _FIELDS:
            raise DatasetError(f"{where}：未知字段 {name}，可用的字段是 {'、'.join(sorted(_FIELDS))}。")
    texts = {name: _text(row.get(name), where, name) for name in _REQUIRED}
    unanswerable = row.get("unanswerable", False)
    if not isinstance(unanswerable, bool):
        raise _bad(where, "unanswerable", " true 或 false", unanswerable)
    answers = tuple(_group(group, where, f"answers[{at}]") for at, group in enumerate(_list(row, "answers", where)))
    evidence = tuple(_evidence(item, where, f"evidence[{at}]") for at, item in enumerate(_list(row, "evidence", where)))
    if unanswerable and (answers or evidence):
        raise DatasetError(f"{where}：unanswerable 为 true 时，字段 answers 和 evidence 必须为空。")
    if not unanswerable and not answers:
        raise DatasetError(f"{where}：字段 answers 为空；可回答的题必须给出答案，不可回答的题请写 unanswerable: true。")
    return GoldQuestion(
        **texts,
        answers=answers,
        evidence=evidence,
        history=tuple(_turn(turn, where, f"history[{at}]") for at, turn in enumerate(_list(row, "history", where))),
        unanswerable=unanswerable,
        reason=_reason(row.get("reason"), unanswerable, where),
    )


def _group(value: Any, where: str, field: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise _bad(where, field, "至少一个字符串的列表", value)
    strings = tuple(_text(each, where, field) for each in value)
    for each in strings:
        # A string of punctuation alone is empty in the normal form, and every answer would contain it.
        if not normal(each):
            raise _bad(where, field, "含有文字或数字的字符串", each)
    return strings


def _evidence(value: Any, where: str, field: str) -> GoldEvidence:
    if not isinstance(value, dict):
        raise _bad(where, field, "一个对象", value)
    document = _text(value.get("document"), where, f"{field}.document")
    if value.keys() == {"document", "quote"}:
        return GoldEvidence(document, quote=_text(value["quote"], where, f"{field}.quote"))
    if value.keys() != {"document", "sha256", "start", "end"}:
        raise DatasetError(f"{where}：字段 {field} 应为 document 和 quote，或 document、sha256、start 和 end。")
    sha256 = _text(value["sha256"], where, f"{field}.sha256")
    start, end = value["start"], value["end"]
    if type(start) is not int or start < 0:
        raise _bad(where, f"{field}.start", "不小于 0 的整数", start)
    if type(end) is not int or end <= start:
        raise _bad(where, f"{field}.end", "大于 start 的整数", end)
    return GoldEvidence(document, sha256=sha256.lower(), span=Span(start, end))


def _turn(value: Any, where: str, field: str) -> Turn:
    if not isinstance(value, dict):
        raise _bad(where, field, "含 role 和 content 的对象", value)
    role = value.get("role")
    if role not in {"user", "assistant"}:
        raise _bad(where, f"{field}.role", " user 或 assistant", role)
    return Turn(role, _text(value.get("content"), where, f"{field}.content"))


def _reason(value: Any, unanswerable: bool, where: str) -> Reason | None:
    if value is None:
        return None
    if not unanswerable:
        raise DatasetError(f"{where}：字段 reason 只能用于 unanswerable 为 true 的题。")
    if value not in get_args(Reason):
        raise _bad(where, "reason", f" {'、'.join(get_args(Reason))} 之一", value)
    return cast(Reason, value)


def _list(row: Mapping[str, Any], field: str, where: str) -> list[Any]:
    value = row.get(field, [])
    if not isinstance(value, list):
        raise _bad(where, field, "列表", value)
    return value


def _text(value: Any, where: str, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _bad(where, field, "非空字符串", value)
    return value


def _bad(where: str, field: str, wanted: str, value: Any) -> DatasetError:
    return DatasetError(f"{where}：字段 {field} 应为{wanted}，实为「{_shown(value)}」。")


def _shown(value: Any) -> str:
    if value is None:
        return "缺失"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:40]}…"
