"""Question sets with gold answers and gold evidence, read from `.jsonl` files and checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from eval.json_lines import bad_field, json_lines, shown
from eval.normal import holds, normal
from index.errors import DatasetError
from index.types import Span
from rag.types import Reason, Turn

Half = Literal["dev", "test"]
Row = tuple[tuple[str, ...], ...]

_REQUIRED = ("id", "question", "type")
_FIELDS = (*_REQUIRED, "answers", "evidence", "history", "unanswerable", "reason", "forbidden", "table", "of")
# The grades of judged sets end at a handful; the library that reckons with them takes no more than a machine word.
HIGHEST_GRADE = 1000
_FOLDER = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """Where the proof stands: a document's name with a verbatim quote, or with the file's digest and a span.

    With neither, the whole document is the proof, `relevance` being its grade from 1 (the qrels of BEIR).
    """

    document: str
    quote: str = ""
    sha256: str = ""
    span: Span | None = None
    relevance: int = 1

    @property
    def whole(self) -> bool:
        """Whether the document as a whole is the proof."""
        return not self.quote and self.span is None


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its gold: `answers` are groups that must all be met, each by any one of its strings.

    A right answer holds no string of `forbidden`. `table` has the rows of a complete table, each a sequence of cells,
    each cell any one of its strings; the first cell names the row. Without answers only retrieval is measured.
    `of` is the id of the question that this one paraphrases, if it paraphrases one.
    """

    id: str
    question: str
    type: str
    answers: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[GoldEvidence, ...] = ()
    history: tuple[Turn, ...] = ()
    unanswerable: bool = False
    reason: Reason | None = None
    forbidden: tuple[str, ...] = ()
    table: tuple[Row, ...] = ()
    # Scores know gold by its repr: a question that paraphrases none must keep the one it always had.
    of: str = dataclass_field(default="", repr=False)

    @property
    def answerable(self) -> bool:
        """Whether it asks for an answer that its gold knows."""
        return bool(self.answers) and not self.unanswerable

    @property
    def retrieval_only(self) -> bool:
        """Whether nothing is known of the answer but where it stands."""
        return not self.unanswerable and not self.answers


def default_datasets(half: Half = "dev") -> tuple[Path, ...]:
    """The shipped questions over the sample corpus; the test half is run only to be reported."""
    return (_FOLDER / f"sample_{half}.jsonl",)


def load_dataset(*paths: Path) -> tuple[GoldQuestion, ...]:
    """The questions of all files (`.jsonl` or `.jsonl.gz`) in their order.

    Raises DatasetError, which names the file, the line and the field at fault with the path within it.
    """
    questions: list[GoldQuestion] = []
    seen: dict[str, str] = {}
    for path in paths:
        for where, row in json_lines(path, "题集"):
            question = gold_question(row, where)
            if question.id in seen:
                raise DatasetError(
                    f"{where}：字段 id 的值「{shown(question.id)}」与{seen[question.id]}重复，请改成不同的编号。"
                )
            seen[question.id] = where
            questions.append(question)
    if not questions:
        raise DatasetError(f"题集 {'、'.join(path.name for path in paths) or '（未指定）'} 中没有题目，请检查文件。")
    return tuple(questions)


def gold_question(row: Mapping[str, Any], where: str) -> GoldQuestion:
    """The question of one object; `where` opens the message of the DatasetError that a fault raises."""
    for name in row:
        if name not in _FIELDS:
            raise DatasetError(f"{where}：未知字段 {name}，可用的字段是 {'、'.join(sorted(_FIELDS))}。")
    texts = {name: _text(row.get(name), where, name) for name in _REQUIRED}
    unanswerable = row.get("unanswerable", False)
    if not isinstance(unanswerable, bool):
        raise bad_field(where, "unanswerable", " true 或 false", unanswerable)
    question = GoldQuestion(
        **texts,
        answers=tuple(_any_of(each, where, at) for at, each in _items(row, "answers", where)),
        evidence=tuple(_evidence(each, where, at) for at, each in _items(row, "evidence", where)),
        history=tuple(_turn(each, where, at) for at, each in _items(row, "history", where)),
        unanswerable=unanswerable,
        reason=_reason(row.get("reason"), unanswerable, where),
        forbidden=tuple(_comparable(each, where, at) for at, each in _items(row, "forbidden", where)),
        table=tuple(_table_row(each, where, at) for at, each in _items(row, "table", where)),
        of=_text(row["of"], where, "of") if "of" in row else "",
    )
    _check_whole(question, where)
    return question


