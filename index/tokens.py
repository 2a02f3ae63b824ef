"""Counting tokens offline: the shipped encoding, or a standard one that this machine already holds."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import EncodingError

if TYPE_CHECKING:
    import tiktoken

DEFAULT_ENCODING = "changai16k"
RANKS = Path(__file__).parent / "ranks" / "changai16k.tiktoken"

# Han runs are cut every eight characters, so that no merge spans a whole clause and one long run costs linear
# time; every character falls under one alternative, because tiktoken drops what its pattern does not match.
PATTERN = r"\p{Han}{1,8}| ?[A-Za-z]{1,32}|\p{N}{1,3}|\p{L}{1,8}|[^\s\p{L}\p{N}]{1,8}|\s{1,16}"

# Of each standard encoding: the name of its file in tiktoken's cache and the file's SHA-256. tiktoken deletes
# a file of another hash and downloads it anew, so both are checked before it is asked.
_CACHED = {
    "cl100k_base": (
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
    "o200k_base": (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
}


def count_tokens(text: str, encoding: str = DEFAULT_ENCODING) -> int:
    """The number of tokens of a text; marks such as <|endoftext|> count as the plain text that they are here.

    Raises EncodingError for an encoding that is neither shipped nor cached.
    """
    return len(_encoding(encoding).encode_ordinary(text))


def encoding(name: str = DEFAULT_ENCODING) -> tiktoken.Encoding:
    """The encoding of this name, without the network: the shipped one, or one from tiktoken's cache.

    Raises EncodingError when the name is unknown, or known but not in the cache.
    """
    return _encoding(name)


def parameters() -> dict[str, Any]:
    """What `tiktoken.Encoding` needs to build the shipped encoding; it has no special tokens."""
    from tiktoken.load import load_tiktoken_bpe

    return {
        "name": DEFAULT_ENCODING,
        "pat_str": PATTERN,
        "mergeable_ranks": load_tiktoken_bpe(str(RANKS)),
        "special_tokens": {},
    }


@lru_cache(maxsize=4)
def _encoding(name: str) -> tiktoken.Encoding:
    import tiktoken

    if name == DEFAULT_ENCODING:
        return tiktoken.Encoding(**parameters())
    if name not in _CACHED:
        known = "、".join([DEFAULT_ENCODING, *_CACHED])
        raise EncodingError(f"没有名为「{name}」的词元编码；请改用 {known} 之一。")
    if not _is_cached(name):
        raise EncodingError(
            f"词元编码 {name} 不在本机 tiktoken 缓存目录 {_cache_folder()} 中，离线无法取得；"
            f"请把它的缓存文件放进该目录，或改用自带的 {DEFAULT_ENCODING}。"
        )
    return tiktoken.get_encoding(name)


def _cache_folder() -> Path:
    # tiktoken itself reads these variables now; the answer must be the folder that it will look in.
    named = os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR"))
    return Path(named) if named else Path(tempfile.gettempdir()) / "data-gym-cache"


def _is_cached(name: str) -> bool:
    # An empty variable switches tiktoken's cache off, and then every use is a download.
    if os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR")) == "":
        return False
    file, sha256 = _CACHED[name]
    try:
        content = (_cache_folder() / file).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(content).hexdigest() == sha256
