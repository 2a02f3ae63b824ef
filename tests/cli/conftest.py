import shutil
import subprocess
from pathlib import Path

import pytest

from cli import main
from index.library import Library
from index.settings import Settings
from tests.cli.told import CHANGAI, Command, Told, clean_environment


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


@pytest.fixture
def own_index(sample_index: Path, tmp_path: Path) -> Path:
    """A copy of that index, to be changed or damaged."""
    return Path(shutil.copytree(sample_index, tmp_path / "own"))


@pytest.fixture
def library(sample_index: Path) -> Library:
    return Library.open(Settings(folder=sample_index))
