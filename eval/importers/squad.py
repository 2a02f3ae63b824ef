"""SQuAD's JSON: articles of paragraphs with questions, as CMRC 2018, DRCD and CAIL 2019 have it, and CMRC's flat list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.importers.files import identifier, json_value, plain
from eval.importers.options import ImportOptions
from eval.importers.reading import ReadAnswer, ReadQuestion
from eval.importers.records import Imported, Passage, Skipped
from eval.json_lines import bad_field
from index.errors import DatasetError


@dataclass(frozen=True, slots=True)
class _Paragraph:
    where: str
    passage: Passage
    questions: list[Any]


def read_squad(path: Path, options: ImportOptions) -> Iterator[Imported]:
    """Every paragraph as a passage, and every question on it.

    `is_impossible` (true or "true") makes a question unanswerable; the answers YES and NO of CAIL 2019 make it one of
    the type yesno. A paragraph without an id is called by its place, as `0-2`. DatasetError when the file is no such
    JSON; a fault of one question is skipped and told with its path in the JSON.
    """
    paragraphs = list(_paragraphs(json_value(path), path.name))
    for paragraph in paragraphs:
        if isinstance(paragraph, _Paragraph):
            yield paragraph.passage
        else:
            yield paragraph
    for paragraph in paragraphs:
        if isinstance(paragraph, _Paragraph):
            for at, given in enumerate(paragraph.questions):
                yield from _question(given, f"{paragraph.where}.qas[{at}]", paragraph.passage)


def _paragraphs(value: Any, name: str) -> Iterator[_Paragraph | Skipped]:
    articles = value.get("data") if isinstance(value, dict) else value
    if not isinstance(articles, list):
        raise DatasetError(f"{name} 不是 SQuAD 式的题集：顶层应为含 data 列表的对象，或段落的列表；请检查格式。")
    top = "data" if isinstance(value, dict) else ""
    seen: set[str] = set()
    for at, article in enumerate(articles):
        where = f"{name} {top}[{at}]"
        if not isinstance(article, dict):
            yield Skipped(where, "应为一个对象")
        elif "paragraphs" not in article:
            yield _paragraph(article, where, str(at), "", seen)
        elif not isinstance(article["paragraphs"], list):
            yield Skipped(f"{where}.paragraphs", "应为列表")
        else:
            title = plain(article.get("title"))
            for part, paragraph in enumerate(article["paragraphs"]):
                yield _paragraph(paragraph, f"{where}.paragraphs[{part}]", f"{at}-{part}", title, seen)


def _paragraph(value: Any, where: str, position: str, title: str, seen: set[str]) -> _Paragraph | Skipped:
    if not isinstance(value, dict):
        return Skipped(where, "应为一个对象")
    text = value.get("context", value.get("context_text"))
    if not isinstance(text, str) or not text.strip():
        return Skipped(where, "没有正文 context")
    questions = value.get("qas")
    if not isinstance(questions, list):
        return Skipped(f"{where}.qas", "应为列表")
    name = identifier(value.get("id", value.get("context_id")))
    if not name or name in seen:
        name = position
    seen.add(name)
    title = plain(value.get("title")) or plain(value.get("casename")) or title
    return _Paragraph(where, Passage(name, title, text), questions)


def _question(value: Any, where: str, passage: Passage) -> Iterator[Imported]:
    if not isinstance(value, dict):
        yield Skipped(where, "应为一个对象")
        return
    try:
        read = ReadQuestion(
            where,
            identifier(value.get("id", value.get("query_id"))),
            plain(value.get("question", value.get("query_text"))),
            _answers(value, where),
            _impossible(value, where),
            passage.id,
            passage.text,
        )
    except DatasetError as error:
        yield Skipped(where, str(error).removeprefix(f"{where}："))
        return
    yield from read.imported()


def _answers(value: Mapping[str, Any], where: str) -> list[ReadAnswer]:
    answers = value.get("answers", [])
    if not isinstance(answers, list):
        raise bad_field(where, "answers", "列表", answers)
    return [_answer(each, where, f"answers[{at}]") for at, each in enumerate(answers)]


def _answer(value: Any, where: str, field: str) -> ReadAnswer:
    if isinstance(value, str):
        return ReadAnswer(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        # CMRC's own file has the answers that are bare numbers as numbers, once through a spreadsheet: 39764.0.
        return ReadAnswer(f"{value:.15g}")
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise bad_field(where, field, "文字，或含 text 的对象", value)
    start = value.get("answer_start", -1)
    return ReadAnswer(value["text"], start if type(start) is int else -1)


def _impossible(value: Mapping[str, Any], where: str) -> bool:
    given = value.get("is_impossible", False)
    # CAIL 2019 writes the truth as text.
    told = given.lower() if isinstance(given, str) else given
    if told not in (True, False, "true", "false"):
        raise bad_field(where, "is_impossible", " true 或 false", given)
    return told in (True, "true")