def _check_whole(question: GoldQuestion, where: str) -> None:
    """What no field shows alone: gold that is missing, gold that should not be, gold that contradicts itself."""
    if question.unanswerable and (question.answers or question.evidence or question.table):
        raise DatasetError(f"{where}：unanswerable 为 true 时，字段 answers、evidence 和 table 必须为空。")
    if not (question.unanswerable or question.answers or question.evidence):
        raise DatasetError(
            f"{where}：字段 answers 为空；可回答的题必须给出答案或证据，不可回答的题请写 unanswerable: true。"
        )
    accepted = [("answers", each) for group in question.answers for each in group]
    accepted += [("table", each) for cells in question.table for cell in cells for each in cell]
    for at, each in enumerate(question.forbidden):
        for field, right in accepted:
            if holds(normal(right), normal(each)):
                raise DatasetError(
                    f"{where}：字段 forbidden[{at}] 的「{shown(each)}」含在字段 {field} 认可的「{shown(right)}」中，"
                    "按此没有回答能算对，请删去其中一个。"
                )


def _any_of(value: Any, where: str, field: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise bad_field(where, field, "至少一个字符串的列表", value)
    return tuple(_comparable(each, where, f"{field}[{at}]") for at, each in enumerate(value))


def _table_row(value: Any, where: str, field: str) -> Row:
    if not isinstance(value, list) or not value:
        raise bad_field(where, field, "至少一个单元格的列表", value)
    return tuple(_any_of(cell, where, f"{field}[{at}]") for at, cell in enumerate(value))


def _comparable(value: Any, where: str, field: str) -> str:
    text = _text(value, where, field)
    # A string of punctuation alone is empty in the normal form, and every answer would contain it.
    if not normal(text):
        raise bad_field(where, field, "含有文字或数字的字符串", text)
    return text


def _evidence(value: Any, where: str, field: str) -> GoldEvidence:
    if not isinstance(value, dict):
        raise bad_field(where, field, "一个对象", value)
    document = _text(value.get("document"), where, f"{field}.document")
    named = value.keys() - {"document"}
    if not named:
        return GoldEvidence(document)
    if named == {"relevance"}:
        grade = _whole_number(value["relevance"], 1, where, f"{field}.relevance")
        if grade > HIGHEST_GRADE:
            raise bad_field(where, f"{field}.relevance", f"不大于 {HIGHEST_GRADE} 的整数", grade)
        return GoldEvidence(document, relevance=grade)
    if named == {"quote"}:
        return GoldEvidence(document, quote=_text(value["quote"], where, f"{field}.quote"))
    if named != {"sha256", "start", "end"}:
        raise DatasetError(
            f"{where}：字段 {field} 应为 document 和 quote，或 document、sha256、start 和 end，"
            "或只有 document（可加 relevance）。"
        )
    sha256 = _text(value["sha256"], where, f"{field}.sha256")
    start = _whole_number(value["start"], 0, where, f"{field}.start")
    end = _whole_number(value["end"], start + 1, where, f"{field}.end")
    return GoldEvidence(document, sha256=sha256.lower(), span=Span(start, end))


def _whole_number(value: Any, least: int, where: str, field: str) -> int:
    # True is an int for isinstance.
    if type(value) is not int or value < least:
        raise bad_field(where, field, f"不小于 {least} 的整数", value)
    return value


def _turn(value: Any, where: str, field: str) -> Turn:
    if not isinstance(value, dict):
        raise bad_field(where, field, "含 role 和 content 的对象", value)
    role = value.get("role")
    if role not in ("user", "assistant"):
        raise bad_field(where, f"{field}.role", " user 或 assistant", role)
    return Turn(role, _text(value.get("content"), where, f"{field}.content"))


def _reason(value: Any, unanswerable: bool, where: str) -> Reason | None:
    if value is None:
        return None
    if not unanswerable:
        raise DatasetError(f"{where}：字段 reason 只能用于 unanswerable 为 true 的题。")
    if value not in get_args(Reason):
        raise bad_field(where, "reason", f" {'、'.join(get_args(Reason))} 之一", value)
    return cast(Reason, value)


def _items(row: Mapping[str, Any], field: str, where: str) -> list[tuple[str, Any]]:
    """The entries of a list field, each with the path that a message calls it by."""
    value = row.get(field, [])
    if not isinstance(value, list):
        raise bad_field(where, field, "列表", value)
    return [(f"{field}[{at}]", each) for at, each in enumerate(value)]


def _text(value: Any, where: str, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise bad_field(where, field, "非空字符串", value)
    if any("\ud800" <= char <= "\udfff" for char in value):
        # Half of a surrogate pair cannot be written as UTF-8, so a run with it could not be saved.
        raise DatasetError(f"{where}：字段 {field} 含有残缺的字符（单个代理项），请重新输入这段文字。")
    return value
