from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ChangaiError, EncodingError
from index.tokens import RANKS, count_tokens, encoding, parameters


@pytest.fixture(autouse=True)
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("the token counter reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@given(st.text())
def test_any_text_survives_the_round_trip(text: str) -> None:
    ours = encoding()
    assert ours.decode(ours.encode_ordinary(text)) == text


@given(st.text(alphabet="产业工人队伍建设改革。，1234%ab \n", max_size=200), st.text(max_size=50))
def test_a_text_has_no_more_tokens_than_bytes_and_at_least_one(text: str, other: str) -> None:
    whole = text + other
    tokens = count_tokens(whole)
    assert (tokens == 0) == (whole == "")
    assert tokens <= len(whole.encode())


def test_common_words_are_one_token_and_rare_characters_several() -> None:
    assert count_tokens("工人") == 1
    assert count_tokens("企业") == 1
    assert count_tokens("𠮷") == 4


def test_chinese_prose_takes_fewer_tokens_than_characters() -> None:
    text = "这家工厂去年办了三期夜校，教会了两百名焊工看图纸，其中一半人已经考取高级工。"
    assert count_tokens(text) < 0.8 * len(text)


def test_a_special_mark_in_a_document_is_plain_text() -> None:
    marked = "结束<|endoftext|>开始"
    assert count_tokens(marked) == len(encoding().encode(marked, disallowed_special=()))
    assert encoding().decode(encoding().encode_ordinary(marked)) == marked


def test_a_run_without_any_break_is_counted_quickly() -> None:
    for run in ("产" * 100_000, "a" * 100_000, " " * 100_000, "。" * 100_000, "7" * 100_000):
        assert 0 < count_tokens(run) <= 100_000


def test_tiktoken_finds_the_encoding_as_a_plug_in() -> None:
    found = tiktoken.get_encoding("changai16k")
    assert found is not encoding()
    assert found.encode_ordinary("产业工人") == encoding().encode_ordinary("产业工人")


def test_the_ranks_are_single_bytes_first_and_without_gaps() -> None:
    ranks = parameters()["mergeable_ranks"]
    assert sorted(ranks.values()) == list(range(len(ranks)))
    assert {token for token, rank in ranks.items() if rank < 256} == {bytes([byte]) for byte in range(256)}
    assert all(len(token.decode("utf-8", "ignore")) <= 16 for token in ranks if not token.isascii())


def test_the_ranks_file_is_readable_by_every_user() -> None:
    assert RANKS.stat().st_mode & 0o444 == 0o444


def test_an_unknown_name_says_which_names_there_are() -> None:
    with pytest.raises(EncodingError, match="changai16k"):
        count_tokens("工人", "没有这种")


@pytest.mark.parametrize("name", ["cl100k_base", "o200k_base"])
def test_a_standard_encoding_that_is_not_cached_is_refused_without_the_network(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    with pytest.raises(ChangaiError, match="缓存目录") as caught:
        encoding(name)
    assert str(tmp_path) in str(caught.value)


def test_a_cached_file_of_another_content_is_not_handed_to_tiktoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # tiktoken deletes such a file and downloads it again; here it must stay where it is.
    planted = tmp_path / "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"
    shutil.copy(RANKS, planted)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    with pytest.raises(EncodingError):
        encoding("cl100k_base")
    assert planted.exists()


def test_a_cache_that_is_switched_off_counts_as_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    with pytest.raises(EncodingError):
        encoding("o200k_base")
