"""Questions with the ids of their passages, beside a corpus: the form of the data sets at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from eval.importers.files import Line, identifier, object_lines, plain
from eval.importers.options import ImportOptions
from eval.importers.reading import ReadAnswer, ReadQuestion
from eval.importers.records import Asked, Imported, LeftOut, Notice, Passage, Skipped
from eval.json_lines import shown
from eval.normal import groups_met, normal
from index.errors import DatasetError

_CORPUS_NAMES = ("passages.jsonl", "passages.jsonl.gz", "corpus.jsonl", "corpus.jsonl.gz")
_QUESTION_NAMES = ("qa.jsonl", "qa.jsonl.gz", "qa*.jsonl", "qa*.jsonl.gz")


def read_passages(path: Path, options: ImportOptions) -> Iterator[Imported]:
    """The whole corpus as passages, and the questions of the split, in their order.

    A line is `{id, question, answers [any-of], passage_id or passage_ids, answer_starts?, is_impossible?, split?,
    self_contained?, type?}`; `path` is the folder or the file of questions. With `answer_starts` (CMRC 2018, CAIL 2019)
    a question is read as in SQuAD: the proof is the sentence around the answer, YES and NO make the type yesno, and an
    impossible question is unanswerable. Without (STARD, CRUD) the whole passages are the proof, and a question whose
    answers no passage holds keeps none (`retrieval_only` None): STARD's answers are an adviser's prose, so that its
    questions become pure retrieval over statutes, and of CRUD's short answers all but a few stay.
    """
    questions_file, corpus = _files(path, options.corpus)
    chosen: list[Line] = []
    for record in _chosen(questions_file, options):
        if isinstance(record, tuple):
            chosen.append(record)
        else:
            yield record
    wanted = {name for _, row in chosen for name in _passage_ids(row)}
    texts: dict[str, str] = {}
    for line in object_lines(corpus):
        if isinstance(line, Skipped):
            yield line
            continue
        passage = _passage(line[1])
        if passage.id in wanted:
            texts.setdefault(passage.id, passage.text)
        yield passage
    for where, row in chosen:
        yield from _question(where, row, texts, options.retrieval_only)


def _files(path: Path, corpus: Path | None) -> tuple[Path, Path]:
    folder, questions = (path, _first(path, _QUESTION_NAMES)) if path.is_dir() else (path.parent, path)
    if questions is None:
        raise DatasetError(f"文件夹 {folder.name} 中没有 qa.jsonl；请给出题目文件的路径。")
    corpus = corpus or _first(folder, _CORPUS_NAMES)
    if corpus is None:
        raise DatasetError(f"{questions.name} 旁边没有 passages.jsonl 或 corpus.jsonl；请用 corpus 指明资料文件。")
    return questions, corpus


def _first(folder: Path, patterns: Sequence[str]) -> Path | None:
    for pattern in patterns:
        found = sorted(folder.glob(pattern))
        if len(found) > 1:
            names = "、".join(each.name for each in found)
            raise DatasetError(f"文件夹 {folder.name} 中有 {names}，不知道用哪一个；请直接给出题目文件的路径。")
        if found:
            return found[0]
    return None


def _chosen(path: Path, options: ImportOptions) -> Iterator[Line | Skipped | LeftOut]:
    """The lines that the options ask for; DatasetError when the split or the mark does not occur at all."""
    splits: Counter[str] = Counter()
    marked = False
    for line in object_lines(path):
        if isinstance(line, Skipped):
            yield line
            continue
        row = line[1]
        split = plain(row.get("split"))
        splits[split] += 1
        marked = marked or "self_contained" in row
        if options.split is not None and split != options.split:
            yield LeftOut(f"不属于 {options.split} 部分的题")
        elif options.self_contained and row.get("self_contained") is not True:
            yield LeftOut("没有标为自足（self_contained）的题")
        else:
            yield line
    if options.split is not None and not splits[options.split]:
        known = "、".join(f"{name or '（未标）'} {count} 题" for name, count in splits.items() if count)
        raise DatasetError(f"{path.name} 中没有 split 为「{shown(options.split)}」的题，现有的是 {known or '空文件'}。")
    if options.self_contained and not marked:
        raise DatasetError(f"{path.name} 的题没有 self_contained 字段，请去掉这个选项。")


def _passage(row: Mapping[str, Any]) -> Passage:
    text = row.get("text")
    return Passage(
        identifier(row.get("id")),
        plain(row.get("title")),
        text if isinstance(text, str) else "",
        identifier(row.get("date")),
        plain(row.get("source")),
    )


def _passage_ids(row: Mapping[str, Any]) -> list[str]:
    several = row.get("passage_ids")
    given = several if isinstance(several, list) and several else [row.get("passage_id")]
    return [name for name in map(identifier, given) if name]


def _question(
    where: str, row: Mapping[str, Any], texts: Mapping[str, str], retrieval_only: bool | None
) -> Iterator[Imported]:
    name, question, ids = identifier(row.get("id")), plain(row.get("question")), _passage_ids(row)
    given = row.get("answers", [])
    answers = [each for each in given if isinstance(each, str) and normal(each)] if isinstance(given, list) else []
    if not ids:
        yield Skipped(where, "没有 passage_id 或 passage_ids")
        return
    impossible = row.get("is_impossible") is True
    if impossible or (isinstance(row.get("answer_starts"), list) and retrieval_only is not True):
        read = list(_read_answers(row))
        yield from ReadQuestion(where, name, question, read, impossible, ids[0], texts.get(ids[0], "")).imported()
        return
    if not isinstance(given, list) or len(answers) < len(given):
        yield Notice(where, "字段 answers 不全是文字，不是文字的已略去")
    said = retrieval_only is False or (
        retrieval_only is None and bool(answers) and _stand(answers, [texts.get(each, "") for each in ids])
    )
    kind = plain(row.get("type")) or ("reading" if said and answers else "retrieval")
    yield Asked(
        where,
        {
            "id": name,
            "question": question,
            "type": kind,
            "answers": [list(dict.fromkeys(answers))] if said and answers else [],
            "evidence": [{"document": each} for each in dict.fromkeys(ids)],
        },
    )


def _stand(answers: Sequence[str], passages: Sequence[str]) -> bool:
    return any(groups_met(text, [answers]) for text in passages)


def _read_answers(row: Mapping[str, Any]) -> Iterator[ReadAnswer]:
    answers, starts = (
        given if isinstance(given := row.get(name), list) else [] for name in ("answers", "answer_starts")
    )
    for text, start in zip_longest(answers, starts):
        if isinstance(text, str):
            yield ReadAnswer(text, start if type(start) is int else -1)
