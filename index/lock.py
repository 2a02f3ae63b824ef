"""Locks between processes: one writer an index, and readers that keep their generation from being removed."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusyError

LOCK_FILE = "writer.lock"
# How often a writer that waits asks again.
_POLL_S = 0.1


@contextmanager
def writer_lock(folder: Path, wait_s: float = 0) -> Iterator[None]:
    """Holds the index in `folder` for writing; IndexBusyError when another process or thread still has it after the wait.

    The lock belongs to the open file, so it ends with the process however that ends; the file itself stays.
    """
    handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        until = time.monotonic() + wait_s
        while not _locked(handle):
            if time.monotonic() >= until:
                owner = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "未知"
                raise IndexBusyError(f"索引 {folder} 正由另一个程序（进程 {owner}）写入；请等它结束后再试。")
            time.sleep(_POLL_S)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def hold_for_reading(path: Path) -> int:
    """Opens the file and holds it as one of its readers; the holder closes the number that comes back."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        # A writer is just removing this generation; whoever asked finds that CURRENT names another one.
        os.close(handle)
        raise FileNotFoundError(path) from None
    return handle


def has_reader(path: Path) -> bool:
    """Whether some process holds the file for reading; a file that is not there has no reader."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)
