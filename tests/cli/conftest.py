import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli import main
from index.build import build
from index.library import Library
from index.settings import Settings

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


@pytest.fixture
def changai(capsys: pytest.CaptureFixture[str]) -> Command:
    """The command within this process, which saves the second that a new one takes."""

    def run(*words: object) -> Told:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as wrong_usage:
            code = int(wrong_usage.code or 0)
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return run


def clean_environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return {**kept, **settings}


@pytest.fixture
def process() -> Command:
    """The command as a person starts it: a process of its own."""

    def run(*words: object, **settings: str) -> Told:
        done = subprocess.run(
            [CHANGAI, *map(str, words)],
            capture_output=True,
            env=clean_environment(**settings),
            check=False,
            timeout=120,
        )
        return Told(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bundled briefs that every test reads and none changes."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    build(Settings(folder=folder), [SAMPLE])
    return folder


@pytest.fixture
def own_index(sample_index: Path, tmp_path: Path) -> Path:
    """A copy of that index, to be changed or damaged."""
    return Path(shutil.copytree(sample_index, tmp_path / "own"))


@pytest.fixture
def library(sample_index: Path) -> Library:
    return Library.open(Settings(folder=sample_index))


def generation(index: Path) -> Path:
    """The folder of the current generation."""
    return index / "generations" / (index / "CURRENT").read_text().strip()


def titles(told: Told) -> set[str]:
    """The titles that `list --json` gave."""
    assert told.code == 0, told.err
    return {document["title"] for document in told.objects[0]}
