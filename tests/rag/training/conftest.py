"""Invented data in place of the real one, with questions of our own to match."""

from pathlib import Path

import pytest

from index.training import questions
from tests.rag.training.made_shared import made_questions, made_shared


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of data; the questions of our own are read from a small folder too."""
    monkeypatch.setattr(questions, "FOLDER", made_questions(tmp_path / "questions"))
    return made_shared(tmp_path / "shared")
