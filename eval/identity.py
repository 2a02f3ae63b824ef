"""What a run was made with, as digests: two runs of the same identity give the same figures, but for time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.settings import Settings

if TYPE_CHECKING:
    from rag.llm_settings import LanguageModelSettings

ROOT = Path(__file__).resolve().parent.parent
# The rooms that an answer comes from. The sample corpus is documents, the training folder makes the model beforehand.
ANSWERING_ROOMS = ("prompts", "index", "rag", "tiktoken_ext")
NO_PART = ("__pycache__", "sample", "training")
DIGITS = 16
# What may not differ when a run is taken up again; `version` is for people.
KEYS = ("system", "settings", "index", "dataset", "model", "llm", "code")
NAMES = {
    "system": "系统",
    "settings": "设置",
    "index": "索引",
    "dataset": "题库",
    "model": "向量模型",
    "llm": "大模型",
    "code": "程序",
}


def identity(
    system: str,
    settings: Settings,
    fingerprint: str,
    model: str,
    datasets: Sequence[Path],
    llm: LanguageModelSettings | None = None,
) -> dict[str, str]:
    """The digests of settings, index, question sets and code, and the names of the models."""
    plain = {name: str(value) for name, value in asdict(settings).items() if name != "folder"}
    return {
        "system": system,
        "settings": digest(json.dumps(plain, sort_keys=True).encode()),
        "index": fingerprint[:DIGITS],
        "dataset": digest(b"".join(path.read_bytes() for path in datasets)),
        "model": model,
        "llm": f"{llm.model} @ {urlsplit(llm.base_url).hostname}" if llm else "",
        "code": code_digest(),
    }


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The names, in Chinese, of what differs between two identities."""
    return [NAMES[key] for key in KEYS if one.get(key) != other.get(key)]


def digest(data: bytes) -> str:
    """The head of a SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()[:DIGITS]


@cache
def code_digest() -> str:
    """A digest of every file that answers come from: code, prompts, data files and the shipped model."""
    whole = hashlib.sha256()
    for room in ANSWERING_ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.is_file() and not set(NO_PART) & set(path.relative_to(ROOT).parts):
                whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:DIGITS]
