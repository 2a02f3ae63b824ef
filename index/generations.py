"""The folder of an index: numbered generations, one of which is current; a writer makes a new one beside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from index.backup import add_backups, drop_backups
from index.errors import IndexDamagedError, IndexMissingError, IndexStateError, IndexUnwritableError
from index.lock import has_reader, writer_lock
from index.manifest import MANIFEST_FILE, RESUME_FILE, Manifest
from index.part_store import STORE_FILE

CURRENT_FILE = "CURRENT"
# What a killed writer had finished; the next one that does the same goes on from there.
UNFINISHED_FOLDER = "unfinished"
_DRAFT, _TRASH = ".draft", ".trash"


class Draft:
    """A generation in the making: files go into `folder`, and nothing counts before `publish`.

    `unfinished` is the folder of what a killed writer left, or one that does not exist.
    """

    def __init__(self, index: Path, number: int) -> None:
        self._index = index
        self._number = number
        self.unfinished = index / UNFINISHED_FOLDER
        self.folder = _home(index) / f"{number}{_DRAFT}"
        self.folder.mkdir()
        self._linked: dict[str, tuple[int, int, int]] = {}

    @property
    def linked(self) -> frozenset[str]:
        """The files that are still those of another generation, by relative path."""
        return frozenset(name for name, mark in self._linked.items() if _mark(self.folder / name) == mark)

    def link(self, source: Path, name: str) -> None:
        """Takes a file of another generation, which never changes, over under a relative path."""
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(source)
        except OSError:
            # Not every file system knows a second name for a file; a copy serves as well and takes longer.
            shutil.copyfile(source, target)
        mark = _mark(target)
        if mark:
            self._linked[name] = mark

    def discard(self, name: str) -> None:
        """Removes a folder of the draft, given its relative path."""
        shutil.rmtree(self.folder / name)
        self._linked = {linked: mark for linked, mark in self._linked.items() if not linked.startswith(f"{name}/")}

    def renew(self, name: str) -> Path:
        """The path of a file that is to be written anew: a linked one must not be written to, it is the old generation's too."""
        (self.folder / name).unlink(missing_ok=True)
        self._linked.pop(name, None)
        return self.folder / name

    def publish(self, keep_previous: bool = True) -> Path:
        """Makes everything durable, then this the current generation in one step; gives its folder.

        Of the older ones the previous stays, as the way back from a damaged disk, unless `keep_previous` is
        false; any that a reader still holds stays too, until a later writer.
        """
        (self.folder / RESUME_FILE).unlink(missing_ok=True)
        linked = self.linked
        for path in [*self.folder.rglob("*"), self.folder]:
            if path.relative_to(self.folder).as_posix() not in linked:
                _sync(path)
        add_backups(self._index, self.folder)
        folder = self.folder.rename(_home(self._index) / str(self._number))
        _sync(folder.parent)
        beside = self._index / f"{CURRENT_FILE}.new"
        beside.write_text(f"{self._number}\n", encoding="ascii")
        _sync(beside)
        beside.replace(self._index / CURRENT_FILE)
        _sync(self._index)
        shutil.rmtree(self.unfinished, ignore_errors=True)
        older = [number for number in _numbers(self._index) if number < self._number]
        for number in older[:-1] if keep_previous else older:
            if not has_reader(_home(self._index) / str(number) / MANIFEST_FILE):
                _discard(_home(self._index) / str(number))
        kept = older[-1:] if keep_previous else []
        drop_backups(
            self._index, [folder, *(_home(self._index) / str(number) for number in kept if self._is_of_now(number))]
        )
        return folder

    def _is_of_now(self, number: int) -> bool:
        """Whether an older generation has the present form, and so backups of its own."""
        try:
            Manifest.read(_home(self._index) / str(number))
        except IndexStateError:
            return False
        return True


@contextmanager
def new_generation(index: Path, wait_s: float = 0) -> Iterator[Draft]:
    """The one writer of an index: clears what a crash left and gives a draft, removed if not published.

    Raises IndexBusyError when another process still writes after `wait_s` seconds, IndexUnwritableError when the disk refuses.
    """
    try:
        _home(index).mkdir(parents=True, exist_ok=True)
        with writer_lock(index, wait_s):
            _clear_leftovers(index)
            draft = Draft(index, max(_numbers(index), default=0) + 1)
            try:
                yield draft
            except KeyboardInterrupt:
                _save(index, draft.folder)
                raise
            finally:
                shutil.rmtree(draft.folder, ignore_errors=True)
    except (OSError, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error.strerror or error
        raise IndexUnwritableError(
            f"索引 {index} 写不进去（{reason}）；原来的索引没有改动，"
            "请检查磁盘空间和目录权限，或用 --index 换一个目录。"
        ) from error


def current_number(index: Path) -> int:
    """The number of the current generation; IndexStateError when that cannot be told."""
    try:
        text = (index / CURRENT_FILE).read_text(encoding="ascii").strip()
        return int(text)
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(f"没有找到索引 {index}；请先运行 changai build 文件夹。") from None
    except PermissionError:
        raise IndexStateError(f"没有权限读取索引 {index}；请检查目录权限，或用 --index 换一个目录。") from None
    except OSError as error:
        raise IndexDamagedError(
            f"索引 {index} 的 {CURRENT_FILE} 读不出来（{error.strerror}）；{remedy(index, None)}"
        ) from error
    except ValueError as error:
        raise IndexDamagedError(f"索引 {index} 的 {CURRENT_FILE} 内容已损坏；{remedy(index, None)}") from error


def generation_folder(index: Path, number: int) -> Path:
    """Where the generation with this number lies."""
    return _home(index) / str(number)


def remedy(index: Path, damaged: int | None) -> str:
    """What to do about a damaged generation: go back to the newest other one that is whole, or build anew."""
    for number in reversed(_numbers(index)):
        if number != damaged and _is_whole(_home(index) / str(number)):
            return (
                f"上一个完好的版本是 {number}：请把 {index / CURRENT_FILE} 的内容改成 {number} 即可恢复，"
                "或运行 changai build 文件夹 重建。"
            )
    return "请运行 changai build 文件夹 重建索引。"


def _is_whole(folder: Path) -> bool:
    try:
        return not any(name.endswith(STORE_FILE) for name in Manifest.read(folder).damaged(folder))
    except IndexStateError:
        return False


def _home(index: Path) -> Path:
    return index / "generations"


def _numbers(index: Path) -> list[int]:
    home = _home(index)
    return sorted(int(path.name) for path in home.iterdir() if path.name.isdecimal()) if home.is_dir() else []


def _clear_leftovers(index: Path) -> None:
    for path in _home(index).iterdir():
        if path.suffix == _DRAFT:
            _save(index, path)
        if path.suffix in {_DRAFT, _TRASH}:
            shutil.rmtree(path, ignore_errors=True)
    try:
        current = current_number(index)
    except IndexStateError:
        # Nothing says which generation counts, so none is taken for a leftover.
        return
    for number in _numbers(index):
        if number > current:
            _discard(_home(index) / str(number))


def _save(index: Path, draft: Path) -> None:
    """Sets a draft that can be resumed aside, in place of an older one, for the next writer."""
    if (draft / RESUME_FILE).exists():
        shutil.rmtree(index / UNFINISHED_FOLDER, ignore_errors=True)
        draft.rename(index / UNFINISHED_FOLDER)


def _discard(folder: Path) -> None:
    # Renamed first: a folder named by a number is a whole generation, even after a crash in mid-removal.
    shutil.rmtree(folder.rename(folder.with_name(folder.name + _TRASH)))


def _mark(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from one that took its name: its number, size and time of change."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
