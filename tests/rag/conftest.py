"""A library over the shipped sample corpus, built once for all tests of the answering room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.library import Library
from index.settings import Settings

SAMPLE = Path(__file__).resolve().parent.parent.parent / "index" / "sample"


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(folder=tmp_path_factory.mktemp("sample") / "index")
    build(settings, [SAMPLE])
    return settings


@pytest.fixture(scope="session")
def sample_library(sample_settings: Settings) -> Iterator[Library]:
    with Library.open(sample_settings) as library:
        yield library
