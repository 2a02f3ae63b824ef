"""The file of votes: what people thought of an answer, a line each, for the laboratory to import."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FEEDBACK_FILE = "feedback.jsonl"
TEXT_CHARACTERS = 8000


@dataclass(frozen=True, slots=True)
class Vote:
    """Whether an answer was of use (`up`), with what the chain was told and, perhaps, what was `expected` instead."""

    question: str
    history: tuple[Mapping[str, str], ...]
    answer: str
    up: bool
    expected: str = ""

    def row(self, moment: datetime) -> dict[str, Any]:
        """The vote as it is stored: these fields and no other, each text cut at TEXT_CHARACTERS."""
        row: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "question": self.question[:TEXT_CHARACTERS],
            "history": [{"role": told["role"], "content": told["content"][:TEXT_CHARACTERS]} for told in self.history],
            "answer": self.answer[:TEXT_CHARACTERS],
            "vote": "up" if self.up else "down",
        }
        return row | ({"expected": self.expected[:TEXT_CHARACTERS]} if self.expected else {})


Keep = Callable[[Vote], None]


class FeedbackFile:
    """`feedback.jsonl` beside the generations of an index, which no build touches; shared by threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FEEDBACK_FILE

    def keep(self, vote: Vote) -> None:
        """Appends the vote whole, on the disk when this returns, or not at all; raises OSError then."""
        row = vote.row(datetime.now(UTC).astimezone())
        # A half of a surrogate pair, which a browser can send, has no bytes: it becomes a question mark.
        line = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            end = os.fstat(handle).st_size
            if end and os.pread(handle, 1, end - 1) != b"\n":
                # The machine stopped in mid-line: what is left of that line must not take this one with it.
                line = b"\n" + line
            if os.write(handle, line) < len(line):
                os.ftruncate(handle, end)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
            os.fsync(handle)
        finally:
            os.close(handle)
