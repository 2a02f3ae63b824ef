"""What the doctor finds: each check by itself, with the remedy of what fails."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from index.settings import Settings
from rag.doctor import Finding, findings

LLM = {
    "CHANGAI_LLM_BASE_URL": "http://127.0.0.1:9/v1",
    "CHANGAI_LLM_MODEL": "模型甲",
    "CHANGAI_LLM_API_KEY": "secret-key",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    with made_library(
        tmp_path_factory.mktemp("doctor") / "index", [made_document("白银市建成工匠学院9家。")]
    ) as library:
        return library.settings


def found(settings: Settings, environment: dict[str, str]) -> list[Finding]:
    return list(findings(settings, environment))


def test_a_whole_installation_is_sound(built: Settings) -> None:
    checks = found(built, {})
    assert [check.sound for check in checks] == [True] * 4
    assert "1 份资料，1 个段落" in checks[0].what
    assert "没有设置大模型" in checks[3].what


def test_a_missing_index_is_the_first_finding_and_the_rest_are_checked_all_the_same(tmp_path: Path) -> None:
    checks = found(Settings(folder=tmp_path / "无"), {})
    assert [check.sound for check in checks] == [False, True, True, True]
    assert "changai build" in checks[0].what
    assert "\n" not in checks[0].what


def test_an_embedding_model_that_is_not_there_is_found(built: Settings, tmp_path: Path) -> None:
    checks = found(replace(built, embedder=str(tmp_path / "没有的模型")), {})
    assert not checks[2].sound
    assert "没有的模型" in checks[2].what


def test_a_model_that_is_set_is_named_and_its_key_is_not(built: Settings) -> None:
    told = found(built, LLM)[3]
    assert told.sound
    assert "模型甲" in told.what
    assert all("secret-key" not in check.what for check in found(built, LLM))


def test_an_address_that_is_none_is_found_with_its_value(built: Settings) -> None:
    told = found(built, {**LLM, "CHANGAI_LLM_BASE_URL": "内网服务器"})[3]
    assert not told.sound
    assert "内网服务器" in told.what


def test_a_damaged_index_is_mended_and_said(built: Settings) -> None:
    (vectors,) = built.folder.glob("generations/*/parts/*/vectors.faiss")
    vectors.write_bytes(b"")
    assert "重新生成" in found(built, {})[0].what
    assert "重新生成" not in found(built, {})[0].what
