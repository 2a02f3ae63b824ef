"""Which chunk each row of a part's vectors is of: a JSON list of which only the lines asked for are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

IDS_FILE = "vectors.json"
_NEWLINE = 10


class RowIds:
    """The ids of the chunks of one part, by row; a million of them as strings would take a hundred megabytes."""

    def __init__(self, data: bytes) -> None:
        """Takes the bytes of a list with one id a line, or of any list of strings; ValueError for what is no JSON."""
        self._data = data
        self._ends: NDArray[np.intp] | None = None
        self._listed: tuple[str, ...] = ()
        if data.startswith(b"[\n"):
            # A line end inside an id is written as an escape, so that every one in the file parts two ids.
            self._ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == _NEWLINE)
        else:
            self._listed = tuple(json.loads(data))

    @staticmethod
    def write(folder: Path, ids: Sequence[str]) -> None:
        """Writes the ids of a part into its folder, one a line; OSError when it cannot."""
        text = "[\n" + ",\n".join(map(json.dumps, ids)) + "\n]" if ids else "[]"
        (folder / IDS_FILE).write_bytes(text.encode("ascii"))

    @classmethod
    def read(cls, folder: Path) -> RowIds:
        """The ids of the part in `folder`; OSError when they cannot be read."""
        path = folder / IDS_FILE
        try:
            return cls(path.read_bytes())
        except ValueError as error:
            raise OSError(f"{path}: {error}") from error

    def __len__(self) -> int:
        return len(self._listed) if self._ends is None else len(self._ends) - 1

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed if self._ends is None else json.loads(self._data))

    def __getitem__(self, row: int) -> str:
        if self._ends is None:
            return self._listed[row]
        line = self._data[self._ends[row] + 1 : self._ends[row + 1]]
        if b"\\" in line:
            return str(json.loads(line.rstrip(b",")))
        return line[1 : line.rindex(b'"')].decode("ascii")
