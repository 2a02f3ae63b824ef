"""BEIR's folder (Thakur et al. 2021; MTEB has the same): corpus, queries, and the grades of documents for queries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eval.importers.files import identifier, object_lines, plain, text_lines
from eval.importers.options import ImportOptions
from eval.importers.records import Asked, Imported, LeftOut, Passage, Skipped
from eval.json_lines import shown
from index.errors import DatasetError

Grades = dict[str, dict[str, int]]


def read_beir(path: Path, options: ImportOptions) -> Iterator[Imported]:
    """Every document of the corpus, and the queries that the split grades, as questions without answers.

    `corpus.jsonl`, `queries.jsonl` (or `.jsonl.gz`) hold `_id` or `id`, `title`, `text`; `qrels/<split>.tsv` (or
    `.jsonl`) has query, document and grade, or the four columns of TREC, with a heading or without. A positive grade
    is kept as `relevance`; a grade of zero or less says that the document is not relevant, and is left out. The split
    is `test` unless another is named, or the only one.
    """
    if not path.is_dir():
        raise DatasetError(f"BEIR 式的题集应为一个文件夹，{path.name} 不是；请给出含 corpus.jsonl 的文件夹。")
    corpus, queries = _file(path, "corpus"), _file(path, "queries")
    qrels = _qrels_file(path, options.split)
    grades: Grades = {}
    for judged in _judgements(qrels):
        if isinstance(judged, tuple):
            query, document, grade = judged
            grades.setdefault(query, {})[document] = grade
        else:
            yield judged
    yield from _passages(corpus)
    asked: set[str] = set()
    for record in _questions(queries, grades):
        if isinstance(record, Asked):
            asked.add(record.row["id"])
        yield record
    for query in grades:
        if query not in asked:
            yield Skipped(f"{qrels.name} 的查询 {query}", f"在 {queries.name} 中没有可用的问题")


def _passages(corpus: Path) -> Iterator[Imported]:
    for line in object_lines(corpus):
        if isinstance(line, Skipped):
            yield line
            continue
        _, row = line
        title = plain(row.get("title"))
        # A document that is a headline alone can still be relevant.
        text = row.get("text") if plain(row.get("text")) else title
        yield Passage(identifier(row.get("_id", row.get("id"))), title, str(text or ""))


def _questions(queries: Path, grades: Grades) -> Iterator[Imported]:
    for line in object_lines(queries):
        if isinstance(line, Skipped):
            yield line
            continue
        where, row = line
        name = identifier(row.get("_id", row.get("id")))
        judged = grades.get(name)
        if judged is None:
            yield LeftOut("这一部分没有评判的查询")
            continue
        evidence = [
            {"document": document} if grade == 1 else {"document": document, "relevance": grade}
            for document, grade in judged.items()
        ]
        question = {"id": name, "question": plain(row.get("text")), "type": "retrieval"}
        yield Asked(where, question | {"evidence": evidence})


def _file(folder: Path, name: str) -> Path:
    for each in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if each.is_file():
            return each
    raise DatasetError(f"文件夹 {folder.name} 中没有 {name}.jsonl，不是 BEIR 式的题集；请检查路径。")


def _qrels_file(folder: Path, split: str | None) -> Path:
    found = {each.stem: each for each in sorted((folder / "qrels").glob("*.*")) if each.suffix in {".tsv", ".jsonl"}}
    if not found:
        raise DatasetError(f"文件夹 {folder.name} 的 qrels 中没有 .tsv 文件，不知道哪些资料相关；请检查路径。")
    if split is None:
        split = "test" if "test" in found else next(iter(found)) if len(found) == 1 else ""
    if split not in found:
        asked = f"没有名为「{split}」的部分" if split else "有多个部分"
        raise DatasetError(f"文件夹 {folder.name} 的 qrels 中{asked}，可用的是 {'、'.join(found)}；请用 split 指明。")
    return found[split]


def _judgements(path: Path) -> Iterator[tuple[str, str, int] | Skipped | LeftOut]:
    rows = _objects(path) if path.suffix == ".jsonl" else _columns(path)
    for where, (query, document, told) in rows:
        grade = _grade(told)
        if grade is None or not query or not document:
            yield Skipped(where, f"应为查询、资料和整数的相关度，实为「{shown(f'{query} {document} {told}')}」")
        elif grade < 1:
            yield LeftOut("相关度为零或更低的评判")
        else:
            yield query, document, grade


def _columns(path: Path) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for number, (where, line) in enumerate(text_lines(path)):
        cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split())]
        if number == 0 and _grade(cells[-1]) is None:
            continue
        # TREC has a second column that nobody reads.
        query, document, told = (cells[0], *cells[-2:]) if len(cells) in (3, 4) else (line.strip(), "", "")
        yield where, (query, document, told)


def _objects(path: Path) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for line in object_lines(path):
        if isinstance(line, Skipped):
            yield line.where, (line.reason, "", "")
        else:
            where, row = line
            query, document = identifier(row.get("query-id")), identifier(row.get("corpus-id"))
            yield where, (query, document, str(row.get("score", "")))


def _grade(told: str) -> int | None:
    """A grade as a whole number, also written 1.0; None when it is none."""
    try:
        grade = float(told)
    except ValueError:
        return None
    return int(grade) if grade.is_integer() else None
