"""The files of an import while it runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

QUESTIONS_FILE, PASSAGES_FILE, TODO_FILE = "qa.jsonl", "passages.jsonl", "todo.jsonl"


class Drafts:
    """Files of one JSON object a line that appear under their names all at the end, or not at all."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._stack = stack
        self._open: dict[str, IO[str]] = {}

    def write(self, name: str, row: Mapping[str, Any]) -> None:
        """Adds a line to the draft of this file."""
        if name not in self._open:
            draft = NamedTemporaryFile(  # noqa: SIM115 (the stack closes it)
                "w", encoding="utf-8", newline="\n", dir=self._folder, prefix=f".{name}-", delete=False
            )
            self._stack.callback(Path(draft.name).unlink, missing_ok=True)
            self._open[name] = self._stack.enter_context(draft)
        self._open[name].write(f"{json.dumps(row, ensure_ascii=False)}\n")

    def publish(self, names: Iterable[str]) -> tuple[Path, ...]:
        """Gives the drafts their names and removes what an earlier import left under the others."""
        for draft in self._open.values():
            draft.close()
        files = []
        # The questions come last: where they stand, the corpus that they ask about stands as well.
        for name in sorted(names, key=lambda each: each == QUESTIONS_FILE):
            target = self._folder / name
            if name in self._open:
                written = Path(self._open[name].name)
                # The draft is private to its writer; a question set is a file like any other.
                written.chmod(0o644)
                written.replace(target)
                files.append(target)
            else:
                target.unlink(missing_ok=True)
        return tuple(files)
