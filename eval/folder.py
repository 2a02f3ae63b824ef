"""A run on disk: what it was made with, its answers as they came, its scores, and its reports; each file whole or absent."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from eval.identity import differing
from eval.json_lines import read_text
from eval.reply import Reply, read_replies, reply_line
from index.errors import DatasetError

RUN, ANSWERS, ERRORS, SCORES = "run.json", "answers.jsonl", "errors.jsonl", "scores.jsonl"
REPORT_MARKDOWN, REPORT_PAGE, REPORT_JSON = "report.md", "report.html", "report.json"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run was made with: the digests of `eval.identity`, the question sets, when, and by which version."""

    identity: Mapping[str, str]
    datasets: tuple[str, ...]
    index: str
    begun: str
    version: str
    machine: str = ""
    jobs: int = 1
    finished: str = ""


class RunFolder:
    """The folder of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def record(self) -> RunRecord | None:
        """What the run in this folder was made with; None when there is none. DatasetError when it cannot be read."""
        if not (self.path / RUN).is_file():
            return None
        try:
            fields = json.loads(read_text(self.path / RUN, "评测记录"))
            record = RunRecord(**{**fields, "datasets": tuple(fields["datasets"])})
            # Every field is text, or the next command would fail over it far from here.
            "".join((*record.identity.values(), *record.datasets, record.begun, record.finished, record.index))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DatasetError(f"评测记录 {self.path / RUN} 不完整；请换一个目录，或加 --fresh 重新评测。") from error
        return record

    def begin(self, record: RunRecord, fresh: bool) -> dict[str, Reply]:
        """Makes the folder ready for a run and gives the replies that a killed one left, by question id.

        Errors are never kept. Raises DatasetError when the folder holds a run of another identity, unless `fresh`, and
        when it holds answers that no run has left there.
        """
        recorded = (self.path / RUN).is_file()
        if (self.path / ANSWERS).exists() and not recorded:
            raise DatasetError(
                f"目录 {self.path} 里已有不是评测留下的 {ANSWERS}；请用 --out 换一个目录，以免把它覆盖。"
            )
        before = None if fresh else self.record()
        if before and (other := differing(before.identity, record.identity)):
            raise DatasetError(
                f"目录 {self.path} 里是另一次评测（{'、'.join(other)}不同）；请用 --out 换一个目录，或加 --fresh 重新评测。"
            )
        kept = self._kept() if before else {}
        with self._told():
            self.path.mkdir(parents=True, exist_ok=True)
            for name in (ERRORS, SCORES, REPORT_MARKDOWN, REPORT_PAGE, REPORT_JSON):
                (self.path / name).unlink(missing_ok=True)
        # The answers before the record: a kill between the two leaves a folder whose record is still the old one.
        self.write(ANSWERS, "".join(map(reply_line, kept.values())))
        self.write(RUN, json.dumps(asdict(record), ensure_ascii=False, indent=2) + "\n")
        return kept

    def _kept(self) -> dict[str, Reply]:
        try:
            return self.replies()
        except DatasetError as error:
            raise DatasetError(f"{error}也可以加 --fresh 重新评测。") from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps every other run out of the folder until the block ends; DatasetError at once when one is in it."""
        with self._told():
            self.path.mkdir(parents=True, exist_ok=True)
            # The lock is on the folder itself and ends with the process, however that ends.
            handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise DatasetError(f"目录 {self.path} 里正有另一次评测在跑；请等它结束，或用 --out 换一个目录。") from None
        finally:
            os.close(handle)

    def replies(self) -> dict[str, Reply]:
        """The replies that are whole on disk, by question id; a line that a kill cut off is left out."""
        path = self.path / ANSWERS
        found = read_replies(path, cut=True) if path.is_file() else ()
        return {reply.id: reply for reply in found if reply.lasting}

    @contextmanager
    def growing(self) -> Iterator[Callable[[Reply], None]]:
        """A function that adds a reply to the answers, handed to the disk before it returns, unless it must be asked again."""
        with self._told(), (self.path / ANSWERS).open("a", encoding="utf-8") as file:

            def add(reply: Reply) -> None:
                if reply.lasting:
                    file.write(reply_line(reply))
                    file.flush()

            yield add

    def finish(self, record: RunRecord, replies: Sequence[Reply]) -> None:
        """The answers in the order of the questions, the errors beside them, and the record with its end."""
        self.write(ANSWERS, "".join(reply_line(each) for each in replies if not each.error))
        self.write(ERRORS, "".join(reply_line(each) for each in replies if each.error))
        self.write(RUN, json.dumps(asdict(record), ensure_ascii=False, indent=2) + "\n")

    def write_lines(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """A file with one JSON object a line."""
        self.write(name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))

    def write(self, name: str, text: str) -> None:
        """The whole file in one step: a reader sees the old one or the new one, never half of it."""
        with self._told():
            self.path.mkdir(parents=True, exist_ok=True)
            write_whole(self.path / name, text)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DatasetError(
                f"评测结果无法写入 {self.path}（{error.strerror or error}）；请检查磁盘空间和权限，或用 --out 换一个目录。"
            ) from error


def write_whole(path: Path, text: str) -> None:
    """Writes a file by renaming a finished draft onto it; raises OSError, and leaves no draft behind."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}-", delete=False) as draft:
        written = Path(draft.name)
        try:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
            # The draft is private to its writer; a result is a file like any other.
            written.chmod(0o644)
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)
