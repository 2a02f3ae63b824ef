"""What the tests of the command line share: its results, its places, and a clean environment for a process."""

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "index" / "sample"
CHANGAI = Path(sys.executable).with_name("changai")


@dataclass(frozen=True)
class Told:
    """What a command left behind: its exit code, its results and what it said beside."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[Any]:
        """One JSON value a line; a line that is none fails the test."""
        assert self.out.endswith("\n") or not self.out
        return [json.loads(line) for line in self.out.split("\n")[:-1]]

    @property
    def last(self) -> str:
        return self.err.rstrip("\n").split("\n")[-1]


Command = Callable[..., Told]


def clean_environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return {**kept, **settings}


def generation(index: Path) -> Path:
    """The folder of the current generation."""
    return index / "generations" / (index / "CURRENT").read_text().strip()


def titles(told: Told) -> set[str]:
    """The titles that `list --json` gave."""
    assert told.code == 0, told.err
    return {document["title"] for document in told.objects[0]}


QUESTION = "白银市有多少个院士专家工作站？"
REMEDY = re.compile("请|应为|可读的格式")


def assert_one_clear_line(told: Told, *named: str) -> None:
    """Nothing on stdout, and the last line is the only one that is an error; it is Chinese and says what to do."""
    assert told.code == 1
    assert told.out == ""
    errors = [line for line in told.err.splitlines() if line.startswith("错误：")]
    assert errors == [told.last], told.err
    assert REMEDY.search(told.last) and "Traceback" not in told.err
    assert all(name in told.last for name in named), told.last
