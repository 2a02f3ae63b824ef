"""Brings one outside set into the project's form: every file whole or absent, every record counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from eval.dataset import gold_question
from eval.importers.drafts import PASSAGES_FILE, QUESTIONS_FILE, TODO_FILE, Drafts
from eval.importers.formats import FORMATS, Importer
from eval.importers.options import ImportOptions
from eval.importers.records import Asked, Imported, ImportReport, LeftOut, Notice, Passage, Skipped, Todo
from eval.json_lines import shown
from index.errors import DatasetError


def import_dataset(
    format_name: str, path: Path, out_folder: Path, options: ImportOptions | None = None
) -> ImportReport:
    """Reads a set of one of `FORMATS` and writes it into a folder: `qa.jsonl`, and what else the format carries.

    `passages.jsonl` is a corpus that `changai build` reads, `todo.jsonl` awaits staff. Files of an earlier import are
    replaced only with `options.overwrite`, and then all together, those that this import does not write removed.

    Raises DatasetError, with nothing written, when the set cannot be read, an option does not fit, a file is there
    already, or no question came of it; MissingPackageError when a workbook needs a package that is not installed.
    """
    options = options or ImportOptions()
    importer = FORMATS.get(format_name)
    if importer is None:
        raise DatasetError(f"没有名为「{shown(format_name)}」的题集格式，可用的是 {'、'.join(FORMATS)}。")
    options.check(format_name, importer.options)
    if not path.exists():
        raise DatasetError(f"找不到要导入的 {path}，请检查路径。")
    _refuse_old_files(importer, out_folder, options)
    with ExitStack() as stack:
        if not out_folder.exists():
            stack.callback(_remove_if_empty, out_folder)
        try:
            drafts = Drafts(out_folder, stack)
            counted = _Count(drafts, options.limit)
            counted.take(importer.read(path, options))
            if not counted.questions and not counted.todo:
                raise DatasetError(_nothing(path, counted))
            files = drafts.publish(importer.writes)
        except OSError as error:
            raise DatasetError(f"导入结果无法写入 {out_folder}（{error.strerror}），请换一个文件夹。") from error
    return counted.report(format_name, files)


def _refuse_old_files(importer: Importer, folder: Path, options: ImportOptions) -> None:
    old = [name for name in importer.writes if (folder / name).exists()]
    if old and not options.overwrite:
        raise DatasetError(f"{folder} 中已有 {'、'.join(old)}；请换一个文件夹，或加上覆盖选项 --overwrite。")


def _remove_if_empty(folder: Path) -> None:
    """An import that failed leaves no empty folder behind."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _nothing(path: Path, counted: _Count) -> str:
    reasons = [f"{each.where}：{each.reason}" for each in counted.skipped[:1]]
    reasons += [f"{count} 条因{reason}未取" for reason, count in counted.left_out.items()]
    return f"{path.name} 中没有可导入的题目（{'；'.join(reasons) or '文件是空的'}），请检查文件和选项。"


class _Count:
    """What has come of the records so far."""

    def __init__(self, drafts: Drafts, limit: int | None) -> None:
        self._drafts = drafts
        self._limit = limit
        self._question_ids: set[str] = set()
        self._passage_ids: set[str] = set()
        self.questions = self.unanswerable = self.retrieval_only = self.todo = 0
        self.skipped: list[Skipped] = []
        self.notices: list[Notice] = []
        self.left_out: Counter[str] = Counter()

    def take(self, records: Iterable[Imported]) -> None:
        """Writes or counts every record."""
        for record in records:
            match record:
                case Asked():
                    self._question(record)
                case Passage():
                    self._passage(record)
                case Todo():
                    self._drafts.write(TODO_FILE, record.row)
                    self.todo += 1
                case Skipped():
                    self.skipped.append(record)
                case Notice():
                    self.notices.append(record)
                case LeftOut():
                    self.left_out[record.reason] += 1

    def report(self, format_name: str, files: tuple[Path, ...]) -> ImportReport:
        """The sums, with the names of the files that were written."""
        return ImportReport(
            format_name,
            questions=self.questions,
            unanswerable=self.unanswerable,
            retrieval_only=self.retrieval_only,
            passages=len(self._passage_ids),
            todo=self.todo,
            skipped=tuple(self.skipped),
            notices=tuple(self.notices),
            left_out=dict(self.left_out),
            files=files,
        )

    def _question(self, asked: Asked) -> None:
        row = {name: value for name, value in asked.row.items() if value not in ([], "", None, False)}
        try:
            question = gold_question(row, "")
        except DatasetError as error:
            self.skipped.append(Skipped(asked.where, str(error).removeprefix("：")))
            return
        if question.id in self._question_ids:
            self.skipped.append(Skipped(asked.where, f"编号「{shown(question.id)}」与前面的题重复"))
            return
        if self.questions == self._limit:
            self.left_out[f"超过 limit 的 {self._limit} 题"] += 1
            return
        missing = [each.document for each in question.evidence if each.document not in self._passage_ids]
        if self._passage_ids and missing:
            self.notices.append(
                Notice(asked.where, f"证据资料 {shown('、'.join(missing))} 不在资料集中，这处证据只能得零分")
            )
        self._question_ids.add(question.id)
        self._drafts.write(QUESTIONS_FILE, row)
        self.questions += 1
        self.unanswerable += question.unanswerable
        self.retrieval_only += question.retrieval_only

    def _passage(self, passage: Passage) -> None:
        where = f"资料 {shown(passage.id) or '（无编号）'}"
        if not passage.id or not passage.text.strip():
            self.skipped.append(Skipped(where, "没有编号或没有正文"))
            return
        if passage.id in self._passage_ids:
            self.skipped.append(Skipped(where, "编号与前面的资料重复"))
            return
        self._passage_ids.add(passage.id)
        fields = {"id": passage.id, "title": passage.title, "text": passage.text}
        fields |= {name: value for name, value in (("date", passage.date), ("source", passage.source)) if value}

        self._drafts.write(PASSAGES_FILE, fields)
