"""What a run was made with, as digests: two runs of the same identity give the same figures, but for time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.settings import Settings

if TYPE_CHECKING:
    from rag.llm_settings import LanguageModelSettings

ROOT = Path(__file__).resolve().parent.parent
# The rooms that an answer comes from. The sample corpus is documents, the training folder makes the model beforehand.
ANSWERING_ROOMS = ("prompts", "index", "rag", "tiktoken_ext")
# The laboratory asks and searches with these; the rest of it only judges.
ANSWERING_FILES = ("eval/bigram.py", "eval/retrieval.py", "eval/systems.py")
LIBRARIES = ("faiss-cpu", "numpy", "opencc", "rjieba", "tantivy", "tokenizers")
NO_PART = ("__pycache__", "sample", "training")
DIGITS = 16
# What may not differ when a run is taken up again; `version` is for people.
KEYS = ("system", "settings", "index", "dataset", "model", "llm", "code")
# What judges the answers may change while they stay: scores of another judge are told apart, and scored anew.
ALL_KEYS = (*KEYS, "scoring")
NO_JUDGE = ("peers", "importers", "reports")
NAMES = {
    "system": "系统",
    "settings": "设置",
    "index": "索引",
    "dataset": "题库",
    "model": "向量模型",
    "llm": "大模型",
    "code": "程序",
    "scoring": "评分程序",
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
        "llm": _llm(llm) if llm else "",
        "code": code_digest(),
        "scoring": scoring_digest(),
    }


def _llm(llm: LanguageModelSettings) -> str:
    """The model and where it is, with a digest of its bounds; never a key or a password."""
    place = urlsplit(llm.base_url)
    bounds = f"{llm.timeout_s} {llm.evidence_tokens} {llm.max_output_chars}"
    return f"{llm.model} @ {place.hostname}:{place.port or ''}{place.path} {digest(bounds.encode())[:4]}"


def differing(one: Mapping[str, str], other: Mapping[str, str], keys: Sequence[str] = KEYS) -> list[str]:
    """The names, in Chinese, of what differs between two identities."""
    return [NAMES[key] for key in keys if one.get(key) != other.get(key)]


def digest(data: bytes) -> str:
    """The head of a SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()[:DIGITS]


@cache
def scoring_digest() -> str:
    """A digest of the code that judges answers."""
    whole = hashlib.sha256()
    for path in sorted((ROOT / "eval").rglob("*.py")):
        if not set(NO_JUDGE) & set(path.relative_to(ROOT).parts):
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:DIGITS]


@cache
def code_digest(root: Path = ROOT) -> str:
    """A digest of every file that answers come from: code, prompts, data files, the shipped model, and their libraries."""
    whole = hashlib.sha256()
    for path in _answering_files(root):
        whole.update(str(path.relative_to(root)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for name in LIBRARIES:
        whole.update(f"{name} {version(name)}\n".encode())
    return whole.hexdigest()[:DIGITS]


def _answering_files(root: Path) -> Iterator[Path]:
    for room in ANSWERING_ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and not set(NO_PART) & set(path.relative_to(root).parts):
                yield path
    yield from (root / name for name in ANSWERING_FILES if (root / name).is_file())
